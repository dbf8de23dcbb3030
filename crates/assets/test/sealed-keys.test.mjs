// One person's keys in a browser: made, unlocked, locked, kept and forgotten; drafts; answers that do not come.
import assert from "node:assert/strict";
import test from "node:test";
import { situation } from "../web/js/sealed/conversation.js";
import { Drafts, forgetTyped } from "../web/js/sealed/drafts.js";
import { IDLE, forgetLive } from "../web/js/sealed/own-keys.js";
import { Away, SignedOut, Stopped, Turned, network } from "../web/js/sealed/net.js";
import { foldWords, sixWords } from "../web/js/sealed/words.js";
import { Browser, FakeServer, PRACTITIONER, TEACHER, THREAD, twoPeople } from "./people.mjs";

const sorts = (browser) => browser.store.names();

test("a later visit on an own device unlocks silently; on another browser it is locked", async () => {
  const { server, sam } = await twoPeople();
  await forgetLive(sam.store);
  await sam.visit();
  assert.equal(sam.thread.situation, "write");
  assert.deepEqual(sam.texts(), ["The silence feels endless."]);
  const library = await new Browser(server, TEACHER).visit();
  assert.equal(library.thread.situation, "locked");
  assert.deepEqual(library.texts(), [null]);
});

test("words and a recovery code added later open the keys elsewhere", async () => {
  const { server, sam } = await twoPeople();
  const words = sixWords();
  await sam.keys.addWords(words);
  const code = await sam.keys.recovery();
  assert.ok(!sam.keys.hasSlot("recovery"), "not filed before it was typed back");
  await sam.keys.fileRecovery();
  for (const way of [{ words }, { code: code.toLowerCase() }]) {
    const library = await new Browser(server, TEACHER).visit();
    await library.keys.open(way);
    await library.thread.open();
    assert.deepEqual(library.texts(), ["The silence feels endless."]);
    assert.ok(!(await sorts(library)).includes(`${TEACHER}/device`));
  }
  const library = await new Browser(server, TEACHER).visit();
  await assert.rejects(library.keys.open({ words: sixWords() }), { code: "key" });
  await library.keys.open({ words });
  await assert.rejects(library.keys.addWords(sixWords()), { code: "ask" });
  await library.keys.addWords(sixWords(), { words });
});

test("keys with words on a shared computer leave nothing behind at sign-out", async () => {
  const server = new FakeServer();
  const words = sixWords();
  const priya = await new Browser(server, PRACTITIONER).visit();
  await priya.keys.make({ words });
  assert.equal(await priya.keys.recovery(), await priya.keys.recovery());
  assert.deepEqual(await sorts(priya), [`${PRACTITIONER}/live`]);
  await forgetLive(priya.store);
  assert.deepEqual(await sorts(priya), []);
  await priya.visit();
  assert.equal(priya.keys.live, null);
  await priya.keys.open({ words: foldWords(words) });
});

test("keys lock after thirty idle minutes, not while they are used", async () => {
  const { sam } = await twoPeople();
  sam.clock.now += IDLE - 1000;
  sam.keys.touch();
  sam.clock.now += IDLE - 1000;
  assert.equal(await sam.keys.expire(), false);
  sam.clock.now += 2000;
  assert.equal(await sam.keys.expire(), true);
  assert.ok(!(await sorts(sam)).includes(`${TEACHER}/live`));
  await sam.visit({ silently: false });
  assert.equal(sam.thread.situation, "locked");
});

test("keys used in another window stay unlocked here", async () => {
  const { sam } = await twoPeople();
  sam.clock.now += IDLE + 1000;
  const live = await sam.store.get(`${TEACHER}/live`);
  await sam.store.set(`${TEACHER}/live`, { ...live, at: sam.clock.now - 1000 });
  assert.equal(await sam.keys.expire(), false);
});

test("a device stops unlocking after thirty days, when forgotten, or when its slot was removed", async () => {
  for (const end of ["days", "forgotten", "removed"]) {
    const { server, sam } = await twoPeople();
    await sam.keys.recovery();
    await sam.keys.fileRecovery();
    if (end === "days") sam.clock.now += 31 * 86_400_000;
    if (end === "forgotten") await sam.keys.forgetDevice();
    if (end === "removed") server.accounts.get(TEACHER).slots = [];
    await forgetLive(sam.store);
    await sam.visit();
    assert.equal(sam.thread.situation, "locked", end);
    assert.deepEqual(await sorts(sam), [], end);
  }
});

test("a device that is the only way in does not stop", async () => {
  const { sam } = await twoPeople();
  sam.clock.now += 400 * 86_400_000;
  await sam.visit();
  assert.equal(sam.thread.situation, "write");
});

test("unlocked keys of somebody else are dropped when another person signs in", async () => {
  const { server, sam } = await twoPeople();
  const next = new Browser(server, PRACTITIONER);
  next.store = sam.store;
  await next.visit();
  assert.ok(!(await sorts(sam)).includes(`${TEACHER}/live`));
  next.line.out = true;
  await assert.rejects(next.thread.load(), SignedOut);
});

test("keys are filed once even if the answer is lost", async () => {
  const server = new FakeServer();
  const sam = await new Browser(server, TEACHER).visit();
  sam.line.lostReplies = 1;
  await assert.rejects(sam.keys.make({}), Away);
  assert.equal(sam.keys.live, null);
  await sam.keys.make({});
  assert.equal(server.accounts.get(TEACHER).kid, sam.keys.live.kid);
});

test("a device made before the answer was lost unlocks after a reload", async () => {
  const server = new FakeServer();
  const sam = await new Browser(server, TEACHER).visit();
  sam.line.lostReplies = 1;
  await assert.rejects(sam.keys.make({}), Away);
  await sam.visit();
  assert.equal(sam.keys.live.kid, server.accounts.get(TEACHER).kid);
});

test("keys made in two windows: the second is told to use the first", async () => {
  const server = new FakeServer();
  const one = await new Browser(server, TEACHER).visit();
  const two = await new Browser(server, TEACHER).visit();
  await one.keys.make({});
  await assert.rejects(two.keys.make({ words: sixWords() }), Turned);
  assert.equal(two.keys.made, true);
  assert.equal(two.keys.live, null);
});

test("pins of two browsers are put together", async () => {
  const { server, sam } = await twoPeople();
  const other = new Browser(server, TEACHER);
  other.store = { ...sam.store };
  await other.visit();
  await sam.keys.changePins((pins) => ({ ...pins, one: { kid: "1" } }));
  await other.keys.changePins((pins) => ({ ...pins, two: { kid: "2" } }));
  assert.deepEqual(Object.keys(other.keys.pins).sort(), [PRACTITIONER, "one", "two"].sort());
});

test("drafts are kept sealed; before there are keys only for the visit", async () => {
  const session = new Map();
  const asStorage = {
    getItem: (name) => session.get(name) ?? null,
    setItem: (name, text) => session.set(name, text),
    removeItem: (name) => session.delete(name),
    key: (at) => [...session.keys()][at],
    get length() {
      return session.size;
    },
  };
  const server = new FakeServer();
  const priya = await new Browser(server, PRACTITIONER).visit();
  let drafts = new Drafts({ keys: priya.keys, store: priya.store, session: asStorage });
  await drafts.save(THREAD, "half a thought");
  assert.deepEqual(await sorts(priya), []);
  assert.equal(await drafts.load(THREAD), "half a thought");
  await priya.keys.make({});
  await drafts.save(THREAD, "half a thought more");
  assert.equal(session.size, 0);
  assert.ok(!JSON.stringify(await priya.store.get(`${PRACTITIONER}/draft/${THREAD}`)).includes("thought"));
  await forgetLive(priya.store);
  await priya.visit();
  drafts = new Drafts({ keys: priya.keys, store: priya.store, session: asStorage });
  assert.equal(await drafts.load(THREAD), "half a thought more");
  await drafts.save(THREAD, "  ");
  assert.equal(await drafts.load(THREAD), "");
  session.set("alongside/x", "1").set("other", "2");
  forgetTyped(asStorage);
  assert.deepEqual([...session.keys()], ["other"]);
});

test("answers that are no answers", async () => {
  const reply =
    (status, body, more = {}) =>
    async () => ({ type: "basic", status, json: async () => body, ...more });
  const none = { json: async () => JSON.parse("<!doctype html>") };
  await assert.rejects(network(reply(200, null, none)).read("/x"), Away);
  await assert.rejects(network(reply(502, {})).read("/x"), Away);
  await assert.rejects(network(reply(429, {})).post("/x", {}), Away);
  await assert.rejects(network(reply(303, {})).post("/x", {}), SignedOut);
  await assert.rejects(network(reply(404, null, none)).post("/x", {}), Turned);
  await assert.rejects(network(reply(422, { code: "long", sentence: "Too long." })).post("/x", {}), {
    message: "Too long.",
    code: "long",
  });
});

test("an expired token is fetched anew, once", async () => {
  const calls = [];
  const net = network(async (path, { method = "GET", body } = {}) => {
    calls.push(`${method} ${path} ${body?.get("csrf") ?? ""}`.trim());
    const fine = method === "GET" || body.get("csrf") === "new";
    return {
      type: "basic",
      status: fine ? 200 : 403,
      json: async () => (method === "GET" ? { uid: "a", csrf: "new" } : {}),
    };
  });
  await net.post("/keys/slots", { slot: "words" });
  assert.deepEqual(calls, ["POST /keys/slots", "GET /keys/own", "POST /keys/slots new"]);
});

test("a line that died is given up after a time; a file is not", async () => {
  const dead = (_, { signal } = {}) =>
    new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));
  const net = network(dead, 20);
  await assert.rejects(net.read("/keys/own"), Away);
  await assert.rejects(net.post("/keys/vault", { version: "1" }), Away);
  const stop = new AbortController();
  const file = net.post("/files", {}, { parts: true, signal: stop.signal });
  const first = await Promise.race([file.catch((fault) => fault), new Promise((resolve) => setTimeout(resolve, 60, "still"))]);
  assert.equal(first, "still");
  stop.abort();
  await assert.rejects(file, Stopped);
});

test("an answer in time is not given up, however long its content takes", async () => {
  const slow = { status: 200, json: () => new Promise((resolve) => setTimeout(resolve, 60, { uid: "u" })) };
  assert.deepEqual(await network(async () => slow, 20).read("/keys/own"), { uid: "u" });
});
