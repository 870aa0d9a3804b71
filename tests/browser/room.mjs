// A host, the people in its room, and what is looked at on every page of theirs.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const assets = process.env.ASSETS;
const shots = process.env.SHOTS;
const program = process.env.BREACHDRILL ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "breachdrill");

export const PATIENCE = 15_000;
export const faults = [];
export function fault(where, what) {
  faults.push(`${where}: ${what}`);
  console.error(`  fault in ${where}: ${what}`);
}
export const expect = (right, where, what) => right || fault(where, what);

/** Waits until `look` finds something; a fault, and nothing, if it does not. */
export async function until(where, what, look) {
  const end = Date.now() + PATIENCE;
  let found;
  while (!(found = await look().catch(() => null))) {
    if (Date.now() > end) return fault(where, `waited in vain: ${what}`), null;
    await new Promise((done) => setTimeout(done, 50));
  }
  return found;
}

const children = new Set();
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));

/** Runs `breachdrill host`, kills it, and takes the room up again on the same port. */
export class Host {
  static async open(...words) {
    const host = Object.assign(new Host(), { contexts: new Set() });
    host.data = mkdtempSync(join(tmpdir(), "breachdrill-host-"));
    await host.run(...words, "--port", "0");
    host.port = new URL(host.origin).port;
    return host;
  }

  async run(...words) {
    const always = ["--data-dir", this.data, "--no-input", "--plain", "--lang", "en"];
    this.child = spawn(program, ["host", ...words, ...always], { stdio: ["ignore", "pipe", "pipe"] });
    children.add(this.child);
    this.gone = new Promise((done) => this.child.once("exit", done));
    this.said = "";
    for (const pipe of [this.child.stdout, this.child.stderr]) pipe.on("data", (text) => (this.said += text));
    const link = await until("host", "its links", async () => this.said.match(/Trainer\s+(\S+)[^]*Join\s+(\S+)/));
    if (!link) throw new Error(`the host did not start: ${this.said}`);
    [, this.trainer, this.join] = link;
    this.origin = new URL(this.join).origin;
    this.code = this.join.split("/").at(-1);
  }

  async kill() {
    this.child.kill("SIGKILL");
    await this.gone;
  }

  again() {
    return this.run("--again", "--port", this.port);
  }

  async end() {
    for (const context of this.contexts) await context.close();
    this.child.kill("SIGINT");
    await this.gone;
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** What no trainee may read before the debrief, without what markup and slots change. */
export function secretsOf(script) {
  const source = readFileSync(join(root, "scenarios", `${script}.ron`), "utf8");
  const whys = [...source.matchAll(/why: "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => bare(text.split("{")[0]).slice(0, 48));
  return whys.filter((text) => text.length >= 32);
}
const bare = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Somebody with a browser of their own. */
export class Person {
  static async arrive(browser, host, name, secrets = []) {
    const person = Object.assign(new Person(), { name, host, secrets, quiet: [], browser });
    person.context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: "en-GB" });
    host.contexts.add(person.context);
    person.context.setDefaultTimeout(PATIENCE);
    for (const name of assets ? ["host.css", "host.js"] : []) {
      await person.context.route(`**/${name}`, (route) => route.fulfill({ path: join(assets, name) }));
    }
    person.page = await person.tab();
    return person;
  }

  /** Another tab of the same browser; everything that it should not do is noted. */
  async tab() {
    const page = await this.context.newPage();
    await this.watch(page);
    return page;
  }

  async watch(page) {
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.host.origin}/`) && !/^(data|blob|about):/.test(url)) fault(this.name, `it asked for ${url}`);
    });
    page.on("console", (message) => {
      const text = message.text();
      const weighty = ["error", "warning"].includes(message.type());
      if (weighty && !this.quiet.some((known) => known.test(text))) fault(this.name, `it said: ${text}`);
    });
    page.on("pageerror", (error) => fault(this.name, `it failed: ${error.message}`));
    page.on("dialog", (dialog) => (fault(this.name, `a dialog: ${dialog.message()}`), dialog.dismiss()));
    if (!this.secrets.length) return;
    const session = await this.context.newCDPSession(page);
    await session.send("Network.enable");
    session.on("Network.eventSourceMessageReceived", ({ data }) => this.mayRead(data, "its stream"));
    page.on("response", async (response) => {
      const type = response.headers()["content-type"] ?? "";
      if (/\/drill(\/state)?(\?|$)/.test(response.url()) && /html|json/.test(type)) this.mayRead(await response.text().catch(() => ""), "a page");
    });
  }

  mayRead(text, where) {
    const read = bare(text);
    for (const secret of this.secrets) if (read.includes(secret)) fault(this.name, `${where} gives away “${secret}”`);
  }

  /** While something is broken on purpose, a browser's complaints about it are none of ours. */
  async during(known, work) {
    this.quiet.push(known);
    try {
      return await work();
    } finally {
      // What was under way when the work was over may still be complained of.
      setTimeout(() => this.quiet.splice(this.quiet.indexOf(known), 1), 3_000).unref();
    }
  }

  sees(what, selector, page = this.page) {
    return until(this.name, what, () => page.locator(selector).first().isVisible());
  }

  reads(text, page = this.page) {
    return until(this.name, `the words “${text}”`, async () => (await page.locator("main").innerText()).includes(text));
  }

  async join({ place, code }) {
    const { page, host } = this;
    if (code) {
      await page.goto(`${host.origin}/`);
      await page.fill("[name=code]", code);
      await page.click("button.primary");
    } else {
      await page.goto(host.join);
    }
    await page.fill("[name=name]", this.name);
    if (place) await page.check(`[name=place][value="${place}"]`);
    await page.click("form[method=post] button.primary");
    await until(this.name, "that they are in", async () => page.url() === `${host.origin}/drill`);
    await this.sees("that it is connected", "#link:has-text('Connected')");
  }

  async enter() {
    await this.page.goto(this.host.trainer);
    await this.page.waitForURL(`${this.host.origin}/console`);
    await this.sees("that it is connected", "#link:has-text('Connected')");
  }

  /** Presses a button of a form, with whatever has to be opened first. */
  async press(action, { within = "body", value, page = this.page } = {}) {
    const by = `button[formaction="${action}"]`;
    const of = value === undefined ? "button:not([formaction])" : `button[value="${value}"]`;
    const button = page.locator(within).locator(`form[action="${action}"] ${of}, ${by}`).first();
    await button.waitFor({ state: "attached" });
    await button.evaluate((node) => {
      for (let fold = node.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    });
    await button.click();
  }

  receipts(page = this.page) {
    return page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.endsWith(" receipts"));
      return JSON.parse(localStorage.getItem(key) ?? "[]");
    });
  }

  /** Waits until nothing is on its way any more. */
  settled(page = this.page) {
    return until(this.name, "an empty outbox", () =>
      page.evaluate(() => Object.keys(localStorage).filter((n) => n.endsWith(" outbox")).every((n) => localStorage.getItem(n) === "[]")));
  }

  count(selector, page = this.page) {
    return page.locator(selector).count();
  }

  /** Looks at a page as people with little room, little light and little sight do. */
  async inspect(kind, page = this.page) {
    if (process.env.QUICK) return;
    const where = `${kind} (${this.name})`;
    const folds = await page.evaluateHandle(() => [...document.querySelectorAll("details:not([open])")]);
    await shot(page, `${kind}-1200`);
    await page.evaluate((folds) => folds.forEach((fold) => (fold.open = true)), folds);
    // Of a long list of the same the first two tell as much as all.
    const rest = await page.evaluateHandle(() => [...document.querySelectorAll("[data-in] > article:nth-child(n+3)")]);
    await page.evaluate((rest) => rest.forEach((article) => (article.style.display = "none")), rest);
    await page.evaluate(axe);
    // Colours do not depend on room; a high window saves the scrolling that takes most of the time.
    for (const [width, colorScheme] of [[320, "light"], [1200, "dark"]]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      for (const found of await page.evaluate(cramped)) fault(where, `at ${width} pixels: ${found}`);
      if (width === 320) await shot(page, `${kind}-320`);
      await page.setViewportSize({ width, height: 6000 });
      for (const found of await violations(page)) fault(where, `at ${width} pixels, ${colorScheme}: ${found}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.evaluate((rest) => rest.forEach((article) => article.removeAttribute("style")), rest);
    await page.evaluate((folds) => folds.forEach((fold) => (fold.open = false)), folds);
  }

  shot(name, page = this.page) {
    return shot(page, name);
  }
}

async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  // A page may be higher than a browser can paint at once.
  const { width, height } = await page.evaluate(() => document.documentElement.getBoundingClientRect().toJSON());
  const clip = { x: 0, y: 0, width: Math.ceil(width), height: Math.min(Math.ceil(height), 9000) };
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true, clip, timeout: 4 * PATIENCE });
}

async function violations(page) {
  const options = { runOnly: { type: "tag", values: TAGS }, resultTypes: ["violations"], preload: false, iframes: false };
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  return found.violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 2).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`);
    return `${id}, ${help}\n    ${where.join("\n    ")}`;
  });
}

/** Runs in the browser: what reaches out of the window, and what is too small to be hit. */
function cramped() {
  const found = [];
  const wide = document.documentElement.clientWidth;
  const named = (e) => `<${e.localName} class="${e.className.baseVal ?? e.className}"> “${e.textContent.trim().slice(0, 30)}”`;
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("svg, .skip")) continue;
    if (getComputedStyle(element).clipPath === "inset(50%)" || element.closest(".unseen")) continue;
    const box = element.getBoundingClientRect();
    let scrolls = element.parentElement;
    while (scrolls && !/auto|scroll|hidden/.test(getComputedStyle(scrolls).overflowX)) scrolls = scrolls.parentElement;
    if (box.width && box.right > wide + 1 && !scrolls) found.push(`${named(element)} reaches ${Math.round(box.right)} of ${wide}`);
    if (!element.matches("button, select, textarea, summary, input:not([type=hidden]), a[href]")) continue;
    // A link within a sentence is as high as its line; a choice is hit by its label.
    if (element.matches("p a:not(.button), li a, .address a")) continue;
    const target = (element.matches("[type=radio], [type=checkbox]") && element.closest("label")) || element;
    const { width, height } = target.getBoundingClientRect();
    if (width && (width < 24 || height < 24)) found.push(`${named(element)} is ${Math.round(width)} × ${Math.round(height)}`);
  }
  return found.slice(0, 4);
}
