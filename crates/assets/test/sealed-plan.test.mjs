// Kinds of things said, the plan, and how far somebody has read.
import assert from "node:assert/strict";
import test from "node:test";
import { conversation } from "../web/js/sealed/conversation.js";
import { isPlanned, maySay } from "../web/js/sealed/kinds.js";
import { sealNote } from "../web/js/sealed/notes.js";
import { Epochs } from "../web/js/sealed/epochs.js";
import { planOf, readPlanned, writePlanned } from "../web/js/sealed/plan.js";
import { Reading, firstNew, highest } from "../web/js/sealed/reading.js";
import { PRACTITIONER, TEACHER, THREAD, twoPeople } from "./people.mjs";

const GOAL = { what: "Wait after a question", size: "small", by: "2026-12-04", evidence: "", state: "open" };

/** Both have read everything that lies on the server. */
async function both({ sam, priya }) {
  for (const { thread } of [sam, priya]) {
    await thread.flush();
    await thread.load();
  }
}

test("goal, trial and proposal go through the thread and stand together", async () => {
  const people = await twoPeople();
  const { sam, priya } = people;
  const { note } = await sam.thread.send(writePlanned("goal", GOAL), "goal");
  await sam.thread.send(
    writePlanned("trial", { goal: note, tried: "Count to four", happened: "", verdict: "running" }),
    "trial",
  );
  const proposal = await priya.thread.send(writePlanned("proposal", { what: "Pairs first", why: "" }), "proposal");
  await both(people);
  await both(people);
  let plan = planOf(priya.thread.entries());
  assert.deepEqual(
    plan.goals.map(({ value, trials }) => [value.what, trials.length]),
    [[GOAL.what, 1]],
  );
  assert.equal(plan.proposals[0].answer, null);
  await sam.thread.edit(note, writePlanned("goal", { ...GOAL, state: "reached" }));
  await sam.thread.send(writePlanned("goal", { ...GOAL, what: "Pairs", from: proposal.note }), "goal");
  await both(people);
  plan = planOf(priya.thread.entries());
  assert.deepEqual(
    plan.goals.map(({ value }) => value.state),
    ["open", "reached"],
    "what is open comes first",
  );
  assert.equal(plan.proposals[0].answer, "goal");
  assert.equal(plan.goals[1].entry.versions.length, 2, "the earlier version is kept");
  assert.ok(!JSON.stringify(people.server.items).includes("Pairs"));
});

// R-WRD-16
test("a goal begins small, and its size and day change with what stood before kept", async () => {
  const people = await twoPeople();
  const { sam, priya } = people;
  const { note } = await sam.thread.send(writePlanned("goal", GOAL), "goal");
  await both(people);
  await sam.thread.edit(note, writePlanned("goal", { ...GOAL, size: "medium", by: "2027-01-15" }));
  await both(people);
  const [goal] = planOf(priya.thread.entries()).goals;
  assert.deepEqual([goal.value.size, goal.value.by], ["medium", "2027-01-15"]);
  const earlier = readPlanned("goal", goal.entry.versions[0].text);
  assert.deepEqual([earlier.size, earlier.by], ["small", "2026-12-04"]);
});

test("a proposal put aside is no goal, and can still become one", async () => {
  const people = await twoPeople();
  const { sam, priya } = people;
  const { note } = await priya.thread.send(writePlanned("proposal", { what: "Pairs first", why: "x" }), "proposal");
  await sam.thread.send(writePlanned("goal", { ...GOAL, state: "dropped", from: note }), "goal");
  await both(people);
  await both(people);
  let plan = planOf(sam.thread.entries());
  assert.deepEqual([plan.goals.length, plan.proposals[0].answer], [0, "aside"]);
  await sam.thread.send(writePlanned("goal", { ...GOAL, from: note }), "goal");
  plan = planOf(sam.thread.entries());
  assert.deepEqual([plan.goals.length, plan.proposals[0].answer], [1, "goal"]);
});

test("what is not shaped as it should be is not shown as a plan", () => {
  assert.deepEqual(readPlanned("goal", writePlanned("goal", { ...GOAL, more: "x" })), { v: 1, ...GOAL });
  const wrong = [
    ["goal", { ...GOAL, v: 2 }],
    ["goal", { v: 1, ...GOAL, size: "huge" }],
    ["goal", { v: 1, ...GOAL, state: "outstanding" }],
    ["goal", { v: 1, ...GOAL, what: "  " }],
    ["goal", { v: 1, ...GOAL, by: "tomorrow" }],
    ["goal", { v: 1, ...GOAL, from: 7 }],
    ["trial", { v: 1, goal: "", tried: "x", happened: "", verdict: "grade 2" }],
    ["proposal", { v: 1, what: { toString: "x" }, why: "" }],
    ["constructor", { v: 1 }],
  ];
  for (const [kind, value] of wrong) assert.equal(readPlanned(kind, JSON.stringify(value)), null, JSON.stringify(value));
  for (const text of ["", "null", "[]", "not JSON", null]) assert.equal(readPlanned("goal", text), null);
  assert.equal(planOf([{ kind: "goal", text: "{}", note: "n", versions: [] }]).unread, 1);
});

test("who may say what", () => {
  const may = (party) =>
    ["message", "meeting", "preparation", "file", "request", "goal", "proposal", "trial", "earlier", "grade"].filter(
      (kind) => maySay(kind, party),
    );
  assert.deepEqual(may("teacher"), ["message", "meeting", "preparation", "file", "request", "goal", "trial", "earlier"]);
  assert.deepEqual(may("practitioner"), ["message", "meeting", "preparation", "file", "proposal"]);
  assert.deepEqual(["goal", "message"].map(isPlanned), [true, false]);
});

test("an item under another kind, or one its author may not write, does not open", async () => {
  const { server, sam, priya } = await twoPeople();
  await sam.thread.send("Notes.", "meeting");
  await sam.thread.flush();
  server.items.at(-1).kind = "preparation";
  await priya.thread.load();
  assert.deepEqual(priya.texts(), ["The silence feels endless.", null]);
  // Rightly sealed by the practitioner, yet a goal is the teacher's.
  const epochs = new Epochs({ thread: THREAD, keys: priya.keys, net: priya.net });
  await epochs.take(server.words(PRACTITIONER, THREAD) && server.grants.filter(({ to }) => to === priya.keys.live.kid), {
    teacher: TEACHER,
    other: TEACHER,
  });
  const about = { thread: THREAD, epoch: 0, note: "forged", rev: 1, author: PRACTITIONER, kind: "goal" };
  const jwe = await sealNote(epochs.key(0), writePlanned("goal", GOAL), about);
  server.items.push({ note: "forged", rev: 1, epoch: 0, author: PRACTITIONER, kind: "goal", jwe, at: 1, place: 9 });
  await sam.visit();
  assert.equal(planOf(sam.thread.entries()).goals.length, 0);
  // The server refuses it too, and the words stay.
  await priya.thread.send(writePlanned("goal", GOAL), "goal");
  await priya.thread.flush();
  assert.equal(priya.thread.entries().at(-1).state, "refused");
});

test("a revision of another kind counts as one that does not open", () => {
  const item = (rev, kind) => ({ note: "n", rev, author: "a", epoch: 0, kind, jwe: {}, at: rev });
  const [entry] = conversation([item(1, "message"), item(2, "goal")], ({ rev }) => `text ${rev}`, []);
  assert.deepEqual(
    entry.versions.map(({ text }) => text),
    ["text 1", null],
  );
});

test("the plan can be written when messages cannot", async () => {
  const { server, sam } = await twoPeople();
  server.mayWrite = false;
  await sam.thread.load();
  assert.deepEqual([sam.thread.situation, sam.thread.mayPlan], ["read-only", true]);
  await sam.thread.send(writePlanned("goal", GOAL), "goal");
  await sam.thread.flush();
  assert.equal(sam.thread.entries().at(-1).state, "sent");
  server.mayPlan = false;
  await sam.thread.load();
  assert.equal(sam.thread.mayPlan, false);
});

test("how far somebody has read: the first new one, and each highest place told once", async () => {
  const { server, sam, priya } = await twoPeople();
  for (const text of ["two", "three"]) await sam.thread.send(text);
  await sam.thread.flush();
  server.reads.set(`${PRACTITIONER}/${THREAD}`, 1);
  await priya.visit();
  const entries = priya.thread.entries();
  assert.equal(firstNew(entries, PRACTITIONER, priya.thread.read), entries[1].note);
  assert.equal(firstNew(entries, TEACHER, 0), null, "one's own are never new");
  assert.equal(highest(entries, PRACTITIONER), 3);
  assert.equal(
    highest(
      entries.map((one) => ({ ...one, text: null })),
      PRACTITIONER,
    ),
    0,
    "what does not open is not read",
  );
  const reads = new Reading({ net: priya.net, thread: THREAD });
  const told = () => server.calls.filter((call) => call.includes("/reading")).length;
  priya.line.down = true;
  await reads.mark(3, 1);
  priya.line.down = false;
  await reads.mark(3, 1);
  await reads.mark(3, 1);
  await reads.mark(2, 1);
  assert.equal(told(), 2, "one that did not arrive and one that did");
  assert.equal(server.reads.get(`${PRACTITIONER}/${THREAD}`), 3);
});
