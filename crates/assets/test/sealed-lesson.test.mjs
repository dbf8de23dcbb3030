// Lessons that are watched: what items hold, notes that are taken with and without a connection and on two devices.
import assert from "node:assert/strict";
import test from "node:test";
import { excerptText } from "../web/js/sealed/disclosure-view.js";
import { Drafts } from "../web/js/sealed/drafts.js";
import { htmlOf } from "../web/js/sealed/export-html.js";
import { bundlesOf } from "../web/js/sealed/hand-over.js";
import { isLesson, isPlanned, isSaid, maySay } from "../web/js/sealed/kinds.js";
import { feedbackOf, feedbackValues } from "../web/js/sealed/lesson-forms.js";
import { fits, lastNotes, lessonWords, lessonsOf, merged, notesId, readLesson, writeLesson } from "../web/js/sealed/lesson.js";
import { Notepad } from "../web/js/sealed/notepad.js";
import { Browser, PRACTITIONER, THREAD, twoPeople } from "./people.mjs";

const MEETING = "0190a000-0000-7000-8000-0000000000cc";
const FEEDBACK = { seen: "Nine questions", learners: "", questions: "", next: "Wait", targets: ["Three seconds"], progress: [] };
const line = (id, at, text) => ({ id, at, text });
const texts = (pad) => pad.lines.map(({ text }) => text);

async function padOf(browser) {
  const { keys, store, thread } = browser;
  const drafts = new Drafts({ keys, store, session: null });
  const parts = { thread, id: THREAD, meeting: MEETING, drafts, uid: () => keys.uid, now: () => browser.clock.now };
  const pad = new Notepad(parts);
  await pad.load();
  return pad;
}

/** Sends, and takes up how it went, as the page does. */
async function sent({ thread }, pad) {
  await thread.flush();
  if ((await pad.standing()) === "refused") await thread.load();
  await pad.take();
  return pad.standing();
}

// R-OBS-5
test("whoever watches may say notes and feedback, and the teacher alone what to look at", () => {
  assert.ok(maySay("focus", "teacher") && !maySay("focus", "practitioner"));
  for (const kind of ["notes", "feedback"]) assert.ok(maySay(kind, "teacher") && maySay(kind, "practitioner"));
  for (const kind of ["focus", "notes", "feedback"])
    assert.deepEqual([isLesson(kind), isSaid(kind), isPlanned(kind)], [true, false, false]);
  assert.ok(!maySay("grade", "practitioner"));
});

// R-OBS-7
test("what is written about a lesson is words, and what holds a number is not shown as feedback", () => {
  const text = writeLesson("feedback", MEETING, { ...FEEDBACK, level: 2 });
  assert.deepEqual(readLesson("feedback", text), { v: 1, meeting: MEETING, ...FEEDBACK });
  const wrong = [
    ["feedback", { ...FEEDBACK, seen: 3 }],
    ["feedback", { ...FEEDBACK, targets: ["a", "b", "c", "d"] }],
    ["feedback", { ...FEEDBACK, targets: [1] }],
    ["feedback", { ...FEEDBACK, own: 4 }],
    ["feedback", { ...FEEDBACK, progress: [{ target: "a", words: 4 }] }],
    ["feedback", { ...FEEDBACK, meeting: 1 }],
    ["focus", { text: "  " }],
    ["notes", { lines: [{ id: "a", at: "soon", text: "x" }] }],
    ["grade", { text: "2" }],
  ];
  for (const [kind, value] of wrong)
    assert.equal(readLesson(kind, JSON.stringify({ v: 1, meeting: MEETING, ...value })), null, JSON.stringify(value));
  assert.equal(readLesson("focus", "{"), null);
});

// R-OBS-7 OBS-06
test("whoever watches can say what they take from it themselves, and feedback from before that part is read as it was", () => {
  const own = { ...FEEDBACK, own: "I shall count to three too" };
  const text = writeLesson("feedback", MEETING, own);
  assert.deepEqual(readLesson("feedback", text), { v: 1, meeting: MEETING, ...own });
  assert.match(lessonWords("feedback", text) ?? "", /What I take from it for my own teaching: I shall count to three too/);
  assert.equal(feedbackOf(feedbackValues(own, []), []).own, own.own);
  assert.equal(readLesson("feedback", writeLesson("feedback", MEETING, FEEDBACK))?.own, undefined);
});

// R-OBS-7
test("the form shows the targets of last time, and keeps what became of each in words", () => {
  const values = feedbackValues(null, ["Three seconds", "Names"]);
  assert.deepEqual(
    [values.seen, values.target0, values.progress0, values.progress1],
    ["", "", "", ""],
  );
  const value = feedbackOf({ ...values, seen: "x", target1: "Pairs", progress1: "Every time" }, ["Three seconds", "Names"]);
  assert.deepEqual(value.targets, ["Pairs"]);
  assert.deepEqual(value.progress, [{ target: "Names", words: "Every time" }]);
  assert.equal(feedbackValues(value, ["Names"]).progress0, "Every time");
});

test("search, what is taken away, passed on and handed over tell of lessons in words", () => {
  const text = writeLesson("feedback", MEETING, { ...FEEDBACK, progress: [{ target: "Names", words: "Better <known>" }] });
  const words = lessonWords("feedback", text);
  for (const part of ["Nine questions", "Wait", "Three seconds", "Names: Better"]) assert.ok(words.includes(part), part);
  const notes = writeLesson("notes", MEETING, { lines: [line("a", 1, "Two hands up"), line("b", 2, "Pairs")] });
  assert.equal(excerptText({ kind: "notes", text: notes }), "Two hands up\nPairs");
  const items = [{ item: "1", kind: "feedback", by: "Priya", state: "sent", versions: [{ rev: 1, at: 1, text }] }];
  const page = htmlOf({ made: "2026-11-24T09:00:00Z", server: {}, threads: [{ title: "You and Priya", items, files: [], closed: [] }] });
  assert.ok(page.includes("Feedback, Priya") && page.includes("What was seen: Nine questions"));
  assert.ok(page.includes("Better &lt;known&gt;") && !page.includes("targets"));
  const entry = { note: "1", author: PRACTITIONER, at: 1, kind: "notes", text: notes, versions: [] };
  const { texts: bundles } = bundlesOf([entry], { from: "Priya", nameOf: () => "Priya" });
  assert.deepEqual(
    JSON.parse(bundles[0]).items.map(({ kind, text: said }) => [kind, said]),
    [["notes", "Two hands up\nPairs"]],
  );
});

// R-OBS-6
test("two sets of notes that began alike are put together and lose nothing", () => {
  const base = [line("a", 1, "one"), line("b", 2, "two"), line("c", 3, "three"), line("d", 4, "four")];
  const copy = (one) => ({ ...one, id: `${one.id}-copy` });
  const mine = [line("a", 1, "one, mine"), line("b", 2, "two"), line("d", 4, "four, mine"), line("m", 6, "mine")];
  const theirs = [line("a", 1, "one, theirs"), line("b", 2, "two, theirs"), line("c", 3, "three"), line("t", 5, "theirs")];
  const { lines, both } = merged(base, mine, theirs, copy);
  assert.ok(both);
  assert.deepEqual(
    lines.map(({ text }) => text),
    ["one, theirs", "one, mine", "two, theirs", "four, mine", "theirs", "mine"],
  );
  assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length, "each line has a name of its own");
  assert.deepEqual(merged(base, base, theirs, copy), { lines: theirs, both: false });
  assert.deepEqual(merged(base, mine, base, copy), { lines: mine, both: false });
  assert.deepEqual(merged(base, mine, mine, copy), { lines: mine, both: false });
});

// R-OBS-6
test("notes are kept sealed with every change, are read once they are kept, and outlive a lost connection", async () => {
  const people = await twoPeople();
  const { server, sam, priya } = people;
  const pad = await padOf(priya);
  assert.equal(await pad.standing(), "empty");
  await pad.add("  Two hands up ");
  await pad.type("Pairs ta");
  assert.equal(await pad.standing(), "here");
  const names = await priya.store.names();
  const kept = await Promise.all(names.filter((name) => name.includes("draft")).map((name) => priya.store.get(name)));
  assert.equal(kept.length, 1);
  assert.ok(!JSON.stringify(kept).includes("hands"), "sealed");
  assert.equal(server.items.length, 1, "nothing is said before it is kept");
  const again = await padOf(priya);
  assert.deepEqual([texts(again), again.typing], [["Two hands up"], "Pairs ta"]);
  await again.add("Pairs talk");
  await again.change(again.lines[0].id, "Three hands up");
  priya.line.down = true;
  await again.keep();
  assert.equal(await sent(priya, again), "waiting");
  await again.add("Bell");
  assert.equal(await again.standing(), "here");
  await again.keep();
  assert.equal(await sent(priya, again), "waiting", "kept twice on the way, it goes once");
  priya.line.down = false;
  assert.equal(await sent(priya, again), "kept");
  assert.ok(!again.met);
  await sam.thread.load();
  const { notes } = lessonsOf(sam.thread.entries()).get(MEETING);
  assert.deepEqual(lastNotes(notes, PRACTITIONER).value.lines.map(({ text }) => text), ["Three hands up", "Pairs talk", "Bell"]);
  assert.equal(server.items.filter(({ kind }) => kind === "notes").length, 1, "one revision");
  assert.equal((await priya.store.names()).filter((name) => /draft|out/.test(name)).length, 0, "nothing is left behind");
});

// R-OBS-6
test("two devices went on with the same notes: both are there, said so, and kept by the next press", async () => {
  const { server, priya } = await twoPeople();
  const one = await padOf(priya);
  await one.add("first");
  await one.keep();
  assert.equal(await sent(priya, one), "kept");
  const other = new Browser(server, PRACTITIONER);
  for (const name of await priya.store.names()) await other.store.set(name, await priya.store.get(name));
  await other.visit();
  const second = await padOf(other);
  assert.deepEqual(texts(second), ["first"]);
  priya.line.down = true;
  await one.add("from the laptop");
  await one.keep();
  assert.equal(await sent(priya, one), "waiting");
  await second.add("from the phone");
  await second.keep();
  assert.equal(await sent(other, second), "kept");
  priya.line.down = false;
  assert.equal(await sent(priya, one), "here", "it waits for another look");
  assert.ok(one.met);
  assert.deepEqual(texts(one).toSorted(), ["first", "from the laptop", "from the phone"]);
  await one.keep();
  assert.equal(await sent(priya, one), "kept");
  assert.ok(!one.met);
  await other.thread.load();
  await second.take();
  assert.deepEqual([texts(second).toSorted(), second.met], [["first", "from the laptop", "from the phone"], false]);
});

// R-OBS-6
test("notes that were begun on two devices at once meet as well", async () => {
  const { server, priya } = await twoPeople();
  const other = new Browser(server, PRACTITIONER);
  for (const name of await priya.store.names()) await other.store.set(name, await priya.store.get(name));
  await other.visit();
  const [one, second] = [await padOf(priya), await padOf(other)];
  await one.add("laptop");
  await second.add("phone");
  await one.keep();
  await second.keep();
  assert.equal(await sent(priya, one), "kept");
  assert.equal(await sent(other, second), "here");
  assert.deepEqual([second.met, texts(second).toSorted()], [true, ["laptop", "phone"]]);
  assert.equal(await notesId(THREAD, MEETING, PRACTITIONER), await notesId(THREAD, MEETING, PRACTITIONER));
});

test("notes have a length, and what does not fit is not taken", async () => {
  const { priya } = await twoPeople();
  const pad = await padOf(priya);
  assert.ok(await pad.add("x".repeat(20_000)));
  assert.ok(!(await pad.add("y".repeat(5_000))));
  assert.equal(pad.lines.length, 1);
  assert.ok(fits(pad.lines));
  const [long] = pad.lines;
  await pad.remove(long.id);
  assert.equal(pad.lines.length, 0);
  await pad.restore(long, 0);
  assert.equal(pad.lines.length, 1);
});

test("an item is kept fifty times at most, and then another one goes on", async () => {
  const { server, priya } = await twoPeople();
  const pad = await padOf(priya);
  for (let round = 0; round < 52; round += 1) {
    await pad.add(`line ${round}`);
    await pad.keep();
    assert.equal(await sent(priya, pad), "kept", `round ${round}`);
  }
  const notes = server.items.filter(({ kind }) => kind === "notes");
  assert.deepEqual([notes.length, new Set(notes.map(({ note }) => note)).size], [52, 2]);
  const { notes: shown } = lessonsOf(priya.thread.entries()).get(MEETING);
  assert.equal(lastNotes(shown, PRACTITIONER).value.lines.length, 52);
  assert.deepEqual(texts(await padOf(priya)).length, 52);
});
