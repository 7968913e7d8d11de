// Opens underlag.html in Firefox over WebDriver BiDi, goes the way from workbook to guide, prints what it saw as JSON.
import { createRequire } from "node:module";
const [folder, firefox, page, workbook] = process.argv.slice(2);
const puppeteer = createRequire(`${folder}/`)("puppeteer-core");

const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
try {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(300_000);
  await tab.goto(page);
  await tab.waitForSelector("html[data-redo]");
  await (await tab.$("input[type=file]")).uploadFile(workbook);
  await (await tab.$("button[type=submit]")).click();
  await tab.waitForSelector(".webbrad");
  const report = await tab.title();
  await (await tab.$("a[href='bestallning-1-konsument.html']")).click();
  await tab.waitForFunction(() => document.querySelector("h1").textContent.includes("tjänstekonsument"));
  await tab.goBack();
  await tab.waitForSelector(".webbrad");
  console.log(JSON.stringify({ report, back: await tab.title() }));
} finally {
  await browser.close();
}
