// Plays whole drills in rooms of browsers, as a trainer and four trainees do.
//
//   node host.mjs [together side-by-side own-time]
//
// BREACHDRILL names the program (else target/debug/breachdrill), CHROMIUM another
// browser; SHOTS names a directory for screenshots; ASSETS one with a host.css and a
// host.js to be tried instead of those that were built in; QUICK leaves out what takes
// most of the time, looking at each kind of page.
// It asserts that everybody sees what is theirs and nothing else, that what is decided is
// kept once, whatever happens to browser, connection and host, and of every kind of page what
// `room.mjs` looks at: no complaint, no foreign request, WCAG 2.2 AA in light and dark,
// nothing sideways at 320 pixels, no target below 24, and nothing of the key.

import { chromium } from "playwright-core";
import { Host, Person, expect, faults, secretsOf, until } from "./room.mjs";

const NETWORK = /net::ERR_|Failed to fetch|ERR_INCOMPLETE_CHUNKED_ENCODING/;
const REFUSED = /status of 4\d\d/;
/** A question was taken off the page in the moment in which it was answered. */
const TOO_LATE = /the form is not connected/;

/** Lets the run of show come, step by step, until `there` is. */
async function advance(trainer, there) {
  for (let steps = 0; steps < 12 && !(await there()); steps += 1) {
    const before = await trainer.count("[data-in=past] > article");
    await trainer.press("/console/fire", { within: "[data-in=steps] > article.next" });
    await until(trainer.name, "that it was sent", async () => (await trainer.count("[data-in=past] > article")) > before);
    await until(trainer.name, "its question", there).catch(() => null);
  }
}

/** Answers what is asked of somebody, whatever it is; whether there was anything. */
async function answer(person) {
  const form = person.page.locator("[data-in=questions] > article.question:not(.revisable):not(:has(.mine)) form[action^='/drill/answer/']").first();
  if (!(await form.count())) return false;
  const done = await form.evaluate((form) => {
    for (const name of new Set([...form.querySelectorAll("input[type=radio]")].map((input) => input.name))) {
      form.querySelector(`input[name="${name}"]`).checked = true;
    }
    for (const box of [...form.querySelectorAll("input[type=checkbox]")].slice(0, 2)) box.checked = true;
    for (const text of form.querySelectorAll("textarea[required]")) text.value = "What I would do on such a day.";
    for (const number of form.querySelectorAll("[name=number]")) number.value = "68";
    form.querySelector("button.primary").click();
    return true;
  }).catch(() => false);
  if (done) await person.settled();
  return done;
}

async function waysIn(browser, host, people) {
  const guest = await Person.arrive(browser, host, "guest");
  await guest.page.goto(`${host.origin}/trainer`);
  await guest.inspect("trainers-way-in");
  await guest.page.goto(`${host.origin}/`);
  await guest.inspect("join-code");
  await guest.page.fill("[name=code]", "WRON GCDE");
  await guest.page.click("button.primary");
  await guest.reads("That is not the code of this room.");
  await guest.page.goto(host.join);
  await guest.inspect("join");
  await guest.page.fill("[name=name]", people[0].name);
  await guest.page.locator("[name=place]").first().check();
  await guest.during(REFUSED, () => guest.page.click("form[method=post] button.primary"));
  await guest.sees("that the name is taken", "#refused:not(:empty)");
  await guest.context.close();
}

async function votes(trainer, [ada, ben, cem]) {
  const owner = "[data-in=questions] form[action='/drill/answer/0']";
  await advance(trainer, async () => (await ada.count(owner)) > 0);
  await Promise.all([ada, ben].map((person) => person.sees("the question of their seat", owner)));
  expect((await cem.count(owner)) === 0, cem.name, "sees a question of another seat");
  const before = (await ada.receipts()).length;
  const choice = (person, says, page = person.page) => page.locator(`${owner} label.choice`, { hasText: says }).locator("input").check();
  await choice(ada, "Put my own name");
  await ada.page.locator(`${owner} button.primary`).dblclick();
  await ada.sees("her vote", `${owner} .mine, [id^=b-v] .mine`);
  await ada.settled();
  await ada.sees("that it can be changed", `${owner} .recast`);
  expect(!(await ada.page.locator(`${owner} .cast`).isVisible()), ada.name, "is asked to cast a vote that was cast");
  for (const [person, row] of [[ben, "Ada"], [ada, "Ada (you)"]]) {
    await person.sees("who has voted", `.team li:has-text("${row}"):has-text("has voted")`);
  }
  expect((await cem.count(".team li:has-text('has voted')")) === 0, cem.name, "is told of votes on a question of another seat");
  expect((await ada.receipts()).length === before + 1, ada.name, "pressed twice, and it was kept other than once");
  await ada.sees("how she makes the votes the answer", "form.lead button");
  await ada.reads("once everybody has, or five have");
  expect((await ada.count("form.lead meter")) === 0, ada.name, "sees who voted how, as few have voted");
  await until("trainer", "answers as they come", async () => (await trainer.count("[data-in=asked] .tallies")) > 0);
  const second = await ben.tab();
  await second.goto(`${ben.host.origin}/drill`);
  await choice(ben, "Assign it to the server team");
  await ben.page.locator(`${owner} button.primary`).click();
  await ben.sees("the vote of the other tab", "[id^=b-v] .mine, .question .mine", second);
  const ticked = (says) => until(ben.name, `“${says}” ticked in the first tab`, () => ben.page.locator(`${owner} label.choice`, { hasText: says }).locator("input").isChecked());
  await ticked("Assign it to the server team");
  await choice(ben, "Put my own name", second);
  await second.locator(`${owner} button.primary`).click();
  await until(ben.name, "the other vote in the first tab", async () => /Put my own name/.test(await ben.page.locator(".mine").first().innerText()));
  await ticked("Put my own name");
  // What somebody is about to change in this tab is theirs.
  await choice(ben, "Assign it to the server team");
  await choice(ben, "Assign it to the server team", second);
  await choice(ben, "Put my own name", second);
  await second.locator(`${owner} button.primary`).click();
  await ben.settled(second);
  await new Promise((done) => setTimeout(done, 600));
  await ticked("Assign it to the server team");
  await second.close();
  await ada.sees("how they voted, for everybody has", "form.lead meter");
  expect((await ada.page.locator("form.lead .refused").innerText()) === "", ada.name, "reads something else where refusals stand");
  expect((await ben.count("form.lead")) === 0, ben.name, "may lock although somebody else leads");
  await ada.inspect("question-lead");
  await ben.inspect("question-vote");
  await trainer.inspect("console-drill");
  await trainer.press("/console/lead", { within: `[data-in=seats] > article:has(strong:text-is("${ben.name}"))` });
  await ben.sees("that he leads now", "form.lead button");
  await until(ada.name, "that she does not lead any more", async () => (await ada.count("form.lead")) === 0);
  await ben.press("/drill/lock/0");
  await Promise.all([ada, ben].map((person) => until(person.name, "the settled question", async () => (await person.count(owner)) === 0 && (await person.count("[data-in=log] .settled")) === 1)));
}

async function steps(trainer) {
  const named = async (kind) => (await trainer.page.locator(`[data-in=steps] > article.${kind}`).first().getAttribute("id"))?.replace(/^/, "#");
  const next = await named("next");
  await trainer.press("/console/hold", { within: next });
  await trainer.sees("that it is held", `${next}.held`);
  await trainer.press("/console/release", { within: next });
  await trainer.sees("that it is released", `${next}:not(.held)`);
  const last = `#${await trainer.page.locator("[data-in=later] > article:not(.expected)").last().getAttribute("id")}`;
  await trainer.press("/console/skip", { within: last });
  await until(trainer.name, "that it is skipped", async () => (await trainer.count(`[data-in=past] ${last}.skipped`)) === 1);
}

/** Somebody watches: by a link of their own, with nothing to press but notes and marks. */
async function observes(browser, host, trainer) {
  // In a tab of its own: the console stays where it is.
  const [asking] = await Promise.all([trainer.context.waitForEvent("page"), trainer.page.click("form[action='/console/observer'] button")]);
  await asking.waitForLoadState();
  await trainer.reads("A link for an observer", asking);
  await trainer.inspect("observer-link", asking);
  const link = await asking.locator("code").innerText();
  await asking.close();
  const observer = await Person.arrive(browser, host, "observer");
  await observer.page.goto(link);
  await observer.page.waitForURL(`${host.origin}/observe`);
  await observer.sees("that it is connected", "#link:has-text('Connected')");
  await observer.sees("what comes next", "[data-in=steps] > article.next");
  expect((await observer.page.locator(".step button:visible").count()) === 0, observer.name, "could send something");
  await observer.page.fill("[name=says]", "Ada took it on at once.");
  await observer.press("/console/note");
  await observer.sees("the note", ".notes :text('Ada took it on at once.')");
  await trainer.sees("the note of the observer", ".notes :text('Ada took it on at once.')");
  await observer.press("/console/mark", { value: "P" });
  await observer.sees("the mark", "[data-in=observations] button[aria-pressed=true]");
  await observer.inspect("observer");
  await observer.context.close();
}

async function tells(trainer, to, others) {
  const form = trainer.page.locator("form[action='/console/tell']");
  await form.evaluate((node) => (node.closest("details").open = true));
  await form.locator("[name=from]").fill("Front desk");
  await form.locator("[name=subject]").fill("For one seat");
  await form.locator("[name=says]").fill("Only **one** of you reads <b>this</b>.");
  await form.locator("[name=seat]").nth(1).check();
  await trainer.press("/console/tell");
  await to.sees("the message to that seat", "[data-in=inbox] article:has-text('For one seat')");
  await to.page.click("#tab-inbox");
  await to.reads("reads <b>this</b>");
  // What reaches everybody comes after it: who has that has whatever came before.
  const hint = trainer.page.locator("form[action='/console/hint']");
  await hint.evaluate((node) => (node.closest("details").open = true));
  await hint.locator("[name=says]").fill("Look at the clock on the wall.");
  await trainer.press("/console/hint");
  for (const person of [to, ...others]) await person.sees("the hint", "[data-in=inbox] article:has-text('clock on the wall')");
  for (const person of others) expect((await person.count("article:has-text('For one seat')")) === 0, person.name, "sees a message to another seat");
}

/** One word that is longer than any line: it is broken, wherever it stands. */
async function endless(trainer, person, others) {
  const word = "x".repeat(1990);
  await note(person, word);
  await noted(person, word);
  await person.page.click("#tab-inbox");
  await trainer.page.fill("form[action='/console/note'] [name=says]", word);
  await trainer.press("/console/note");
  await trainer.sees("the long note", `.notes :text('${word.slice(0, 40)}')`);
  await trainer.page.locator("form[action='/console/hint'] [name=says]").evaluate((field, word) => (field.value = word), word);
  await trainer.press("/console/hint");
  for (const reader of [person, ...others]) await reader.sees("the long hint", `[data-in=inbox] article:has-text('${word.slice(0, 40)}')`);
  for (const reader of [trainer, person, ...others]) await fits(reader);
}

async function fits(person, page = person.page) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(wide <= room, person.name, `has a page that is ${wide} pixels wide, of ${room}: ${page.url()}`);
}

async function note(person, says, page = person.page) {
  await page.click("#tab-log");
  await page.fill("#note-says", says);
  await page.click("form[action='/drill/note'] button");
}

const noted = (person, says) => until(person.name, `“${says}” in the log, once`, async () => (await person.count(`[data-in=log] .note:has-text("${says}")`)) === 1);

/** Reload, a lost connection, streams that are blocked. */
async function connections(trainer, ada, ben) {
  const had = await ada.count("[data-in=inbox] > article");
  await ada.page.reload();
  await ada.sees("that it is connected", "#link:has-text('Connected')");
  expect((await ada.count("[data-in=inbox] > article")) === had, ada.name, "has another inbox after a reload");
  await ada.during(NETWORK, async () => {
    await ada.context.setOffline(true);
    await note(ada, "written without a connection");
    await until(ada.name, "that it is kept", async () => /kept here/.test(await ada.page.locator("form[action='/drill/note'] .refused").innerText()));
    await ada.context.setOffline(false);
    await ada.settled();
  });
  await noted(ada, "written without a connection");
  await ben.during(NETWORK, async () => {
    await ben.context.route("**/drill/feed*", (route) => route.abort());
    await ben.page.reload();
    await ben.sees("that it asks", "#link:has-text('a little slower')");
    await trainer.page.locator("form[action='/console/hint'] [name=says]").fill("For who has to ask.");
    await trainer.press("/console/hint");
    await ben.sees("what came meanwhile", "[data-in=inbox] article:has-text('For who has to ask.')");
    await note(ben, "sent while asking");
    await noted(ben, "sent while asking");
    await ben.context.unroute("**/drill/feed*");
    await ben.page.reload();
    await ben.sees("that it is connected", "#link:text-is('Connected')");
  });
}

/** The host is killed with something on its way, and taken up again. */
async function restart(host, trainer, people, projector) {
  const had = await Promise.all(people.map(async (person) => [await person.count("[data-in=inbox] > article"), await person.receipts()]));
  const everybody = [trainer, ...people];
  await Promise.all(everybody.map((person) => person.quiet.push(NETWORK)));
  await Promise.all(people.map((person) => note(person, `on its way from ${person.name}`)));
  await host.kill();
  await note(people[0], "written while nobody listened");
  await note(people[0], "and another after it");
  await note(people[0], "and a third");
  await until(people[0].name, "that the connection is lost", async () => /lost/i.test(await people[0].page.locator("#link").innerText()));
  await host.again();
  for (const person of everybody) await person.sees("that it is connected again", "#link:has-text('Connected')");
  for (const [row, person] of people.entries()) {
    await person.settled();
    await noted(person, `on its way from ${person.name}`);
    const [inbox, receipts] = had[row];
    const now = await person.receipts();
    expect((await person.count("[data-in=inbox] > article")) === inbox, person.name, "has another inbox after the host came back");
    expect(receipts.every(({ n, head }) => now.some((one) => one.n === n && one.head === head)), person.name, "has lost receipts");
    expect(new Set(now.map(({ n }) => n)).size === now.length, person.name, "has a receipt twice");
    await person.reads("The host was started again");
  }
  await noted(people[0], "written while nobody listened");
  await noted(people[0], "and another after it");
  await noted(people[0], "and a third");
  await until("projector", "that it is back", async () => (await projector.locator("#link.broken").count()) === 0);
  await trainer.press("/console/resume", { within: "[data-in=clock]" });
  for (const person of everybody) {
    await until(person.name, "that the clock runs", () => person.page.locator("#still").isHidden());
    person.quiet.splice(person.quiet.indexOf(NETWORK), 1);
  }
}

async function removal(trainer, person) {
  const seat = `[data-in=seats] > article:has(strong:text-is("${person.name}"))`;
  await trainer.press("/console/remove", { within: seat });
  await person.reads("taken you out of this room");
  await person.during(REFUSED, async () => {
    await person.page.reload();
    await person.inspect("removed");
  });
  await trainer.press("/console/readmit", { within: seat });
  await trainer.sees("that they are back", `${seat}:not(.removed)`);
  await person.page.goto(`${person.host.origin}/drill`);
  await person.sees("that it is connected", "#link:has-text('Connected')");
}

async function realEvent(trainer, people, projector) {
  await trainer.press("/console/stop", { within: "[data-in=clock]" });
  for (const person of people) {
    await person.sees("the stop", "#halt");
    expect(!(await person.page.locator("#live").isVisible()), person.name, "shows the exercise during a stop");
    expect(!(await person.page.locator("#bottom").isVisible()), person.name, "says during a stop that something is new");
  }
  await until("projector", "the stop", () => projector.locator("#halt").isVisible());
  await trainer.reads("Halted for a real event");
  const steered = trainer.page.locator(".step form button");
  expect((await steered.count()) === 0, "trainer", "could send, hold or skip something during a stop");
  await people[0].inspect("stop");
  await trainer.inspect("projector-stop", projector);
  await trainer.inspect("console-stop");
  await trainer.press("/console/clear");
  for (const person of people) await person.sees("the exercise again", "#live");
  await trainer.press("/console/resume", { within: "[data-in=clock]" });
  await until(people[0].name, "that the clock runs", () => people[0].page.locator("#still").isHidden());
}

async function doors(browser, host, trainer) {
  await trainer.press("/console/lock", { within: "[data-in=clock]" });
  await trainer.sees("that it is locked", "form[action='/console/unlock']");
  const late = await Person.arrive(browser, host, "Too late");
  await late.page.goto(host.join);
  await late.page.fill("[name=name]", late.name);
  if (await late.count("[name=place]")) await late.page.locator("[name=place]").first().check();
  await late.during(REFUSED, () => late.page.click("form[method=post] button.primary"));
  await until(late.name, "a refusal", async () => /lock/i.test(await late.page.locator("main").innerText()));
  await late.inspect("refused");
  await late.context.close();
  await trainer.press("/console/unlock", { within: "[data-in=clock]" });
  await trainer.page.locator("[data-in=clock] [name=pin]").evaluate((input) => (input.value = "2580"));
  await trainer.press("/console/screen-lock", { within: "[data-in=clock]" });
  await trainer.page.waitForURL(`${host.origin}/trainer`);
  await trainer.inspect("console-locked");
  await trainer.page.fill("[name=pin]", "0000");
  await trainer.during(REFUSED, () => trainer.page.click("button.primary"));
  await until(trainer.name, "that the PIN is wrong", async () => /4 times/.test(await trainer.page.locator("#refused").innerText()));
  await trainer.page.fill("[name=pin]", "2580");
  await trainer.page.click("button.primary");
  await trainer.page.waitForURL(`${host.origin}/console`);
  await trainer.sees("that it is connected", "#link:has-text('Connected')");
}

async function pace(trainer, times) {
  const button = trainer.page.locator("[data-in=clock] form[action='/console/pace'] button").first();
  await button.evaluate((button, times) => ((button.value = times), button.click()), times);
  await trainer.reads(`Drill seconds for each real second: ${times}`);
}

/** Answers and locks whatever comes, until the exercise is over or has gone on long enough. */
async function playOn(people, rounds = 40) {
  for (const person of people) person.quiet.push(REFUSED, TOO_LATE);
  for (let round = 0; round < rounds; round += 1) {
    if (await people[0].page.locator("#b-ending").isVisible()) return;
    for (const person of people) {
      await answer(person);
      const lock = person.page.locator("form.lead button").first();
      await lock.click({ timeout: 500 }).catch(() => null);
    }
    await new Promise((done) => setTimeout(done, 150));
  }
}

/** The exercise is ended as a trainer does it; what else can be unfolded there stays as it was. */
async function ends(trainer) {
  await trainer.page.click("#ask-end > summary");
  await trainer.page.click("#ask-end button");
  await trainer.sees("that it is over", "form[action='/console/release-debriefs']");
  expect(!(await trainer.page.locator("#ask-close").evaluate((fold) => fold.open)), "trainer", "is asked to close the room, having ended the exercise");
}

async function afterwards(host, trainer, people, projector) {
  for (const person of people) await person.sees("that it is over", "#b-ending");
  await people[0].inspect("ending");
  const wash = people[0].page.locator("form[action='/drill/hot-wash']");
  await wash.locator("textarea").first().fill("We had the badge at hand.");
  await wash.locator("button").click();
  await people[0].settled();
  await trainer.sees("the hot wash", "[data-in=washed] :text('We had the badge at hand.')");
  expect((await people[1].count("a[href='/drill/debrief']")) === 0, people[1].name, "may read the debrief before it is released");
  await trainer.inspect("console-end");
  await trainer.inspect("projector-end", projector);
  await trainer.press("/console/release-debriefs");
  for (const person of people) await person.sees("the way to the debrief", "#b-ending a[href='/drill/debrief']");
  await debrief(people[0]);
  const group = await trainer.tab();
  await group.goto(`${host.origin}/console/debrief`);
  await trainer.reads("Decision by decision", group);
  await fits(trainer, group);
  await group.close();
  await trainer.press("/console/close");
  for (const person of people) await person.reads("This room is closed");
  await trainer.reads("This room is closed");
}

async function debrief(person) {
  person.secrets = [];
  await person.page.click("#b-ending a[href='/drill/debrief']");
  await person.page.waitForURL(`${person.host.origin}/drill/debrief`);
  await person.reads("Decision by decision");
  await fits(person);
  // `check.mjs` looks at debriefs themselves.
  await person.shot("debrief");
  await person.page.goBack();
}

async function together(browser) {
  const host = await Host.open("ward-round", "--pace", "600", "--seed", "7");
  const secrets = secretsOf("ward-round");
  const [ada, ben, cem, dee] = await Promise.all(["Ada", "Ben", "Cem", "Dee"].map((name) => Person.arrive(browser, host, name, secrets)));
  const trainer = await Person.arrive(browser, host, "trainer");
  await trainer.enter();
  expect(!trainer.page.url().includes("#"), "trainer", "the secret stays in the address");
  const [projector] = await Promise.all([trainer.context.waitForEvent("page"), trainer.page.click("a[href='/projector']")]);
  await trainer.watch(projector);
  await ada.join({ place: "1-0" });
  await ben.join({ place: "1-0", code: host.code.toLowerCase() });
  await cem.join({ place: "1-1" });
  await waysIn(browser, host, [ada]);
  await ada.reads("Cem");
  expect(await ada.page.isChecked("[name=place][value='1-0']"), ada.name, "sits where she does not see it");
  await until("projector", "the count", async () => /Here so far: 3/.test(await projector.locator("main").innerText()));
  await ada.inspect("lobby");
  await trainer.inspect("console-lobby");
  await trainer.inspect("projector-lobby", projector);
  await pace(trainer, 1);
  await trainer.press("/console/start");
  await until(ada.name, "the first message", async () => (await ada.count("[data-in=inbox] > article")) > 0);
  await votes(trainer, [ada, ben, cem]);
  await dee.join({ place: "1-2" });
  expect((await dee.count("[data-in=inbox] > article")) > 0, dee.name, "came late and has read nothing");
  await steps(trainer);
  await observes(browser, host, trainer);
  await tells(trainer, cem, [ada, ben, dee]);
  await endless(trainer, cem, [dee]);
  await trainer.shot("console-mid");
  await cem.inspect("trainee-drill");
  await trainer.inspect("projector-scene", projector);
  await connections(trainer, dee, ben);
  await restart(host, trainer, [ada, ben, cem, dee], projector);
  const seen = await trainer.tab();
  await seen.goto(`${host.origin}/console/see/3`);
  await trainer.reads("You see this page as this seat sees it", seen);
  await trainer.inspect("seat-seen", seen);
  await seen.close();
  await removal(trainer, cem);
  await realEvent(trainer, [ada, ben, cem, dee], projector);
  await doors(browser, host, trainer);
  await pace(trainer, 600);
  await playOn([ada, ben, cem, dee]);
  if (!(await ada.page.locator("#b-ending").isVisible())) await ends(trainer);
  await afterwards(host, trainer, [ada, ben, cem, dee], projector);
  await host.end();
}

/** Chooses something in a form, whatever it asks. */
const choose = (person, form) => person.page.locator(form).evaluate((form) => {
  for (const name of new Set([...form.querySelectorAll("input[type=radio]")].map((input) => input.name))) {
    form.querySelector(`input[name="${name}"]`).checked = true;
  }
});

/** What was decided without a connection is sent when there is one, and again when the clock goes on. */
async function waits(trainer, person, form) {
  await person.during(NETWORK, async () => {
    await choose(person, form);
    await person.context.setOffline(true);
    await person.page.locator(`${form} button.primary`).click();
    const kept = () => until(person.name, "that it is kept", async () => /kept here/.test(await person.page.locator(`${form} .refused`).innerText()));
    await kept();
    await trainer.press("/console/pause", { within: "[data-in=clock]" });
    await trainer.sees("that the clock stands", "[data-in=clock] form[action='/console/resume']");
    const refused = person.page.waitForResponse((response) => response.url().includes("/drill/answer/") && response.status() === 409, { timeout: 40_000 });
    await person.during(REFUSED, async () => {
      await person.context.setOffline(false);
      await refused;
      await kept();
      expect((await person.count(form)) === 1, person.name, "has lost what waited for the clock");
      await trainer.press("/console/resume", { within: "[data-in=clock]" });
      await person.settled();
    });
  });
  await until(person.name, "that it is settled", async () => (await person.count(form)) === 0);
}

/** Each alone on the trainer's clock; somebody comes late, and asks for a hint and more time. */
async function sideBySide(browser) {
  const host = await Host.open("first-light", "--way", "side-by-side", "--pace", "600");
  const secrets = secretsOf("first-light");
  const people = await Promise.all(["Eve", "Fay", "Gus", "Hal"].map((name) => Person.arrive(browser, host, name, secrets)));
  const trainer = await Person.arrive(browser, host, "trainer");
  await trainer.enter();
  const projector = await trainer.tab();
  await projector.goto(`${host.origin}/projector`);
  const [eve, fay, gus, hal] = people;
  for (const person of [eve, fay, gus]) await person.join({});
  await gus.page.check("[name=factor][value='200']");
  await gus.press("/drill/factor");
  await gus.settled();
  await gus.inspect("lobby-alone");
  await pace(trainer, 1);
  await trainer.press("/console/start");
  const first = "[data-in=questions] form[action='/drill/answer/0']";
  for (const person of [eve, fay, gus]) await person.sees("the first question", first);
  await gus.reads("Your answering times are 2× as long");
  await hal.join({});
  await hal.sees("the first question, late as he is", first);
  await eve.press("/drill/more-time/0");
  await eve.settled();
  await choose(fay, first);
  await fay.page.locator(`${first} button.primary`).click();
  await until(fay.name, "that it is settled", async () => (await fay.count(first)) === 0);
  await until(fay.name, "what was saved", async () => /^Saved: .+ \(no\. \d+\)$/.test(await fay.page.locator("#receipt").innerText()));
  await new Promise((done) => setTimeout(done, 300));
  expect(!/taken off/.test(await fay.page.locator("#say").textContent()), fay.name, "is told that her own answer was taken off the page");
  expect(await fay.page.evaluate(() => document.activeElement.id === "h-questions"), fay.name, "has lost her place on the page");
  expect((await eve.count(first)) === 1, eve.name, "has lost her question by somebody else's answer");
  for (const person of [gus, hal]) await answer(person);
  await waits(trainer, eve, first);
  await pace(trainer, 60);
  await playOn(people);
  if (!(await eve.page.locator("#b-ending").isVisible())) await trainer.press("/console/end");
  await afterwards(host, trainer, people, projector);
  await host.end();
}

/** Each alone, when it suits: begins, pauses, comes back, ends, and reads the debrief. */
async function ownTime(browser) {
  const host = await Host.open("first-light", "--way", "own-time", "--pace", "60");
  const secrets = secretsOf("first-light");
  const [ida, jon, kim, lea] = await Promise.all(["Ida", "Jon", "Kim", "Lea"].map((name) => Person.arrive(browser, host, name, secrets)));
  const trainer = await Person.arrive(browser, host, "trainer");
  await trainer.enter();
  const projector = await trainer.tab();
  await projector.goto(`${host.origin}/projector`);
  for (const person of [ida, jon, kim]) await person.join({});
  await jon.during(REFUSED, () => jon.page.goto(`${host.origin}/drill/debrief`));
  await jon.inspect("not-yet");
  await jon.page.goto(`${host.origin}/drill`);
  await ida.inspect("own-time");
  await ida.press("/drill/start");
  await ida.sees("the first question", "[data-in=questions] form[action='/drill/answer/0']");
  await ida.press("/drill/pause");
  await ida.sees("the way on", "form[action='/drill/resume']");
  await ida.page.close();
  ida.page = await ida.tab();
  await ida.page.goto(`${host.origin}/drill`);
  await ida.press("/drill/resume");
  await until(ida.name, "that the clock runs", () => ida.page.locator("#still").isHidden());
  expect(await jon.page.locator("form[action='/drill/start']").isVisible(), jon.name, "has begun with somebody else");
  await goesOn(host, ida, [jon, kim, trainer]);
  await ida.inspect("own-drill");
  await untimed(jon);
  await lea.join({});
  for (const person of [kim, lea]) {
    await person.press("/drill/start");
    await person.sees("the first question", "[data-in=questions] form[action='/drill/answer/0']");
  }
  await realEvent(trainer, [kim, ida, lea], projector);
  const twin = await kim.tab();
  await twin.goto(`${host.origin}/drill`);
  const playing = [ida, kim, lea];
  await playOn(playing);
  await pace(trainer, 600);
  for (const person of playing) await person.sees("that it is over", "#b-ending");
  await kim.sees("in another tab that it is over", "#b-ending", twin);
  for (const person of playing) await debrief(person);
  await jon.press("/drill/end");
  await jon.sees("that it is over", "#b-ending");
  await trainer.press("/console/close");
  await jon.reads("This room is closed");
  await jon.page.reload();
  await jon.inspect("closed");
  await host.end();
}

/** What was decided while the host was dead waits for the clock; to let that go on waits for nothing. */
async function goesOn(host, person, others) {
  for (const other of others) other.quiet.push(NETWORK);
  await person.during(NETWORK, () => person.during(REFUSED, async () => {
    const form = "[data-in=questions] form[action^='/drill/answer/']";
    await host.kill();
    await choose(person, form);
    await person.page.locator(`${form} button.primary`).first().click();
    await person.press("/drill/pause");
    await until(person.name, "that it is kept", async () => /kept here/.test(await person.page.locator(`${form} .refused`).first().innerText()));
    await host.again();
    await person.sees("the way on", "form[action='/drill/resume']");
    await person.press("/drill/resume");
    await person.settled();
    await until(person.name, "that the answer was taken", async () => (await person.receipts()).length > 0);
  }));
  // The pause that waited as well has stopped the clock again, or was no news.
  const resume = person.page.locator("form[action='/drill/resume'] button").first();
  if (await resume.isVisible()) await person.press("/drill/resume");
  for (const other of others) {
    await other.sees("that it is connected again", "#link:has-text('Connected')");
    other.quiet.splice(other.quiet.indexOf(NETWORK), 1);
  }
  await until(person.name, "that the clock runs", () => person.page.locator("#still").isHidden());
}

/** Without a limit nothing runs out, and time passes when it is let. */
async function untimed(person) {
  await person.page.check("[name=factor][value='none']");
  await person.press("/drill/start");
  await person.reads("No time limit");
  const had = await person.count("[data-in=inbox] > article");
  await answer(person);
  for (let presses = 0; presses < 12 && (await person.count("[data-in=inbox] > article")) === had; presses += 1) {
    await person.press("/drill/pass");
    await person.settled();
  }
  await until(person.name, "something new", async () => (await person.count("[data-in=inbox] > article")) > had);
  await person.inspect("own-untimed");
}

const rooms = { together, "side-by-side": sideBySide, "own-time": ownTime };
const asked = process.argv.slice(2).length ? process.argv.slice(2) : Object.keys(rooms);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const name of asked) {
    console.log(name);
    await rooms[name](browser);
  }
} catch (broken) {
  faults.push(String(broken));
  console.error(broken);
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    console.error(`  ${page.url()}: ${(await page.locator("body").innerText().catch(() => "")).slice(0, 300)}`);
  }
} finally {
  await browser.close();
}
console.log(faults.length === 0 ? "no fault found" : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
