// The script of every page that the host serves: trainee, console, projector, the trainer's way in.
//
// A page works without it, by forms and links. With it the page stays as it is and
//   1 clock     counts between frames, says how much time is left, warns once before it runs out;
//   2 blocks    takes the blocks that changed and puts them where they belong, keeping what is typed;
//   3 news      counts what nobody has looked at yet and says so at the bottom, never in the middle;
//   4 outbox    sends what is decided, keeps it until it is acknowledged, and shows the receipt;
//   5 feed      listens to the stream, or asks every three seconds where streams are blocked;
//   6 controls  makes tabs of links, moves rows up and down, takes the secret out of the address.
// Texts come from the page (parts/words.html); nothing is loaded, nothing leaves this origin.
"use strict";

document.documentElement.classList.add("script");
const page = document.body.dataset;
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const words = byId("words")?.dataset ?? {};
const fill = (text, values) => (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** Puts a text into an element of the page, if it is there and says something else. */
function put(id, text) {
  const element = byId(id);
  if (element && element.textContent !== text) element.textContent = text;
}

/** Has a text read out, even one that was read out before. */
function speak(id, text) {
  put(id, "");
  setTimeout(() => put(id, text), 60);
}

// ---------------------------------------------------------------- 1 clock

let now = page.now ? JSON.parse(page.now) : null;
let stamp = performance.now();
const told = new Map();

/** The drill's moment, counted on from the last frame. */
function moment() {
  return now.at + (now.running ? ((performance.now() - stamp) / 1000) * now.pace : 0);
}

function leftWords(seconds) {
  if (seconds <= 0) return words.passed;
  return seconds > 120 ? fill(words.minutes, { n: Math.ceil(seconds / 60) }) : fill(words.seconds, { n: Math.ceil(seconds) });
}

/** Shows the time left at an element; returns it in real seconds. */
function showLeft(element) {
  const pace = Math.max(now.pace, 1);
  const left = (element.dataset.until - moment()) / pace;
  const whole = element.dataset.since === undefined ? Infinity : (element.dataset.until - element.dataset.since) / pace;
  const short = whole < Infinity && left <= whole / 4 && left > 0;
  const text = short ? fill(words.quarter, { left: leftWords(left) }) : leftWords(left);
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("short", short);
  if (element.dataset.warn !== undefined) warnOnce(element, left, whole);
  return left;
}

/** Half, last quarter, ten seconds: each is said once, however often the page changes. */
function warnOnce(element, left, whole) {
  const name = `${element.closest("article").id} ${element.dataset.until}`;
  const step = left <= 10 ? 3 : left <= Math.max(whole / 4, 20) ? 2 : left <= whole / 2 ? 1 : 0;
  const before = told.get(name);
  told.set(name, Math.max(step, before ?? 0));
  if (left <= 0 || step <= (before ?? 0) || (before === undefined && step === 1)) return;
  if (step === 1) speak("say", `${words.half} ${leftWords(left)}`);
  if (step === 2) speak("warn", `${words.warning} ${leftWords(left)}`);
  if (step === 3) speak("say", words.ten);
}

function tick() {
  if (!now) return;
  const minutes = Math.floor((now.startex + moment()) / 60);
  const two = (n) => String(n).padStart(2, "0");
  put("clock", `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`);
  let soonest = Infinity;
  for (const element of all("[data-until]")) {
    const left = showLeft(element);
    if (element.dataset.warn !== undefined && left > 0) soonest = Math.min(soonest, left);
  }
  put("left", soonest < Infinity ? leftWords(soonest) : "");
}

function setNow(next) {
  now = next;
  stamp = performance.now();
  put("date", now.date);
  put("state", now.paused || now.waiting || "");
  const busy = byId("busy");
  if (busy) {
    busy.textContent = now.busy ? `${now.busy.label} ` : "";
    if (now.busy) busy.appendChild(document.createElement("span")).dataset.until = now.busy.until;
  }
  if (byId("still")) byId("still").hidden = now.running;
  if (byId("halt")) byId("halt").hidden = !now.stopped;
  if (byId("live")) byId("live").hidden = now.stopped;
}

// ---------------------------------------------------------------- 2 blocks

/** Attributes that are the reader's or this script's, not the server's. */
const KEPT = new Set(["open", "data-unread", "data-moved", "data-sending"]);

function alike(a, b) {
  if (a.nodeName !== b.nodeName) return false;
  if (a.nodeType !== Node.ELEMENT_NODE) return true;
  return ["id", "name", "type", "action"].every((name) => a.getAttribute(name) === b.getAttribute(name));
}

/** Makes `old` say what `fresh` says, touching only what differs: typing, choices and focus stay. */
function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name, value } of fresh.attributes) {
    if (!KEPT.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!KEPT.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  if (old.matches(".refused, textarea, [data-moved]")) return;
  const rest = [...old.childNodes];
  const pairs = [...fresh.childNodes].map((child) => {
    const at = rest.findIndex((node) => alike(node, child));
    return at < 0 ? [child, null] : [rest.splice(at, 1)[0], child];
  });
  for (const node of rest) node.remove();
  pairs.forEach(([node, model], place) => {
    if (model) morph(node, model);
    if (old.childNodes[place] !== node) old.insertBefore(node, old.childNodes[place] ?? null);
  });
}

/** Puts a block into its container, by its order. */
function place(block) {
  const home = document.querySelector(`[data-in="${CSS.escape(block.in)}"]`);
  if (!home) return;
  const sheet = document.createElement("template");
  sheet.innerHTML = block.html;
  const fresh = sheet.content.firstElementChild;
  let article = byId(block.id);
  if (article && home.contains(article) && article.dataset.order === fresh.dataset.order) return morph(article, fresh);
  const known = article !== null;
  if (known) morph(article, fresh);
  else article = fresh;
  const sign = home.dataset.newest === "first" ? -1 : 1;
  const after = [...home.children].find((other) => other !== article && sign * other.dataset.order > sign * block.order);
  home.insertBefore(article, after ?? null);
  if (!known) noteNew(home, article);
}

/** What the reader is at, and where it stands on the screen; null if nothing need be kept in place. */
let touched = { at: -Infinity, x: 0.5 * innerWidth, y: 0.4 * innerHeight };
function reading(gone) {
  if (performance.now() - touched.at > 4000 && scrollY < 40) return null;
  const stays = (element) => element?.closest("main") && !gone.some((id) => byId(id)?.contains(element));
  const seen = (element) => element.getClientRects().length > 0 && element.getBoundingClientRect().bottom > 60;
  const pointed = document.elementFromPoint(touched.x, touched.y)?.closest("article, section, main");
  const blocks = all("article, h2, .tabs", pointed?.closest("section, main") ?? document);
  const candidates = [document.activeElement, pointed?.closest("article"), ...blocks];
  const element = candidates.find((candidate) => stays(candidate) && candidate.localName !== "main" && seen(candidate));
  return element ? { element, top: element.getBoundingClientRect().top } : null;
}

let seq = Number(page.seq ?? 0);

/** Takes what the server says is new. */
function apply(frame) {
  if (frame.seq < seq) return;
  seq = frame.seq;
  const gone = frame.gone ?? [];
  const focused = document.activeElement;
  const anchor = reading(gone);
  const lost = gone.some((id) => byId(id)?.contains(focused));
  const home = lost && focused.closest("section");
  for (const id of gone) byId(id)?.remove();
  for (const block of frame.blocks ?? []) place(block);
  if (frame.now) setNow(frame.now);
  tick();
  count();
  if (lost) {
    home?.querySelector("h2")?.focus({ preventScroll: true });
    speak("say", words.gone);
  } else if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  if (anchor?.element.isConnected) scrollBy({ top: anchor.element.getBoundingClientRect().top - anchor.top, behavior: "instant" });
  // What lands in the log that is on the screen is read out by itself.
  const heard = (frame.blocks ?? []).every((block) => byId(block.id)?.closest("[role=log]")?.getClientRects().length);
  if (frame.say && !(frame.blocks?.length && heard)) speak("say", frame.say);
}

// ---------------------------------------------------------------- 3 news

const title = document.title;
const watcher = "IntersectionObserver" in window && new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(target.glance);
    if (isIntersecting) target.glance = setTimeout(() => looked(target), 1500);
  }
}, { rootMargin: "-60px 0px -80px 0px" });

function noteNew(home, article) {
  if (home.dataset.news === undefined || !watcher) return;
  article.dataset.unread = words.new;
  watcher.observe(article);
}

function looked(article) {
  delete article.dataset.unread;
  watcher.unobserve(article);
  count();
}

/** Counters on tabs, what stands where nothing is, and the bar at the bottom. */
function count() {
  for (const home of all("[data-in]")) {
    const name = home.dataset.in;
    const fresh = all(":scope > [data-unread]", home).length;
    const counter = document.querySelector(`[data-count="${name}"]`);
    const text = fresh ? `${home.children.length} · ${fresh} ${words.new}` : String(home.children.length);
    if (counter && counter.textContent !== text) counter.textContent = text;
    const nothing = document.querySelector(`[data-nothing="${name}"]`);
    if (nothing) nothing.hidden = home.children.length > 0;
  }
  const unread = all("[data-unread]");
  document.title = unread.length ? `(${unread.length}) ${title}` : title;
  const first = unread.find((article) => article.dataset.later === undefined);
  const bottom = byId("bottom");
  if (!bottom) return;
  if (!first && bottom.contains(document.activeElement)) byId("main").focus({ preventScroll: true });
  bottom.hidden = !first;
  if (!first) return;
  const home = first.closest("[data-in]");
  const n = all(":scope > [data-unread]", home).length;
  byId("bottom-go").href = `#${first.id}`;
  put("bottom-go", home.dataset.in === "questions" ? home.dataset.news : fill(words.news, { n, where: home.dataset.news }));
}

byId("bottom")?.addEventListener("click", (event) => {
  if (event.target.closest("#bottom-leave")) for (const article of all("[data-unread]")) article.dataset.later = "";
  const go = event.target.closest("#bottom-go");
  if (go) {
    event.preventDefault();
    const article = byId(go.getAttribute("href").slice(1));
    if (!article) return;
    const panel = article.closest("[role=tabpanel]");
    if (panel) choose(panel.id);
    article.scrollIntoView({ block: "start" });
    article.focus({ preventScroll: true });
    looked(article);
  }
  count();
});

// ---------------------------------------------------------------- 4 outbox

const shelf = (what) => `breachdrill ${page.room} ${page.me} ${what}`;
const memory = new Map();

/** Reads what was kept; from memory where the browser keeps nothing. */
function kept(what) {
  try {
    return JSON.parse(localStorage.getItem(shelf(what))) ?? memory.get(what) ?? [];
  } catch {
    return memory.get(what) ?? [];
  }
}

function keep(what, value) {
  memory.set(what, value);
  try {
    localStorage.setItem(shelf(what), JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still sends.
  }
}

const senders = new Map();
let sending = false;
let patience = 1;

function refuse(form, sentence) {
  const place = form?.isConnected && form.querySelector(".refused");
  if (place) place.textContent = sentence;
  else put("receipt", sentence);
}

/** One decision, one key: pressing twice sends the same thing twice. */
function post(action, fields, form, button) {
  let letter = kept("outbox").find((other) => other.action === action && other.fields === fields);
  if (!letter) {
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    letter = { key, action, fields };
    keep("outbox", [...kept("outbox"), letter]);
  }
  senders.set(letter.key, { form, button });
  form.dataset.sending = "";
  button?.setAttribute("aria-disabled", "true");
  refuse(form, "");
  put("receipt", words.sending);
  flush();
}

async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let letter; (letter = kept("outbox")[0]); ) if (!(await deliver(letter))) break;
  } finally {
    sending = false;
  }
}

/** Sends one letter; whether it is settled, accepted or refused. */
async function deliver(letter) {
  const { form } = senders.get(letter.key) ?? {};
  const limit = new AbortController();
  const clock = setTimeout(() => limit.abort(), 10000);
  let answer;
  try {
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    const body = `${letter.fields}${letter.fields && "&"}key=${letter.key}`;
    const reply = await fetch(letter.action, { method: "POST", headers, body, signal: limit.signal });
    if (reply.status === 401) return joinAgain(letter);
    if (reply.status >= 500 || reply.status === 429) throw new Error("later");
    answer = { ok: reply.ok, ...(await reply.json().catch(() => ({}))) };
  } catch {
    refuse(form, words.kept);
    patience = Math.min(patience * 2, 15);
    setTimeout(flush, patience * 1000 * (0.5 + Math.random() / 2));
    return false;
  } finally {
    clearTimeout(clock);
  }
  patience = 1;
  settle(letter);
  if (!answer.ok) {
    put("receipt", "");
    refuse(form, answer.refused ?? words.failed);
    return true;
  }
  refuse(form, "");
  for (const list of form ? all("[data-moved]", form) : []) delete list.dataset.moved;
  if (form?.dataset.clear !== undefined) form.reset();
  if (answer.receipt) keep("receipts", [{ ...answer.receipt, said: answer.said }, ...kept("receipts")].slice(0, 50));
  showReceipts(answer.said);
  return true;
}

function settle(letter) {
  const { form, button } = senders.get(letter.key) ?? {};
  keep("outbox", kept("outbox").filter((other) => other.key !== letter.key));
  senders.delete(letter.key);
  if (form) delete form.dataset.sending;
  button?.removeAttribute("aria-disabled");
}

function joinAgain() {
  source?.close();
  leave(words.again);
  const link = byId("state")?.appendChild(document.createElement("a"));
  if (link) Object.assign(link, { href: page.me === "trainer" ? "/trainer" : "/join", textContent: " →" });
  return false;
}

/** The last receipt at the foot of the questions, all of them in the log. */
function showReceipts(said) {
  const receipts = kept("receipts");
  const last = receipts[0];
  put("receipt", said ?? (last ? fill(words.receipt, { n: last.n, head: String(last.head).slice(0, 8) }) : ""));
  const rows = receipts.map(({ n, head, said: text }) => {
    const row = document.createElement("li");
    row.value = n;
    row.textContent = `${text ?? ""} `;
    row.appendChild(document.createElement("code")).textContent = String(head);
    return row;
  });
  byId("receipts")?.replaceChildren(...rows);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || form.dataset.plain !== undefined) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector("button");
  if (button?.getAttribute("aria-disabled") === "true" || form.dataset.sending !== undefined) return;
  if (document.body.classList.contains("viewed")) return;
  // With the script, the order of the rows says what `rank-N` says without it.
  const fields = [...new FormData(form)].filter(([name]) => !name.startsWith("rank-"));
  if (event.submitter?.name) fields.push([button.name, button.value]);
  const action = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  post(action, String(new URLSearchParams(fields)), form, button);
});

// ---------------------------------------------------------------- 5 feed

let source = null;
let breaks = 0;
let left = false;

function connection(state) {
  put("link", words[state] ?? "");
  byId("link")?.classList.toggle("broken", state === "lost");
}

/** Nothing more comes: the page says why and stays. */
function leave(sentence) {
  left = true;
  if (byId("live")) byId("live").hidden = true;
  put("state", sentence);
  connection("");
}

function listen() {
  if (left) return;
  source?.close();
  const stream = (source = new EventSource(`${page.feed}?after=${seq}`));
  let opened = Infinity;
  let over = false;
  const ended = (wait) => {
    if (over || source !== stream) return;
    over = true;
    clearTimeout(slow);
    stream.close();
    breaks = performance.now() - opened > 10000 ? 0 : breaks + 1;
    connection("lost");
    setTimeout(breaks < 3 ? listen : ask, wait ?? 300 + 1200 * Math.random());
  };
  const slow = setTimeout(() => opened === Infinity && ended(), 8000);
  stream.addEventListener("open", () => {
    opened = performance.now();
    connection("connected");
    flush();
  });
  stream.addEventListener("frame", (event) => apply(JSON.parse(event.data)));
  stream.addEventListener("bye", (event) => {
    const reason = event.data.replace(/\W/g, "");
    if (reason === "removed" || reason === "closed") {
      stream.close();
      return leave(words[reason]);
    }
    speak("say", words.restart);
    ended(1000 + 1000 * Math.random());
  });
  stream.addEventListener("error", () => ended());
}

/** Where streams are blocked: asks every three seconds, and tries the stream again each minute. */
async function ask(round = 0) {
  if (left) return;
  if (round > 20) {
    breaks = 2;
    return listen();
  }
  try {
    const reply = await fetch(`${page.state}?after=${seq}`, { headers: { Accept: "application/json" } });
    if (reply.status === 401) return joinAgain();
    if (!reply.ok) throw new Error("later");
    connection("asking");
    if (reply.status !== 204) apply(await reply.json());
    if (kept("outbox").length) flush();
  } catch {
    connection("lost");
  }
  setTimeout(ask, 2700 + 600 * Math.random(), round + 1);
}

// ---------------------------------------------------------------- 6 controls

const tabs = all(".tablist a");

/** Shows one panel and marks its tab. */
function choose(name, focus = false) {
  for (const tab of tabs) {
    const chosen = tab.hash === `#${name}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(tab.hash.slice(1)).hidden = !chosen;
    if (chosen && focus) tab.focus();
  }
}

for (const tab of tabs) {
  const list = tab.parentElement;
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", list.parentElement.getAttribute("aria-label"));
  Object.entries({ role: "tab", "aria-controls": tab.hash.slice(1) }).forEach((pair) => tab.setAttribute(...pair));
  byId(tab.hash.slice(1)).setAttribute("role", "tabpanel");
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    choose(tab.hash.slice(1));
  });
  tab.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === " ") tab.click();
    else if (to !== undefined) choose(tabs.at(to % tabs.length).hash.slice(1), true);
    else return;
    event.preventDefault();
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const row = button.closest("li");
  const list = row.parentElement;
  const other = button.dataset.move < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (other) list.insertBefore(...(button.dataset.move < 0 ? [row, other] : [other, row]));
  list.dataset.moved = "";
  button.focus();
  const at = [...list.children].indexOf(row) + 1;
  speak("say", fill(words.place, { n: at, of: list.children.length, what: row.dataset.says }));
});

const touch = ({ clientX: x = touched.x, clientY: y = touched.y }) => (touched = { at: performance.now(), x, y });
for (const name of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(name, touch, { passive: true });

const hashed = document.querySelector("form[data-hash]");
if (hashed && location.hash.length > 1) {
  hashed.elements.secret.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  hashed.submit();
}

if (page.feed) {
  if (tabs.length) choose(tabs.find((tab) => tab.hash === location.hash)?.hash.slice(1) ?? "inbox");
  for (const old of all("[data-in=inbox] > article").slice(3)) old.querySelector("details").open = false;
  showReceipts();
  setNow(now);
  tick();
  count();
  setInterval(tick, 1000);
  listen();
  flush();
  addEventListener("online", () => source?.readyState === 1 || listen());
  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = performance.now();
    else if (performance.now() - hiddenAt > 30000 && breaks < 3) listen();
  });
}
