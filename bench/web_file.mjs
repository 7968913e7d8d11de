// Opens underlag.html in a browser, examines one workbook, and prints what it measured as JSON.
// Arguments: folder with puppeteer-core, chrome or firefox, the browser's program, the page's address, the workbook.
import fs from "node:fs";
import { createRequire } from "node:module";
const [folder, kind, program, address, workbook] = process.argv.slice(2);
const puppeteer = createRequire(`${folder}/`)("puppeteer-core");
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Runs in the page before anything else. A stall is a gap between two frames after the first paint; before it,
// frames are held back, and Chromium reports long tasks instead.
function record() {
  const seen = (window.measured = { ready: 0, stall: 0, report: 0, steps: 0 });
  if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) { seen.stall = Math.max(seen.stall, task.duration); }
    }).observe({ type: "longtask", buffered: true });
  }
  new MutationObserver(() => {
    if (!seen.ready && document.documentElement.hasAttribute("data-redo")) { seen.ready = performance.now(); }
  }).observe(document, { attributes: true, childList: true, subtree: true });
  let last = 0;
  let shown = "";
  function frame() {
    const now = performance.now();
    if (last && performance.getEntriesByName("first-contentful-paint").length) {
      seen.stall = Math.max(seen.stall, now - last);
    }
    last = now;
    if (seen.began && !seen.report) {
      const bar = document.querySelector("progress");
      if (bar && String(bar.value) !== shown) { shown = String(bar.value); seen.steps += 1; }
      if (document.querySelector(".webbrad")) { seen.report = now - seen.began; }
    }
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}

const read = `JSON.stringify({
  paint: (performance.getEntriesByName("first-contentful-paint")[0] || {}).startTime,
  ready: measured.ready, report: measured.report, stall: measured.stall, steps: measured.steps })`;
const examine = `measured.began = performance.now(); document.querySelector("button[type=submit]").click();`;

// Without the protocol's domain Network, which both drivers turn on for a page: it keeps a copy of what is read.
async function chromium(browser) {
  const all = await browser.target().createCDPSession();
  const { targetId } = await all.send("Target.createTarget", { url: "about:blank" });
  const target = await browser.waitForTarget((one) => one._targetId === targetId);
  const tab = await target.createCDPSession();
  await tab.send("Page.enable");
  await tab.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${record})()` });
  return {
    open: () => tab.send("Page.navigate", { url: address }),
    run: async (expression) => (await tab.send("Runtime.evaluate", { expression })).result.value,
    choose: async () => {
      const { root } = await tab.send("DOM.getDocument");
      const { nodeId } = await tab.send("DOM.querySelector", { nodeId: root.nodeId, selector: "input[type=file]" });
      await tab.send("DOM.setFileInputFiles", { nodeId, files: [workbook] });
    },
  };
}

async function firefox(browser) {
  const tab = await browser.newPage();
  await tab.evaluateOnNewDocument(record);
  return {
    open: () => tab.goto(address),
    run: (expression) => tab.evaluate(expression),
    choose: async () => (await tab.$("input[type=file]")).uploadFile(workbook),
  };
}

// The peak of the largest process that shows pages, in megabytes; Linux tells it.
function megabytes(parent) {
  let largest = 0;
  for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (!/--type=renderer|-contentproc/.test(command) || !isBelow(pid, parent)) { continue; }
      const peak = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
      largest = Math.max(largest, (Number(peak[1]) * 1024) / 1e6);
    } catch { /* it has ended */ }
  }
  return largest;
}

function isBelow(pid, parent) {
  for (let one = Number(pid); one > 1; ) {
    if (one === parent) { return true; }
    one = Number(/\) \S (\d+)/.exec(fs.readFileSync(`/proc/${one}/stat`, "utf8"))[1]);
  }
  return false;
}

const browser = await puppeteer.launch({
  browser: kind,
  executablePath: program,
  headless: true,
  args: kind === "chrome" ? ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] : [],
  protocolTimeout: 300_000,
});
try {
  const tab = await (kind === "chrome" ? chromium : firefox)(browser);
  const until = async (expression) => {
    while (!(await tab.run(`Boolean(window.measured && ${expression})`))) { await sleep(50); }
  };
  await sleep(3000); // a browser that has just begun is busy with itself
  await tab.open();
  await until("measured.ready");
  await tab.choose();
  await tab.run(examine);
  await until("measured.report");
  await sleep(500); // what follows the report's first frame
  const measured = JSON.parse(await tab.run(read));
  console.log(JSON.stringify({ ...measured, memory: megabytes(browser.process().pid) }));
} finally {
  await browser.close();
}
