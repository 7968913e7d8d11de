// Opens underlag.html in a browser, examines one workbook, and prints what it measured as JSON.
// Arguments: folder with puppeteer-core, chrome or firefox, the browser's program, the page's address, the workbook.
import fs from "node:fs";
import { createRequire } from "node:module";
const [folder, kind, program, address, workbook] = process.argv.slice(2);
const puppeteer = createRequire(`${folder}/`)("puppeteer-core");

// Runs in the page before anything else. A stall is a gap between two frames after the first paint; before it,
// frames are held back, and Chromium reports long tasks instead.
function record() {
  const seen = (window.measured = { ready: 0, stall: 0, report: 0, steps: new Set() });
  if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) { seen.stall = Math.max(seen.stall, task.duration); }
    }).observe({ type: "longtask", buffered: true });
  }
  new MutationObserver(() => {
    if (!seen.ready && document.documentElement.hasAttribute("data-redo")) { seen.ready = performance.now(); }
  }).observe(document, { attributes: true, childList: true, subtree: true });
  let last = 0;
  function frame() {
    const now = performance.now();
    if (last && performance.getEntriesByName("first-contentful-paint").length) {
      seen.stall = Math.max(seen.stall, now - last);
    }
    last = now;
    const bar = document.querySelector("progress");
    if (bar && seen.began) { seen.steps.add(bar.value); }
    if (seen.began && !seen.report && document.querySelector(".webbrad")) { seen.report = now - seen.began; }
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
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

const chromium = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
const browser = await puppeteer.launch({
  browser: kind,
  executablePath: program,
  headless: true,
  args: kind === "chrome" ? chromium : [],
  protocolTimeout: 300_000,
});
try {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(300_000);
  if (kind === "chrome") { await tab.setOfflineMode(true); }
  await tab.evaluateOnNewDocument(record);
  // A browser that has just begun is busy with itself.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await tab.goto(address);
  await tab.waitForFunction(() => window.measured.ready);
  const atStart = await tab.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    ready: window.measured.ready,
  }));
  await (await tab.$("input[type=file]")).uploadFile(workbook);
  await tab.evaluate(() => {
    window.measured.began = performance.now();
    document.querySelector("button[type=submit]").click();
  });
  await tab.waitForFunction(() => window.measured.report);
  // What follows the first frame of the report belongs to it.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const then = await tab.evaluate(() => ({
    report: window.measured.report,
    stall: window.measured.stall,
    steps: window.measured.steps.size,
  }));
  console.log(JSON.stringify({ ...atStart, ...then, memory: megabytes(browser.process().pid) }));
} finally {
  await browser.close();
}
