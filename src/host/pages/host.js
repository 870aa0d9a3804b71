// The script of every page that the host serves: trainee, console, projector, the trainer's way in.
// A page works without it, by forms and links. Its texts come from the page (parts/words.html);
// nothing is loaded, nothing leaves this origin.
"use strict";
document.documentElement.classList.add("script");
const page = document.body.dataset;
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const words = byId("words")?.dataset ?? {};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** A text, or how it begins. */
const cut = (text) => (text.length > 90 ? `${text.slice(0, 90)}…` : text);
const hide = (element, hidden) => element && (element.hidden = hidden);
/** Puts a text into an element, if it is there and says something else. */
const put = (element, text) => element && element.textContent !== text && (element.textContent = text);
/** Has a text read out, even one that was read out before. */
const speak = (id, text) => (put(byId(id), ""), setTimeout(() => put(byId(id), text), 60));

// 1. Clock: counts between frames, says how much time is left, warns once before it runs out.
let [now, stamp] = [JSON.parse(page.now ?? "null"), performance.now()];
const told = new Map();
/** The drill's moment, counted on from the last frame. */
const moment = () => now.at + (now.running && !now.untimed ? ((performance.now() - stamp) / 1000) * now.pace : 0);
const leftWords = (seconds) =>
  seconds > 120 ? fill(words.minutes, { n: Math.ceil(seconds / 60) }) : fill(words.seconds, { n: Math.ceil(seconds) });
/** Shows the real time left at an element; returns its seconds. */
function showLeft(element) {
  const { since, until, warn } = element.dataset;
  const pace = Math.max(now.pace, 1);
  const left = (until - moment()) / pace;
  const whole = since === undefined ? Infinity : (until - since) / pace;
  const short = left > 0 && left <= whole / 4 && whole < Infinity;
  if (left <= 0) put(element, since === undefined ? words.soon : words.passed);
  else put(element, short ? fill(words.quarter, { left: leftWords(left) }) : leftWords(left));
  element.classList.toggle("short", short);
  if (warn !== undefined) warnOnce(`${element.closest("article").id} ${until}`, left, whole);
  return left;
}

/** Half, last quarter, ten seconds: each is said once, however often the page changes. */
function warnOnce(name, left, whole) {
  const step = left <= 10 ? 3 : left <= Math.max(whole / 4, 20) ? 2 : left <= whole / 2 ? 1 : 0;
  const before = told.get(name) ?? (step === 1 ? 1 : 0);
  told.set(name, Math.max(step, before));
  if (left <= 0 || step <= before) return;
  const says = [words.half, words.warning, words.ten][step - 1];
  speak(step === 2 ? "warn" : "say", step === 3 ? says : `${says} ${leftWords(left)}`);
}

function tick() {
  const minutes = Math.floor((now.startex + moment()) / 60);
  const two = (n) => String(n).padStart(2, "0");
  put(byId("clock"), `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`);
  all("[data-until]:not([data-warn])").forEach(showLeft);
  const soonest = Math.min(...all("[data-warn]").map(showLeft).filter((left) => left > 0));
  if (!document.querySelector("[data-warn]")) put(byId("warn"), "");
  put(byId("left"), soonest < Infinity && !now.stopped ? leftWords(soonest) : "");
}

function setNow(next) {
  now = next;
  stamp = performance.now();
  put(byId("date"), now.date);
  put(byId("state"), now.paused || now.waiting || "");
  const busy = byId("busy");
  if (busy) busy.textContent = now.busy ? `${now.busy.label} · ` : "";
  if (busy && now.busy) busy.appendChild(document.createElement("span")).dataset.until = now.busy.until;
  for (const [id, hidden] of [["still", now.running], ["halt", !now.stopped], ["live", now.stopped], ["stop-near", now.stopped || now.over]]) hide(byId(id), hidden);
}

// 2. Blocks: puts what changed where it belongs, and keeps what is typed, chosen and read.
/** Attributes that are the reader's or this script's, not the server's. */
const KEPT = new Set(["open", "data-unread", "data-later", "data-moved", "data-sending", "data-touched", "data-done"]);
/** What two nodes share that may stand for the same thing. */
const names = (node) =>
  [node.nodeName, node.classList?.contains("refused"), ...["id", "name", "type", "action"].map((name) => node.getAttribute?.(name))].join();
/** Makes `old` say what `fresh` says, touching only what differs: typing, choices and focus stay. */
function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) return put(old, fresh.textContent);
  for (const { name, value } of fresh.attributes) if (!KEPT.has(name)) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!KEPT.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  if (old.matches("textarea, [data-moved]") || fresh.matches(".refused:empty")) return;
  const rest = [...old.childNodes];
  const pairs = [...fresh.childNodes].map((child) => {
    const at = rest.findIndex((node) => names(node) === names(child));
    return at < 0 ? [child, null] : [rest.splice(at, 1)[0], child];
  });
  for (const node of rest) node.remove();
  pairs.forEach(([node, model], at) => {
    if (model) morph(node, model);
    if (old.childNodes[at] !== node) old.insertBefore(node, old.childNodes[at] ?? null);
  });
}

/** Puts a block into its container, by its order. */
function place(block) {
  const home = document.querySelector(`[data-in="${CSS.escape(block.in)}"]`);
  if (!home) return;
  const sheet = document.createElement("template");
  sheet.innerHTML = block.html;
  const [fresh, known] = [sheet.content.firstElementChild, byId(block.id)];
  const stays = known?.parentElement === home && known.dataset.order === fresh.dataset.order;
  if (known) morph(known, fresh);
  if (fresh.matches(".mine")) follow(known ?? fresh);
  if (stays) return;
  const article = known ?? fresh;
  const sign = home.dataset.newest === "first" ? -1 : 1;
  const after = [...home.children].find((other) => other !== article && sign * (other.dataset.order - block.order) > 0);
  home.insertBefore(article, after ?? null);
  // What became of a question that others decided too; who decides alone has just been told.
  if (!known && watcher && article.matches(".settled") && document.querySelector(".team")) put(byId("receipt"), fill(words.settled, { what: cut(article.dataset.what), how: article.dataset.how }));
  // Votes are no news.
  if (known || article.matches(".mine, .counted") || home.dataset.news === undefined || !watcher) return;
  article.dataset.unread = words.new;
  watcher.observe(article);
}

/** Ticks what one voted for, perhaps in another tab, where nothing else was chosen here since. */
function follow(vote) {
  const form = byId(vote.id.replace("b-v", "b-q"))?.querySelector("form");
  const says = vote.querySelector("strong")?.textContent;
  if (!form || form.dataset.touched !== undefined) return;
  const rows = all("input[name=choice]", form).map((input) => [input, input.closest("label").textContent.trim()]);
  const chosen = (row) => says === row || (form.querySelector("[type=checkbox]") && says.split("; ").includes(row));
  if (rows.some(([, row]) => chosen(row))) for (const [input, row] of rows) input.checked = chosen(row);
}
for (const act of ["input", "change"]) {
  document.addEventListener(act, ({ target }) => target.form && (target.form.dataset.touched = "", delete target.form.dataset.done));
}

let touched = { at: -Infinity, x: innerWidth / 2, y: 0.4 * innerHeight };
const touch = ({ clientX: x = touched.x, clientY: y = touched.y }) => (touched = { at: performance.now(), x, y });
for (const act of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(act, touch, { passive: true });
/** What the reader is at and where it stands on the screen; null where nothing need be kept in place. */
function reading(gone) {
  if (performance.now() - touched.at > 4000 && scrollY < 40) return null;
  const pointed = document.elementFromPoint(touched.x, touched.y)?.closest("article, section, main");
  const others = all("article, h2, .tabs", pointed?.closest("section, main") ?? document);
  const element = [document.activeElement, pointed?.closest("article"), ...others].find((one) => {
    const stays = one?.closest("main > *") && !gone.some((id) => byId(id)?.contains(one));
    return stays && one.getClientRects().length > 0 && one.getBoundingClientRect().bottom > 60;
  });
  return element ? { element, top: element.getBoundingClientRect().top } : null;
}

let seq = Number(page.seq ?? 0);
/** Takes what the server says is new. */
function apply({ seq: next, now: then, blocks = [], gone = [], say }) {
  if (next < seq) return;
  seq = next;
  const anchor = reading(gone);
  const focused = document.activeElement;
  const lost = gone.some((id) => byId(id)?.contains(focused));
  // That an answer which was given goes is no news: the receipt says that it is kept.
  const sent = lost && answering.has(focused.closest("article")?.querySelector("form"));
  const heading = lost && focused.closest("section")?.querySelector("h2");
  for (const id of gone) byId(id)?.remove();
  blocks.forEach(place);
  if (then) setNow(then);
  tick();
  count();
  fit();
  if (heading) heading.focus({ preventScroll: true });
  else if (focused.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  const moved = anchor?.element.isConnected ? anchor.element.getBoundingClientRect().top - anchor.top : 0;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
  // What lands in a log that is on the screen is read out by itself.
  const heard = blocks.length > 0 && blocks.every(({ id }) => byId(id)?.closest("[role=log]")?.getClientRects().length);
  if ((lost && !sent) || (say && !heard)) speak("say", [lost && !sent && words.gone, say].filter(Boolean).join(" "));
}

/** Makes letters on the wall smaller, as far as the back row can bear, until all that is asked can be seen. */
function fit() {
  if (!document.body.classList.contains("projector")) return;
  for (const least of [32, 29, 26, 23, 20]) {
    document.body.style.setProperty("--least", `${least}px`);
    document.body.style.setProperty("--scale", least / 32);
    if (document.documentElement.scrollHeight <= innerHeight) return;
  }
}
addEventListener("resize", fit);

// 3. News: counts what nobody has looked at yet; says so at the bottom, never in the middle.
const [title, bottom] = [document.title, byId("bottom")];
const watcher = "IntersectionObserver" in window && new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(target.glance);
    if (isIntersecting) target.glance = setTimeout(looked, 1500, target);
  }
}, { rootMargin: "-60px 0px -80px 0px" });

function looked(article) {
  delete article.dataset.unread;
  watcher.unobserve(article);
  count();
}

/** Counters on tabs, what stands where nothing is, who of the team one is, and the bar at the bottom. */
function count() {
  for (const row of all(".team [data-member]")) hide(row.querySelector(".you"), page.me !== `member ${row.dataset.member}`);
  for (const home of all("[data-in]")) {
    const [fresh, whole] = [all(":scope > [data-unread]", home).length, home.children.length];
    const counter = document.querySelector(`[data-count="${home.dataset.in}"]`);
    put(counter, fresh ? `${whole} · ${fresh} ${words.new}` : `${whole}`);
    hide(document.querySelector(`[data-nothing="${home.dataset.in}"]`), whole > 0);
  }
  const unread = all("[data-unread]");
  document.title = unread.length ? `(${unread.length}) ${title}` : title;
  const first = unread.find((article) => article.dataset.later === undefined);
  if (!first && bottom?.contains(document.activeElement)) byId("main").focus({ preventScroll: true });
  hide(bottom, !first || now.stopped || now.over);
  if (!first) return;
  const { in: name, news } = first.parentElement.dataset;
  const n = all(":scope > [data-unread]", first.parentElement).length;
  byId("bottom-go").href = `#${first.id}`;
  put(byId("bottom-go"), name === "questions" ? news : fill(words.news, { n, where: news }));
}

bottom?.addEventListener("click", (event) => {
  if (event.target.closest("#bottom-leave")) for (const article of all("[data-unread]")) article.dataset.later = "";
  const article = event.target.closest("#bottom-go") && byId(byId("bottom-go").hash.slice(1));
  if (!article) return count();
  event.preventDefault();
  const tab = tabs.find((one) => panelOf(one).contains(article));
  if (tab) choose(tab);
  article.scrollIntoView({ block: "start" });
  article.focus({ preventScroll: true });
  looked(article);
});

// 4. Outbox: sends what is decided, keeps it until it is acknowledged, shows the receipt.
const shelf = (what) => `breachdrill ${page.room} ${page.me} ${what}`;
const kept = (what) => JSON.parse(localStorage.getItem(shelf(what)) ?? "[]");
const keep = (what, rows) => localStorage.setItem(shelf(what), JSON.stringify(rows));
const hex = (byte) => byte.toString(16).padStart(2, "0");
const senders = new Map();
/** Forms that were sent, until a little after they are answered. */
const answering = new Set();
/** What a form says, as a receipt repeats it: what was chosen or typed; nothing where much was. */
function gist(form) {
  if (!form.getAttribute("action").startsWith("/drill/answer/")) return form.elements.says?.value.trim() ?? "";
  const chosen = all("[name=choice]:checked", form).map((input) => input.closest("label").innerText.trim());
  return chosen.join("; ") || (form.elements.number ?? form.elements.text)?.value.trim() || "";
}
let [sending, patience] = [false, 1];
/** Says a sentence at the form that it concerns, if that is still there. */
const refuse = (form, sentence) => put((form?.isConnected && form.querySelector(".refused")) || byId("receipt"), sentence);
/** One decision, one key: pressing twice sends the same thing twice. */
function post(action, fields, form, button) {
  const waiting = kept("outbox");
  const same = waiting.find((other) => other.action === action && other.fields === fields);
  const key = same?.key ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
  // To let one's clock go on, or to end, waits for nothing: it may be what the others wait for.
  const first = /^\/drill\/(resume|end)$/.test(action);
  if (!same) keep("outbox", first ? [{ key, action, fields }, ...waiting] : [...waiting, { key, action, fields }]);
  senders.set(key, { form, button, says: cut(gist(form)) });
  answering.add(form);
  form.dataset.sending = "";
  button?.setAttribute("aria-disabled", "true");
  refuse(form, "");
  put(byId("receipt"), words.sending);
  flush();
}

/** Sends what is in the outbox, oldest first, until something has to wait. */
async function flush() {
  if (sending) return;
  sending = true;
  for (let letter; (letter = kept("outbox")[0]); ) if (!(await deliver(letter))) break;
  sending = false;
}

/** The form can be used again. A line that was taken leaves it, if nothing else has been typed since. */
function release({ form, button, fields, taken }) {
  if (form) delete form.dataset.sending;
  button?.removeAttribute("aria-disabled");
  const same = () => String(new URLSearchParams(new FormData(form))) === fields;
  if (taken && form?.dataset.clear !== undefined && same()) form.reset();
}

/** Sends one letter; whether that is settled, accepted or refused. */
async function deliver({ key, action, fields, waited }) {
  const { form, button, says } = senders.get(key) ?? {};
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  const body = `${fields}${fields && "&"}key=${key}`;
  let answer;
  try {
    const reply = await fetch(action, { method: "POST", headers, body, signal: AbortSignal.timeout(10000) });
    if (reply.status === 401) return leave("again");
    if (reply.status >= 500 || reply.status === 429) throw new Error("later");
    answer = { ok: reply.ok, ...(await reply.json().catch(() => ({}))) };
    // What was decided while the host was away is not lost because the clock still stands.
    if (waited && answer.later && action !== "/drill/pause") throw new Error("later");
  } catch {
    keep("outbox", kept("outbox").map((other) => ({ ...other, waited: true })));
    refuse(form, words.kept);
    // All of it is kept: what comes to mind meanwhile can be written, and is sent after it.
    for (const other of kept("outbox")) release({ ...senders.get(other.key), fields: other.fields, taken: true });
    patience = Math.min(patience * 2, 15);
    setTimeout(flush, patience * 1000 * (0.5 + Math.random() / 2));
    return false;
  }
  patience = 1;
  keep("outbox", kept("outbox").filter((other) => other.key !== key));
  senders.delete(key);
  release({ form, button, fields, taken: answer.ok });
  if (form && answer.ok) {
    delete form.dataset.touched;
    form.dataset.done = "";
  }
  setTimeout(() => answering.delete(form), answer.ok ? 5000 : 0);
  for (const list of answer.ok && form ? all("[data-moved]", form) : []) delete list.dataset.moved;
  if (answer.receipt) keep("receipts", [answer.receipt, ...kept("receipts")].slice(0, 50));
  const said = says && answer.receipt ? fill(words.saved, { what: says, n: answer.receipt.n }) : answer.said;
  showReceipts(answer.ok ? said : "");
  // The form may be gone by now, and its place then is that of the receipt.
  if (answer.ok) put(form?.querySelector(".refused"), "");
  else refuse(form, answer.refused ?? words.failed);
  return true;
}

/** The last receipt beneath the questions, all of them in the log. */
function showReceipts(said) {
  const [last] = kept("receipts");
  put(byId("receipt"), said ?? (last ? fill(words.receipt, { n: last.n, head: String(last.head).slice(0, 8) }) : ""));
  const row = ({ n, head }) => Object.assign(document.createElement("li"), { value: n, textContent: head });
  byId("receipts")?.replaceChildren(...kept("receipts").map(row));
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  // A page that nothing comes to has no outbox either: its forms lead to another page.
  if (!page.feed || form.getAttribute("method") !== "post" || form.dataset.plain !== undefined) return;
  event.preventDefault();
  const button = submitter ?? form.querySelector("button");
  const idle = button?.getAttribute("aria-disabled") !== "true" && form.dataset.sending === undefined;
  if (!idle || document.body.classList.contains("viewed")) return;
  // The order of the rows says what `rank-N` says without the script.
  const fields = [...new FormData(form)].filter(([name]) => !name.startsWith("rank-"));
  if (submitter?.name) fields.push([submitter.name, submitter.value]);
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  post(action, String(new URLSearchParams(fields)), form, button);
});

// 5. Feed: listens to the stream, or asks every three seconds where streams are blocked.
let [source, breaks, over] = [null, 0, false];
/** Says in words how the connection is. */
function connection(state) {
  put(byId("link"), words[state] ?? "");
  byId("link").classList.toggle("broken", state === "lost");
}
/** Nothing more comes: the page says why, and stays. */
function leave(reason) {
  over = true;
  source?.close();
  connection("");
  for (const live of all("#live, .columns")) hide(live, true);
  hide(bottom, true);
  put(byId("state"), `${words[reason]} `);
  const ways = {
    again: { href: ["trainer", "observer"].includes(page.me) ? "/trainer" : "/join", textContent: words.join },
    // Who may read their debrief still may.
    ...(document.querySelector("a[href='/drill/debrief']") && { closed: { href: "/drill/debrief", textContent: words.debrief } }),
    elsewhere: { href: location.pathname, textContent: words.here },
  };
  if (ways[reason]) byId("state")?.appendChild(Object.assign(document.createElement("a"), ways[reason]));
  return false;
}

/** Opens the stream; after three that break within ten seconds it asks instead. */
function listen() {
  if (over) return;
  source?.close();
  const stream = (source = new EventSource(`${page.feed}?after=${seq}`));
  let opened = Infinity;
  const broken = (wait = 300 + 1200 * Math.random()) => {
    if (source !== stream || over) return;
    source = null;
    stream.close();
    breaks = performance.now() - opened > 10000 ? 0 : breaks + 1;
    connection("lost");
    setTimeout(breaks < 3 ? listen : ask, wait);
  };
  setTimeout(() => opened === Infinity && broken(), 8000);
  stream.addEventListener("open", () => {
    opened = performance.now();
    connection("connected");
    flush();
  });
  stream.addEventListener("frame", (event) => apply(JSON.parse(event.data)));
  stream.addEventListener("error", () => broken());
  stream.addEventListener("bye", ({ data }) => {
    if (["removed", "closed", "elsewhere"].includes(data)) return leave(data);
    if (data === "moved" || data === "locked") return location.reload(); // another seat or lead, or the screen is locked
    speak("say", words.restart);
    broken(1000 + 1000 * Math.random());
  });
}

/** Where streams are blocked: asks every three seconds, and tries the stream again each minute. */
async function ask(round = 0) {
  if (over || source) return;
  if (round > 20) return (breaks = 2), listen(); // one break more, and it asks on
  try {
    const reply = await fetch(`${page.state}?after=${seq}`, { headers: { Accept: "application/json" } });
    if (reply.status === 401) return leave("again");
    if (!reply.ok) throw new Error("later");
    if (byId("link").classList.contains("broken")) round = 20;
    connection("asking");
    if (reply.status !== 204) apply(await reply.json());
    flush();
  } catch {
    connection("lost");
  }
  setTimeout(ask, 2700 + 600 * Math.random(), round + 1);
}

// 6. Controls: makes tabs of links, moves rows, takes the secret out of the address.
const tabs = all(".tablist a");
const panelOf = (tab) => byId(tab.hash.slice(1));
/** Shows one panel and marks its tab. */
function choose(chosen, focus = false) {
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    hide(panelOf(tab), tab !== chosen);
  }
  if (focus) chosen.focus();
}

tabs.forEach((tab, at) => {
  tab.parentElement.setAttribute("role", "tablist");
  tab.parentElement.setAttribute("aria-label", tab.closest("nav").getAttribute("aria-label"));
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panelOf(tab).id);
  panelOf(tab).setAttribute("role", "tabpanel");
  const go = (event, to, focus) => (event.preventDefault(), choose(tabs.at(to % tabs.length), focus));
  tab.addEventListener("click", (event) => go(event, at));
  tab.addEventListener("keydown", (event) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1, " ": at }[event.key];
    if (to !== undefined) go(event, to, true);
  });
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-move]");
  if (!button) return;
  const [row, list] = [button.closest("li"), button.closest("ol")];
  if (button.dataset.move < 0) row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  list.dataset.moved = "";
  button.focus();
  const at = [...list.children].indexOf(row) + 1;
  speak("say", fill(words.place, { n: at, of: list.children.length, what: row.dataset.says }));
});

const hashed = document.querySelector("form[data-hash]");
if (hashed && location.hash.length > 1) {
  hashed.elements.secret.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  hashed.submit();
}

if (page.feed) {
  if (tabs.length) choose(tabs.find((tab) => tab.hash === location.hash) ?? tabs[0]);
  for (const old of all("[data-in=inbox] > article details").slice(3)) old.open = false;
  all(".block.mine").forEach(follow);
  apply({ seq, now });
  showReceipts();
  setInterval(tick, 1000);
  listen();
  // A telephone that slept may hold a stream that is dead without knowing it.
  for (const event of ["online", "visibilitychange"]) addEventListener(event, () => document.hidden || breaks > 2 || listen());
}
