// Two browsers, one server of the contract in memory: keys, messages, the way out, and what a bad server may try.
import assert from "node:assert/strict";
import test from "node:test";
import { enrol, makeDeviceKey } from "../web/js/sealed/account.js";
import { conversation, situation } from "../web/js/sealed/conversation.js";
import { Away } from "../web/js/sealed/net.js";
import { sixWords } from "../web/js/sealed/words.js";
import { Browser, FakeServer, PRACTITIONER, TEACHER, THREAD, twoPeople } from "./people.mjs";

const sorts = (browser) => browser.store.names();

test("the first message: keys, pins, grants to both, and the other reads it", async () => {
  const { server, sam, priya } = await twoPeople();
  assert.deepEqual(priya.texts(), ["The silence feels endless."]);
  assert.deepEqual(
    server.grants.map(({ epoch, by }) => [epoch, by]),
    [
      [0, TEACHER],
      [0, TEACHER],
    ],
  );
  await priya.thread.send("Most of us do.");
  await priya.thread.flush();
  await sam.thread.load();
  assert.deepEqual(sam.texts(), ["The silence feels endless.", "Most of us do."]);
  assert.ok(!JSON.stringify([server.items, server.grants, [...server.accounts]]).includes("silence"));
});

test("what the page says at each point", async () => {
  const server = new FakeServer();
  const sam = await new Browser(server, TEACHER).visit();
  assert.equal(sam.thread.situation, "other-cannot-read");
  const priya = await new Browser(server, PRACTITIONER).visit();
  assert.equal(priya.thread.situation, "make-keys");
  await priya.keys.make({});
  await priya.thread.load();
  assert.equal(priya.thread.situation, "wait-for-teacher");
  await sam.thread.load();
  assert.equal(sam.thread.situation, "first-words");
  await sam.keys.make({});
  await sam.thread.load();
  assert.equal(sam.thread.situation, "write");
  await priya.thread.load();
  assert.equal(priya.thread.situation, "wait-for-teacher");
  await assert.rejects(priya.thread.send("too early"), { code: "not-granted" });
  await sam.thread.send("hello");
  await sam.thread.flush();
  await priya.thread.load();
  assert.equal(priya.thread.situation, "write");
  server.mayWrite = false;
  await priya.thread.load();
  assert.equal(priya.thread.situation, "read-only");
  await priya.keys.lock();
  assert.equal(priya.thread.situation, "locked");
  const teacherAlone = {
    own: true,
    live: true,
    party: "teacher",
    other: { keys: null },
    items: 3,
    grants: 1,
    standing: null,
    mayWrite: true,
  };
  assert.equal(situation(teacherAlone), "other-cannot-read");
});

test("without a connection a message waits, survives a reload, and goes later, once", async () => {
  const { server, sam, priya } = await twoPeople();
  sam.line.down = true;
  await sam.thread.send("Written in the corridor.");
  await sam.thread.flush();
  assert.equal(sam.thread.trouble, "away");
  assert.deepEqual(
    sam.thread.entries().map(({ state }) => state),
    ["sent", "waiting"],
  );
  assert.ok(
    !JSON.stringify(
      await Promise.all((await sorts(sam)).filter((name) => name.includes("/out/")).map((name) => sam.store.get(name))),
    ).includes("corridor"),
  );
  sam.line.down = false;
  await sam.visit();
  assert.deepEqual(sam.texts(), ["The silence feels endless.", "Written in the corridor."]);
  sam.line.lostReplies = 1;
  await sam.thread.flush();
  assert.equal(sam.thread.waiting, true);
  await sam.thread.flush();
  assert.equal(sam.thread.waiting, false);
  assert.equal(server.items.length, 2);
  await priya.thread.load();
  assert.equal(priya.texts().at(-1), "Written in the corridor.");
});

test("a session that ended keeps the message for the next one", async () => {
  const { server, sam } = await twoPeople();
  sam.line.out = true;
  await sam.thread.send("later");
  await sam.thread.flush();
  assert.equal(sam.thread.trouble, "signed-out");
  sam.line.out = false;
  await sam.visit();
  await sam.thread.flush();
  assert.equal(server.items.length, 2);
});

test("a refused message stays with the server's sentence until it is taken out", async () => {
  const { server, sam } = await twoPeople();
  server.mayWrite = false;
  const { note, rev } = await sam.thread.send("too late");
  await sam.thread.flush();
  const last = sam.thread.entries().at(-1);
  assert.deepEqual([last.state, last.sentence, last.text], ["refused", "Nothing more can be written here.", "too late"]);
  await sam.visit();
  assert.equal(sam.thread.entries().at(-1).state, "refused");
  assert.equal(sam.thread.waiting, false);
  await sam.thread.drop(note, rev);
  assert.equal(sam.thread.entries().length, 1);
});

test("one's own message is edited, the other sees both versions, and nobody edits the other's", async () => {
  const { server, sam, priya } = await twoPeople();
  const [{ note }] = sam.thread.entries();
  await sam.thread.edit(note, "The silence feels long.");
  assert.deepEqual(sam.texts(), ["The silence feels long."]);
  await sam.thread.flush();
  await priya.thread.load();
  const [entry] = priya.thread.entries();
  assert.deepEqual(
    entry.versions.map(({ text }) => text),
    ["The silence feels endless.", "The silence feels long."],
  );
  assert.throws(() => priya.thread.edit(note, "mine now"), { code: "author" });
  // A revision that the server ascribes to somebody else than the author does not open.
  server.items[1].author = PRACTITIONER;
  await priya.visit();
  assert.deepEqual(priya.texts(), [null]);
});

test("two edits from two windows: the second is told", async () => {
  const { sam } = await twoPeople();
  const [{ note }] = sam.thread.entries();
  const here = sam.thread;
  const other = new Browser({ fetchOf: () => sam.line }, TEACHER);
  other.store = { ...sam.store };
  await other.visit();
  await other.thread.edit(note, "from the other window");
  await other.thread.flush();
  await here.edit(note, "from this one");
  await here.flush();
  assert.deepEqual(
    here.entries()[0].versions.map(({ rev }) => rev),
    [1, 2],
  );
  assert.ok(here.entries()[0].sentence.includes("changed in another window"));
});

test("a tampered item has a sentence in its place and breaks nothing else", async () => {
  const { server, sam, priya } = await twoPeople();
  for (const text of ["two", "three", "four"]) await sam.thread.send(text);
  await sam.thread.flush();
  const [, two, three] = server.items;
  two.jwe = {
    ...two.jwe,
    tag: `A${two.jwe.tag.slice(1)}` === two.jwe.tag ? `B${two.jwe.tag.slice(1)}` : `A${two.jwe.tag.slice(1)}`,
  };
  three.jwe = server.items[0].jwe;
  server.items.push({
    ...server.items[0],
    note: "0190a000-0000-7000-8000-00000000ffff",
    author: "somebody-else",
    jwe: { broken: true },
  });
  await priya.thread.load();
  assert.deepEqual(priya.texts(), ["The silence feels endless.", null, null, "four", null]);
});

test("grants the server makes up are as good as none", async () => {
  const { server, priya } = await twoPeople();
  const evil = await enrol(TEACHER, { device: { id: "x", key: await makeDeviceKey() } });
  const { makeGrant } = await import("../web/js/sealed/grants.js");
  const to = server.accounts.get(PRACTITIONER);
  const jws = await makeGrant({ uid: TEACHER, sig: evil.live.sig }, to, {
    thread: THREAD,
    epoch: 1,
    key: new Uint8Array(32),
  });
  server.grants.push({ epoch: 1, to: to.kid, by: TEACHER, jws });
  await priya.thread.load();
  const item = await priya.thread.send("still under the first key");
  assert.equal(item.epoch, 0);
});

test("two windows of the teacher start one epoch", async () => {
  const { server, sam } = await twoPeople();
  server.grants.length = server.items.length = 0;
  const [one, two] = [new Browser(server, TEACHER), new Browser(server, TEACHER)];
  one.store = two.store = sam.store;
  await one.visit();
  await two.visit();
  await one.thread.send("first");
  await two.thread.send("second");
  await one.thread.flush();
  await two.thread.flush();
  assert.deepEqual(
    server.items.map(({ epoch }) => epoch),
    [0, 0],
  );
  const lost = new Browser(server, TEACHER);
  lost.store = sam.store;
  server.grants.length = server.items.length = 0;
  await lost.visit();
  lost.line.lostReplies = 1;
  await assert.rejects(lost.thread.send("again"), Away);
  assert.equal((await lost.thread.send("again")).epoch, 0);
});

test("changed keys stop writing until safety words were compared; then a new epoch begins", async () => {
  const { server, sam } = await twoPeople();
  const made = await enrol(PRACTITIONER, { words: sixWords() });
  server.accounts.set(PRACTITIONER, { ...made.keys, version: 1 });
  await sam.thread.load();
  assert.equal(sam.thread.situation, "changed");
  assert.deepEqual(sam.texts(), ["The silence feels endless."], "what was said stays readable");
  await assert.rejects(sam.thread.send("to whom?"), { code: "pin" });
  const { words, shown } = await sam.thread.safety();
  assert.equal(words.length, 6);
  await assert.rejects(sam.thread.acceptKeys({ ...shown, kid: "another" }, "2026-11-24"), { code: "pin" });
  await sam.thread.acceptKeys(shown, "2026-11-24");
  assert.equal(sam.thread.situation, "write");
  assert.equal(sam.thread.comparedOn, "2026-11-24");
  const item = await sam.thread.send("hello again");
  assert.equal(item.epoch, 1);
  assert.ok(server.grants.some(({ to, epoch }) => to === made.keys.kid && epoch === 1));
  assert.ok(
    server.grants.some(({ to, epoch }) => to === made.keys.kid && epoch === 0),
    "what was said is given back",
  );
});

test("keys whose name is not their thumbprint are never used", async () => {
  const { server, sam } = await twoPeople();
  const evil = await enrol(PRACTITIONER, { words: sixWords() });
  const account = server.accounts.get(PRACTITIONER);
  server.accounts.set(PRACTITIONER, { ...account, enc: evil.keys.enc });
  await sam.thread.load();
  assert.equal(sam.thread.situation, "false");
  await assert.rejects(sam.thread.send("x"), { code: "pin" });
});

test("the practitioner still reads after the teacher's keys changed and were compared", async () => {
  const { server, priya } = await twoPeople();
  const made = await enrol(TEACHER, { words: sixWords() });
  server.accounts.set(TEACHER, { ...made.keys, version: 1 });
  await priya.visit();
  assert.equal(priya.thread.situation, "changed");
  const { shown } = await priya.thread.safety();
  await priya.thread.acceptKeys(shown, "2026-11-24");
  await priya.visit();
  assert.deepEqual(priya.texts(), ["The silence feels endless."]);
});

test("both see the same safety words, and a comparison is kept in the vault", async () => {
  const { server, sam, priya } = await twoPeople();
  await sam.thread.load();
  const [one, two] = [await sam.thread.safety(), await priya.thread.safety()];
  assert.deepEqual(one.words, two.words);
  assert.equal(sam.thread.comparedOn, null);
  await sam.thread.acceptKeys(one.shown, "2026-11-24");
  assert.equal(server.grants.length, 2, "no new epoch for the same keys");
  await sam.visit();
  assert.equal(sam.thread.comparedOn, "2026-11-24");
});

test("entries are put together by note and revision, each once", () => {
  const item = (note, rev, author = "a") => ({ note, rev, author, epoch: 0, kind: "message", jwe: {}, at: rev });
  const entries = conversation([item("n", 2), item("n", 1), item("m", 1)], ({ note, rev }) => `${note}${rev}`, [
    { ...item("n", 2), state: "waiting" },
    { ...item("k", 1), state: "sending" },
  ]);
  assert.deepEqual(
    entries.map(({ note, text, state }) => [note, text, state]),
    [
      ["n", "n2", "sent"],
      ["m", "m1", "sent"],
      ["k", "k1", "sending"],
    ],
  );
});
