// Handing over: chosen parts of one thread said again in another, each once.
import assert from "node:assert/strict";
import test from "node:test";
import { BUNDLE, bundlesOf, derivedId, handedOver, readEarlier, say } from "../web/js/sealed/hand-over.js";
import { HandOverCard } from "../web/js/sealed/hand-over-view.js";
import { planOf, writePlanned } from "../web/js/sealed/plan.js";
import { Thread } from "../web/js/sealed/thread.js";
import { fakePage, until, withText } from "./fake-page.mjs";
import { PRACTITIONER, TEACHER, THREAD, twoPeople } from "./people.mjs";

const NEW = "0190a000-0000-7000-8000-0000000000bb";
const GOAL = { what: "Wait", size: "small", by: "", evidence: "", state: "open" };
const nameOf = (uid) => (uid === PRACTITIONER ? "Priya Nair" : "");
const how = { old: THREAD, from: "Priya Nair", nameOf };

/** A thread with a plan and words, and a second thread of the same two in the place of a new practitioner. */
async function beforeAndAfter() {
  const people = await twoPeople();
  const { server, sam, priya } = people;
  server.threads.push(NEW);
  const { note } = await sam.thread.send(writePlanned("goal", GOAL), "goal");
  await sam.thread.send(writePlanned("trial", { goal: note, tried: "Count", happened: "", verdict: "running" }), "trial");
  await sam.thread.send(writePlanned("goal", { ...GOAL, state: "dropped", from: "p1" }), "goal");
  await priya.thread.send("Notes of Tuesday.", "meeting");
  for (const { thread } of [sam, priya]) await thread.flush();
  await sam.thread.load();
  const next = new Thread({ id: NEW, keys: sam.keys, net: sam.net, store: sam.store });
  await next.load();
  return { ...people, next };
}

const inNew = (server) => server.items.filter(({ thread }) => thread === NEW);

test("the plan only: goals and trials of one's own, naming each other, without proposals put aside", async () => {
  const { server, sam, next } = await beforeAndAfter();
  const { items } = await handedOver(sam.thread.entries(), { ...how, everything: false });
  await say(next, items);
  const plan = planOf(next.entries());
  assert.deepEqual(
    plan.goals.map(({ value, trials }) => [value.what, value.from, trials.length]),
    [["Wait", undefined, 1]],
  );
  assert.deepEqual([plan.loose.length, plan.proposals.length], [0, 0]);
  assert.ok(inNew(server).every(({ kind }) => kind !== "earlier"));
});

test("everything: bundled under whose words they are, and read by the new one", async () => {
  const { server, sam, priya, next } = await beforeAndAfter();
  const { items, left } = await handedOver(sam.thread.entries(), { ...how, everything: true });
  const steps = [];
  await say(next, items, (at, all) => steps.push(`${at}/${all}`));
  assert.deepEqual(steps, ["1/3", "2/3", "3/3"]);
  assert.deepEqual(left, { files: 0, closed: 0 });
  const theirs = new Thread({ id: NEW, keys: priya.keys, net: priya.net, store: priya.store });
  await theirs.load();
  const earlier = readEarlier(theirs.entries().find(({ kind }) => kind === "earlier").text);
  assert.deepEqual(
    earlier.items.map(({ kind, author, text }) => [kind, author, text]),
    [
      ["message", "", "The silence feels endless."],
      ["meeting", "Priya Nair", "Notes of Tuesday."],
    ],
  );
  assert.equal(earlier.from, "Priya Nair");
  assert.ok(!JSON.stringify(inNew(server)).includes("Tuesday"));
});

test("said again after a failure, it is said once", async () => {
  const { server, sam, next } = await beforeAndAfter();
  const { items } = await handedOver(sam.thread.entries(), { ...how, everything: true });
  sam.line.lostReplies = 0;
  await next.sendAs(items[0].note, items[0].text, items[0].kind);
  sam.line.down = true;
  await say(next, items);
  assert.equal(next.waiting, true);
  sam.line.down = false;
  sam.line.lostReplies = 1;
  await say(next, items);
  await say(next, items);
  const again = new Thread({ id: NEW, keys: sam.keys, net: sam.net, store: sam.store });
  await again.load();
  await say(again, (await handedOver(sam.thread.entries(), { ...how, everything: true })).items);
  assert.equal(inNew(server).length, items.length);
  assert.equal(new Set(inNew(server).map(({ note }) => note)).size, items.length);
  assert.ok(again.entries().every(({ state }) => state === "sent"));
});

test("a refused part is tried again", async () => {
  const { server, sam, next } = await beforeAndAfter();
  const { items } = await handedOver(sam.thread.entries(), { ...how, everything: true });
  server.mayWrite = false;
  await say(next, items);
  assert.equal(next.entries().find(({ kind }) => kind === "earlier").state, "refused");
  server.mayWrite = true;
  await say(next, items);
  assert.ok(next.entries().every(({ state }) => state === "sent"));
});

test("bundles stay small, long texts go in parts, and nothing is lost between them", () => {
  const entry = (text, at, kind = "message") => ({ note: `n${at}`, author: TEACHER, kind, at, text, versions: [{}] });
  const long = `${"ü“\n".repeat(9000)}end`;
  const entries = [
    entry("short", 1),
    entry(long, 2),
    ...Array.from({ length: 60 }, (_, at) => entry("x".repeat(900), at + 3)),
  ];
  const { texts, left } = bundlesOf([...entries, entry(null, 99), entry("{}", 98, "file"), entry(null, 97, "file")], how);
  for (const text of texts) assert.ok(new TextEncoder().encode(text).length < BUNDLE, String(text.length));
  const items = texts.flatMap((text) => readEarlier(text).items);
  assert.equal(
    items
      .filter(({ at }) => at === 2)
      .map(({ text }) => text)
      .join(""),
    long,
  );
  assert.equal(items.length, 61 + items.filter(({ at }) => at === 2).length);
  assert.deepEqual(left, { files: 2, closed: 1 });
});

test("what was handed over before is handed on as it was", () => {
  const text = JSON.stringify({ v: 1, from: "Alex", items: [{ kind: "message", author: "Alex", at: 1, text: "old" }] });
  const { texts } = bundlesOf([{ note: "n", author: TEACHER, kind: "earlier", at: 5, text, versions: [{}] }], how);
  assert.deepEqual(readEarlier(texts[0]).items, [{ kind: "message", author: "Alex", at: 1, text: "old" }]);
});

test("identifiers are the same each time and others for another thread", async () => {
  const id = await derivedId(THREAD, "bundle/0");
  assert.equal(await derivedId(THREAD, "bundle/0"), id);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(await derivedId(NEW, "bundle/0"), id);
  for (const bad of ["{", "null", '{"v":1,"from":"x","items":[{"at":1}]}', '{"v":2,"from":"x","items":[]}'])
    assert.equal(readEarlier(bad), null);
});

test("the card does not say that it can be read before the server has taken it", async () => {
  const { server, sam, next } = await beforeAndAfter();
  fakePage();
  const parts = { id: NEW, old: THREAD, before: "Priya Nair", other: "Carys Evans", thread: next, kept: null };
  const card = new HandOverCard({ ...parts, open: async () => sam.thread, changed: async () => {} });
  card.show(true);
  const press = async () => {
    withText(card.node, "button", "The plan and everything that was said").click();
    await until(() => !card.busy);
  };
  server.mayWrite = false;
  await press();
  const said = "Nothing more can be written here. You can press it again: nothing is said twice.";
  assert.deepEqual([card.said.node.textContent, card.over], [said, undefined]);
  server.mayWrite = true;
  await press();
  assert.deepEqual([card.said.node.textContent, card.over], ["Carys Evans can read it now.", true]);
});
