// Later keys of a thread: what was said is given back to whoever lost everything, and to nobody else.
import assert from "node:assert/strict";
import test from "node:test";
import { enrol, makeDeviceKey } from "../web/js/sealed/account.js";
import { wrapping } from "../web/js/sealed/box.js";
import { random } from "../web/js/sealed/bytes.js";
import { acceptGrant, makeGrant } from "../web/js/sealed/grants.js";
import { comparedSignersOf, compared, described, pinned } from "../web/js/sealed/pins.js";
import { Turned } from "../web/js/sealed/net.js";
import { sixWords } from "../web/js/sealed/words.js";
import { Browser, FakeServer, PRACTITIONER, TEACHER, THREAD, compareWords, renewed, twoPeople } from "./people.mjs";

const FIRST = "The silence feels endless.";
const stranger = (uid) => makeDeviceKey().then((key) => enrol(uid, { device: { id: "x", key } }));
const grantBy = (server, by, live, to, epoch, key = random(32), thread = THREAD) =>
  makeGrant({ uid: by, sig: live.sig }, server.accounts.get(to), { thread, epoch, key });
const put = (server, by, to, epoch, jws) => server.grants.push({ epoch, to: server.accounts.get(to).kid, by, jws });

test("a teacher who lost everything gets it back from the practitioner, after both compared", async () => {
  const { server, priya } = await twoPeople();
  await priya.thread.send("Most of us do.");
  await priya.thread.flush();
  const sam = await renewed(server, TEACHER);
  assert.equal(sam.thread.situation, "renewed");
  assert.deepEqual(sam.texts(), [null, null]);
  await assert.rejects(sam.thread.send("too early"), { code: "renewed" });
  await priya.thread.load();
  assert.equal(priya.thread.situation, "changed");
  assert.equal(server.grants.length, 2, "nothing is given back before comparing");
  assert.deepEqual((await sam.thread.safety()).words, (await priya.thread.safety()).words);
  await compareWords(priya);
  await sam.thread.load();
  assert.deepEqual(sam.texts(), [null, null], "what came back counts only once both have compared");
  await compareWords(sam);
  assert.deepEqual(sam.texts(), [FIRST, "Most of us do."]);
  assert.equal(sam.thread.situation, "write");
  const item = await sam.thread.send("Here again.");
  assert.equal(item.epoch, 1, "what is said from now on has a key of its own");
  await sam.thread.flush();
  await priya.thread.load();
  assert.deepEqual(priya.texts(), [FIRST, "Most of us do.", "Here again."]);
  await sam.visit();
  assert.deepEqual(sam.texts(), [FIRST, "Most of us do.", "Here again."], "also after a reload");
});

test("a teacher who compared may write before anything came back", async () => {
  const { server } = await twoPeople();
  const sam = await renewed(server, TEACHER);
  await compareWords(sam);
  assert.deepEqual([sam.thread.situation, sam.thread.lost], ["write", true]);
  assert.equal((await sam.thread.send("Meanwhile.")).epoch, 1);
});

test("a practitioner who lost everything gets it back, and a new key for what comes", async () => {
  const { server, sam } = await twoPeople();
  const priya = await renewed(server, PRACTITIONER);
  assert.equal(priya.thread.situation, "renewed");
  await compareWords(priya);
  assert.equal(priya.thread.situation, "compared");
  await compareWords(sam);
  await priya.thread.load();
  assert.deepEqual(priya.texts(), [FIRST]);
  assert.deepEqual([...new Set(server.grants.map(({ epoch }) => epoch))], [0, 1]);
  assert.equal((await priya.thread.send("Back.")).epoch, 1);
});

test("what came back from keys compared earlier stays open after the next change", async () => {
  const { server, priya } = await twoPeople();
  const sam = await renewed(server, TEACHER);
  await compareWords(priya, sam);
  const second = await renewed(server, PRACTITIONER);
  await compareWords(sam, second);
  await second.thread.load();
  assert.deepEqual(second.texts(), [FIRST]);
  await sam.visit();
  assert.deepEqual(sam.texts(), [FIRST]);
});

test("a thread key under signing keys that the teacher has replaced is not written with", async () => {
  const { server, sam: before, priya } = await twoPeople();
  const sam = await renewed(server, TEACHER);
  await compareWords(priya);
  assert.equal(priya.thread.situation, "wait-for-key");
  await assert.rejects(priya.thread.send("under the old key"), { code: "not-granted" });
  // Whoever has the teacher's earlier keys, and the server, cannot bring in a key of theirs.
  const known = random(32);
  put(server, TEACHER, PRACTITIONER, 1, await grantBy(server, TEACHER, before.keys.live, PRACTITIONER, 1, known));
  await priya.visit();
  assert.equal(priya.thread.situation, "wait-for-key");
  await assert.rejects(priya.thread.send("under theirs"), { code: "not-granted" });
  server.grants = server.grants.filter(({ epoch }) => epoch !== 1);
  await compareWords(sam);
  await priya.visit();
  assert.deepEqual([priya.thread.situation, (await priya.thread.send("Under the new one.")).epoch], ["write", 1]);
});

test("in a thread that has ended what was said is given back, and no new key is made", async () => {
  const { server, priya } = await twoPeople();
  server.mayWrite = server.mayPlan = false;
  const sam = await renewed(server, TEACHER);
  await compareWords(priya, sam);
  assert.deepEqual([sam.texts(), sam.thread.situation], [[FIRST], "read-only"]);
  assert.ok(server.grants.every(({ epoch }) => epoch === 0));
  const again = await renewed(server, PRACTITIONER);
  await compareWords(sam, again);
  await again.thread.load();
  assert.deepEqual([again.texts(), again.thread.situation], [[FIRST], "read-only"]);
});

test("giving back is tried again after a lost connection", async () => {
  const { server, priya } = await twoPeople();
  const sam = await renewed(server, TEACHER);
  await priya.thread.load();
  const { shown } = await priya.thread.safety();
  priya.line.lostReplies = 0;
  const post = server.addReturns.bind(server);
  server.addReturns = () => ({ type: "basic", status: 503, json: async () => ({}) });
  await priya.thread.acceptKeys(shown, "2026-11-24");
  assert.equal(priya.thread.situation, "wait-for-key");
  server.addReturns = post;
  await priya.visit();
  await compareWords(sam);
  assert.deepEqual(sam.texts(), [FIRST]);
});

test("what is given back is refused when a third person signed it, or somebody not compared", async () => {
  const { server, priya } = await twoPeople();
  const evil = await stranger(PRACTITIONER);
  const sam = await renewed(server, TEACHER);
  for (const [by, live] of [
    [PRACTITIONER, evil.live],
    ["0190a000-0000-7000-8000-00000000eeee", evil.live],
    [PRACTITIONER, priya.keys.live],
  ]) {
    server.grants = server.grants.filter(({ to }) => to !== sam.keys.live.kid);
    put(server, by, TEACHER, 0, await grantBy(server, by, live, TEACHER, 0));
    await sam.visit();
    assert.equal(sam.thread.situation, "renewed");
    assert.equal(sam.thread.lost, true);
  }
  // Even compared: the one signed by a third key stays shut.
  server.grants = server.grants.filter(({ to }) => to !== sam.keys.live.kid);
  put(server, PRACTITIONER, TEACHER, 0, await grantBy(server, PRACTITIONER, evil.live, TEACHER, 0));
  await compareWords(sam);
  assert.equal(sam.thread.lost, true);
});

test("a practitioner's grant is never what the teacher seals with, and a practitioner takes none of their own making", async () => {
  const { server, sam, priya } = await twoPeople();
  await compareWords(sam, priya);
  const known = random(32);
  put(server, PRACTITIONER, TEACHER, 1, await grantBy(server, PRACTITIONER, priya.keys.live, TEACHER, 1, known));
  put(server, PRACTITIONER, PRACTITIONER, 1, await grantBy(server, PRACTITIONER, priya.keys.live, PRACTITIONER, 1, known));
  await priya.visit();
  assert.equal((await priya.thread.send("x")).epoch, 0);
  await sam.visit();
  assert.equal((await sam.thread.send("y")).epoch, 2);
  await assert.rejects(priya.net.post(`/support/${THREAD}/grants`, { epoch: "3", grants: "[]" }), Turned);
});

test("a grant of another thread is refused in this one", async () => {
  const { server, sam } = await twoPeople();
  server.grants.length = server.items.length = 0;
  const jws = await grantBy(server, TEACHER, sam.keys.live, PRACTITIONER, 0, random(32), "another-thread");
  put(server, TEACHER, PRACTITIONER, 0, jws);
  const priya = await new Browser(server, PRACTITIONER);
  priya.store = (await twoPeople()).priya.store;
  const signer = server.accounts.get(TEACHER).sig;
  const who = { thread: THREAD, epoch: 0, by: TEACHER };
  await assert.rejects(acceptGrant({ kid: server.accounts.get(PRACTITIONER).kid, enc: null }, jws, who, [signer]), {
    code: "thread",
  });
});

test("an epoch that has become stale: the words are sealed again under the next one, and none are lost", async () => {
  const { server, sam, priya } = await twoPeople();
  // The practitioner writes while the teacher makes the next key.
  priya.line.down = true;
  await priya.thread.send("Written under the first key.");
  await priya.thread.flush();
  priya.line.down = false;
  const next = random(32);
  for (const to of [TEACHER, PRACTITIONER])
    put(server, TEACHER, to, 1, await grantBy(server, TEACHER, sam.keys.live, to, 1, next));
  await priya.thread.flush();
  assert.equal(priya.thread.waiting, false);
  assert.deepEqual(server.items.at(-1).epoch, 1);
  await sam.thread.load();
  assert.equal(sam.texts().at(-1), "Written under the first key.");
});

test("words under a stale key wait until the two have compared, and a reload does not lose them", async () => {
  const { server, sam } = await twoPeople();
  sam.line.down = true;
  await sam.thread.send("Waiting.");
  await sam.thread.flush();
  sam.line.down = false;
  const priya = await renewed(server, PRACTITIONER);
  await sam.thread.flush();
  assert.equal(sam.thread.trouble, "keys");
  await sam.visit();
  await sam.thread.flush();
  assert.deepEqual(sam.texts(), [FIRST, "Waiting."]);
  await compareWords(sam);
  await sam.thread.flush();
  assert.equal(sam.thread.waiting, false);
  await compareWords(priya);
  assert.deepEqual(priya.texts(), [FIRST, "Waiting."]);
});

test("words that lie sealed for keys lost since are told, not sent", async () => {
  const { server, sam } = await twoPeople();
  sam.line.down = true;
  const item = await sam.thread.send("Too late.");
  const again = await renewed(server, TEACHER);
  await again.store.set(`${TEACHER}/out/${THREAD}/${item.note}/1`, { ...item, state: "waiting" });
  await again.visit();
  await compareWords(again);
  await again.thread.flush();
  const last = again.thread.entries().at(-1);
  assert.deepEqual([last.state, last.sentence.includes("Write it once more")], ["refused", true]);
});

test("keys that were compared, and only those, may give back", async () => {
  const [one, two] = [await stranger("p"), await stranger("p")];
  const [first, second] = await Promise.all([one, two].map(({ keys }) => described(keys)));
  let pins = pinned({}, "p", first);
  assert.deepEqual(comparedSignersOf(pins, "p"), []);
  pins = compared(pins, "p", second, "2026-11-24");
  assert.deepEqual(comparedSignersOf(pins, "p"), [second.key], "the first was never compared");
  pins = compared(pins, "p", first, "2026-11-25");
  assert.deepEqual(comparedSignersOf(pins, "p"), [first.key, second.key]);
  assert.deepEqual(comparedSignersOf({}, "constructor"), []);
});

test("a thread key of another length is not given back", async () => {
  const { server, sam } = await twoPeople();
  const jws = await grantBy(server, TEACHER, sam.keys.live, TEACHER, 0, random(16));
  const expected = { thread: THREAD, epoch: 0, by: TEACHER };
  await assert.rejects(acceptGrant(sam.keys.live, jws, expected, [sam.keys.live.sigPublic]), { code: "key" });
  assert.equal((await wrapping(random(32))).extractable, false);
  assert.ok(server);
});

test("new keys: the wait, taking it back, and what happens before it is over", async () => {
  const { server } = await twoPeople();
  const sam = await new Browser(server, TEACHER).visit();
  await assert.rejects(sam.keys.make({}), Turned, "there are keys");
  await sam.keys.beginRenewal();
  assert.equal(sam.keys.renewalDue, server.clock + 72 * 3600);
  await sam.visit();
  assert.equal(sam.keys.renewalDue, server.clock + 72 * 3600, "still there after a reload");
  await assert.rejects(sam.keys.make({}), { code: "wait" });
  assert.equal(sam.keys.mayRenew, false);
  server.clock += 73 * 3600;
  await sam.visit();
  assert.equal(sam.keys.mayRenew, true, "by the clock of the server, not by this device's");
  await sam.keys.cancelRenewal();
  await sam.visit();
  assert.equal(sam.keys.renewalDue, null);
  assert.ok(new FakeServer());
});

test("the device of the keys there are stays until the new ones are filed, also when the answer is lost", async () => {
  const { server, sam } = await twoPeople();
  const before = sam.keys.live.kid;
  await assert.rejects(sam.keys.make({}), Turned);
  await sam.keys.lock();
  await sam.visit();
  assert.equal(sam.keys.live?.kid, before, "this device still opens the old ones");
  await sam.keys.beginRenewal();
  server.clock += 73 * 3600;
  sam.line.lostReplies = 1;
  await assert.rejects(sam.keys.make({}));
  await sam.keys.lock();
  await sam.visit();
  assert.notEqual(sam.keys.live.kid, before);
  assert.equal(sam.keys.live.kid, server.accounts.get(TEACHER).kid);
});

// A server that gives somebody none of the keys of these epochs.
function keepingBack(server, uid, epochs) {
  const words = server.words.bind(server);
  server.words = (who, thread) => {
    const reply = words(who, thread);
    const json = async () => {
      const said = await reply.json();
      return who === uid ? { ...said, grants: said.grants.filter(({ epoch }) => !epochs.includes(epoch)) } : said;
    };
    return { ...reply, json };
  };
  return () => (server.words = words);
}

test("a key that the server keeps back is not called one's own new keys", async () => {
  for (const who of [TEACHER, PRACTITIONER]) {
    const { server, sam, priya } = await twoPeople();
    const one = who === TEACHER ? sam : priya;
    const give = keepingBack(server, who, [0]);
    await one.visit();
    assert.deepEqual([one.thread.situation, one.thread.keptBack], ["not-come", true]);
    await assert.rejects(one.thread.send("x"), { code: "not-come" });
    // Also on a first visit of another browser, which has seen nothing of this thread before.
    const words = sixWords();
    await one.keys.addWords(words);
    const library = await new Browser(server, who).visit();
    await library.keys.open({ words });
    await library.thread.load();
    assert.equal(library.thread.situation, "not-come");
    give();
    await one.visit();
    assert.deepEqual([one.thread.situation, one.texts()], ["write", [FIRST]]);
  }
});

test("keys made anew are called so, in every browser that opens them, until what was said is back", async () => {
  for (const who of [TEACHER, PRACTITIONER]) {
    const { server, sam, priya } = await twoPeople();
    const one = await renewed(server, who);
    const words = sixWords();
    await one.keys.addWords(words);
    const library = await new Browser(server, who).visit();
    await library.keys.open({ words });
    await library.thread.load();
    for (const { thread } of [one, library]) assert.deepEqual([thread.situation, thread.keptBack], ["renewed", false]);
    await compareWords(who === TEACHER ? priya : sam, one);
    await one.thread.load();
    assert.deepEqual([one.thread.lost, one.thread.situation], [false, "write"]);
  }
});

test("a key later than one that is here was kept back, also from keys made anew", async () => {
  const { server, sam } = await twoPeople();
  const priya = await renewed(server, PRACTITIONER);
  await compareWords(sam, priya);
  await sam.thread.send("By the next key.");
  await sam.thread.flush();
  await priya.visit();
  assert.deepEqual([priya.texts(), priya.thread.keptBack], [[FIRST, "By the next key."], false]);
  const give = keepingBack(server, PRACTITIONER, [1]);
  await priya.visit();
  assert.deepEqual([priya.texts(), priya.thread.keptBack, priya.thread.situation], [[FIRST, null], true, "write"]);
  give();
  keepingBack(server, PRACTITIONER, [0]);
  await priya.visit();
  assert.deepEqual([priya.thread.keptBack, priya.thread.lost], [false, true], "an earlier one may still be on its way back");
});
