// Opens debriefs from disk in Chromium and looks at them as people do.
//
//   node check.mjs [PAGE.html PICTURE.svg …]
//
// Without pages it opens those that `cargo test` wrote. CHROMIUM names another
// browser; SHOTS names a directory for screenshots and printed pages.
// It asserts that no request leaves the page, nothing runs and nothing is
// reported, WCAG 2.2 AA holds in light and dark and on a telephone, nothing scrolls
// sideways at any width from 320 pixels on but a matrix in its box, tables are cards
// where columns have no room and tables for who listens all the same, no label in a
// picture lies on another or is cut, and A4 prints whole.
// Of simulations, which differ by their figures only, a few are looked at in all these ways, and the others for what
// figures can do to a page: labels and what reaches over the edge. SHOTS has all of them looked at in every way.
// Pictures of scripts (.svg) are looked at in a laptop's window: labels apart, nothing sideways.

import { readFileSync, readdirSync, mkdirSync, existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { cards, labelsApart, printsWhole, sideways, strangers } from "./looks.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const A4 = { width: 658, height: 975 }; // the paper less the page's own margins, in CSS pixels
const shots = process.env.SHOTS;

let faults = 0;
function fault(page, what) {
  faults += 1;
  console.error(`  fault in ${page}: ${what}`);
}

function pages() {
  if (process.argv.length > 2) return process.argv.slice(2).map((page) => resolve(page));
  const target = process.env.CARGO_TARGET_DIR ?? join(here, "..", "..", "target");
  const shelf = join(target, "tmp", "debrief");
  const found = existsSync(shelf) ? readdirSync(shelf).filter((name) => /\.(html|svg)$/.test(name)).sort() : [];
  if (found.length === 0) throw new Error(`no page lies in ${shelf}; run \`cargo test --test it\` first`);
  return found.map((name) => join(shelf, name));
}

/** Opens a page and notes everything that it should not do. */
async function open(browser, file, look) {
  // The page's own policy stays in force; axe is brought in past it, by the debugger.
  const context = await browser.newContext({ ...look, bypassCSP: false });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const name = basename(file);
  page.on("request", (request) => request.url() !== url && fault(name, `it asked for ${request.url()}`));
  page.on("console", (message) => fault(name, `it said: ${message.text()}`));
  page.on("pageerror", (error) => fault(name, `it failed: ${error.message}`));
  page.on("dialog", async (dialog) => {
    fault(name, `it opened a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(url, { waitUntil: "load" });
  return { context, page, name };
}

async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  // A page may be higher than a browser can paint at once.
  const { width, height } = await page.evaluate(() => document.documentElement.getBoundingClientRect().toJSON());
  const clip = { x: 0, y: 0, width: Math.ceil(width), height: Math.min(Math.ceil(height), 9000) };
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true, clip });
}

async function accessible(page, name, scheme) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await page.evaluate(axe);
  // A high window saves the scrolling that takes most of the time.
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width, height: 9000 });
  const options = { runOnly: { type: "tag", values: TAGS }, resultTypes: ["violations"], preload: false };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  await page.setViewportSize({ width, height });
  for (const { id, help, nodes } of violations) {
    const where = nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`);
    fault(name, `${scheme}: ${id}, ${help}\n    ${where.join("\n    ")}`);
  }
}

async function inScheme(browser, file, scheme) {
  const viewport = { width: 1100, height: 900 };
  const { context, page, name } = await open(browser, file, { colorScheme: scheme, viewport });
  const stem = name.replace(/\.html$/, "");
  await shot(page, `${stem}-${scheme}`);
  for (const found of await page.evaluate(strangers)) fault(name, `something strange in it: ${found}`);
  for (const found of await page.evaluate(labelsApart)) fault(name, found);
  await accessible(page, name, scheme);
  for (const found of await page.evaluate(sideways)) fault(name, `at 1100 pixels: ${found}`);
  await context.close();
}

/** A picture of a script, by itself. */
async function picture(browser, file, scheme) {
  const viewport = { width: 1280, height: 900 };
  const { context, page, name } = await open(browser, file, { colorScheme: scheme, viewport });
  for (const found of await page.evaluate(labelsApart)) fault(name, found);
  const wide = await page.evaluate(() => document.documentElement.getBoundingClientRect().width);
  if (wide > viewport.width) fault(name, `it is ${wide} pixels wide`);
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}-${scheme}.png`) });
  }
  await context.close();
}

/** How many tables, rows, headings and cells the browser tells to who listens. */
async function heard(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const count = { table: 0, row: 0, columnheader: 0, cell: 0 };
  for (const { ignored, role } of nodes) {
    const name = role?.value === "gridcell" ? "cell" : role?.value;
    if (!ignored && name in count) count[name] += 1;
  }
  await session.detach();
  return JSON.stringify(count);
}

async function unfolded(page, open) {
  await page.evaluate((open) => document.querySelectorAll("details").forEach((fold) => (fold.open = open)), open);
}

async function onTelephone(browser, file) {
  const { context, page, name } = await open(browser, file, { viewport: { width: 320, height: 640 } });
  const stem = name.replace(/\.html$/, "");
  await unfolded(page, true);
  for (const found of await page.evaluate(sideways)) fault(name, `at 320 pixels: ${found}`);
  for (const found of await page.evaluate(labelsApart)) fault(name, `at 320 pixels: ${found}`);
  for (const found of await page.evaluate(cards)) fault(name, `at 320 pixels: ${found}`);
  const narrow = await heard(page);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await accessible(page, name, `at 320 pixels, ${scheme}`);
    await unfolded(page, false);
    await shot(page, `${stem}-320-${scheme}`);
  }
  await unfolded(page, true);
  for (const width of [360, 480, 620, 704, 705, 800, 960]) {
    await page.setViewportSize({ width, height: 640 });
    for (const found of await page.evaluate(sideways)) fault(name, `at ${width} pixels: ${found}`);
  }
  const wide = await heard(page);
  if (narrow !== wide) fault(name, `who listens hears ${narrow} at 320 pixels and ${wide} at 960`);
  await context.close();
}

/** What other figures can do to a page that is otherwise like one that was looked at closely. */
async function inPassing(browser, file) {
  const { context, page, name } = await open(browser, file, { viewport: { width: 1100, height: 900 } });
  await unfolded(page, true);
  for (const width of [320, 704, 1100]) {
    await page.setViewportSize({ width, height: 900 });
    for (const look of [sideways, labelsApart]) {
      for (const found of await page.evaluate(look)) fault(name, `at ${width} pixels: ${found}`);
    }
  }
  for (const found of await page.evaluate(strangers)) fault(name, `something strange in it: ${found}`);
  await context.close();
}

/** The pages that are looked at in every way: of simulations the two with the most in them, and one in German. */
function closely(files) {
  const simulated = files.filter((file) => basename(file).startsWith("simulation-"));
  const bySize = simulated.sort((one, other) => statSync(other).size - statSync(one).size);
  const few = [...bySize.slice(0, 2), bySize.find((file) => file.endsWith("-de-de.html"))];
  return new Set(files.filter((file) => !simulated.includes(file) || few.includes(file)));
}

async function onPaper(browser, file) {
  // Somebody prints from a dark screen.
  const { context, page, name } = await open(browser, file, { colorScheme: "dark", viewport: A4 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const found of await page.evaluate(printsWhole, A4.height)) fault(name, `on paper: ${found}`);
  const stem = name.replace(/\.html$/, "");
  if (shots) mkdirSync(shots, { recursive: true });
  const path = shots && join(shots, `${stem}.pdf`);
  const pdf = await page.pdf({ path, preferCSSPageSize: true, printBackground: false });
  const sheet = pdf.toString("latin1").match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/);
  if (!sheet || Math.abs(sheet[1] - 595) > 2 || Math.abs(sheet[2] - 842) > 2) {
    fault(name, `on paper: it is not A4 but ${sheet?.[0]}`);
  }
  await context.close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const [all, asked] = [pages(), shots !== undefined || process.argv.length > 2];
  const close = asked ? new Set(all) : closely(all);
  for (const file of all) {
    console.log(basename(file));
    if (file.endsWith(".svg")) {
      for (const scheme of ["light", "dark"]) await picture(browser, file, scheme);
      continue;
    }
    if (!close.has(file)) {
      await inPassing(browser, file);
      continue;
    }
    await inScheme(browser, file, "light");
    await inScheme(browser, file, "dark");
    await onTelephone(browser, file);
    await onPaper(browser, file);
  }
} finally {
  await browser.close();
}
console.log(faults === 0 ? "no fault found" : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
