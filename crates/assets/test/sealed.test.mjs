// Keys, slots, grants and notes of sealed messages, and everything that must be refused.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { CompactSign, base64url } from "jose";
import { enrol, makeDeviceKey, openSlot, openVault, sealSlot, sealVault, unlock } from "../web/js/sealed/account.js";
import { BY_WORDS, Refused, TO_PERSON, WRAP, open, seal, wrapping } from "../web/js/sealed/box.js";
import { canon, pad, paddedSize, random, unpad, utf8 } from "../web/js/sealed/bytes.js";
import { acceptGrant, makeGrant } from "../web/js/sealed/grants.js";
import { noteContext, openDraft, openNote, sealDraft, sealNote } from "../web/js/sealed/notes.js";
import { compared, described, judge, pinned, safetyWords, signersOf } from "../web/js/sealed/pins.js";
import { groups, makeCode, readCode } from "../web/js/sealed/recovery.js";
import { WORDS } from "../web/js/sealed/word-list.js";
import { foldWords, sixWords, wordsOf } from "../web/js/sealed/words.js";

const refused = (code) => (error) => error instanceof Refused && (!code || error.code === code);
const deny = (promise, code) => assert.rejects(promise, refused(code));
const device = async (id = "d1") => ({ device: { id, key: await makeDeviceKey() } });
const person = async (uid) => {
  const way = await device();
  return { uid, way, ...(await enrol(uid, way)) };
};
const note = { thread: "th1", epoch: 0, note: "n1", rev: 1, author: "sam", kind: "message" };

test("canonical JSON sorts names and takes flat values only", () => {
  assert.equal(canon({ v: 1, t: "note", a: "ü" }), '{"a":"ü","t":"note","v":1}');
  for (const bad of [{ a: {} }, { a: null }, { a: 1.5 }, { a: undefined }, { a: [1] }]) assert.throws(() => canon(bad));
});

test("padding hides the length, has a floor and comes off again", () => {
  for (const [length, size] of [
    [0, 512],
    [508, 512],
    [509, 544],
    [1500, 1536],
    [2044, 2048],
    [2045, 2176],
    [100_000, 100_352],
  ]) {
    assert.equal(paddedSize(length), size, `${length}`);
  }
  for (const length of [0, 1, 507, 508, 509, 5000]) {
    const bytes = random(length);
    assert.deepEqual(unpad(pad(bytes)), bytes);
  }
});

test("padding of another length or with something in it is refused", () => {
  const fine = pad(utf8("x"));
  const filled = fine.slice();
  filled[511] = 1;
  const long = new Uint8Array(1024);
  long.set(fine);
  const lying = fine.slice();
  new DataView(lying.buffer).setUint32(0, 0xffffffff);
  for (const bad of [filled, long, lying, fine.slice(0, 100)]) assert.throws(() => unpad(bad), RangeError);
});

test("the word list is the EFF's large one", () => {
  assert.equal(new Set(WORDS).size, 7776);
  const hash = createHash("sha256").update(WORDS.join("\n")).digest("hex");
  assert.equal(hash, "abae49761b88f3f1ba31ef944bea1f61b795a3cd7e1cfb7d276ed45bf77967ba");
});

test("six words are six of the list and others each time", () => {
  const all = Array.from({ length: 20 }, sixWords);
  assert.equal(new Set(all).size, 20);
  for (const words of all)
    assert.ok(words.split(" ").every((word) => WORDS.includes(word)) && words.split(" ").length === 6);
});

test("words are compared without case, doubled spaces, hyphens or a stray stop", () => {
  assert.equal(foldWords("  Yo-Yo\tabacus \n drop\u2011down. "), "yo yo abacus drop down");
});

test("a recovery code is read as people write it", () => {
  const code = makeCode();
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.deepEqual(
    groups(code).map((one) => one.length),
    [4, 4, 4, 4, 4, 4, 2],
  );
  assert.equal(readCode(groups(code.toLowerCase()).join(" - ")), code);
  assert.equal(readCode("oO0iIlL1" + "A".repeat(18)), `00011111${"A".repeat(18)}`);
  for (const bad of ["", "A".repeat(25), "A".repeat(27), `U${"A".repeat(25)}`]) assert.equal(readCode(bad), null);
});

test("keys open by device, words and recovery code, and stay in the browser", async () => {
  const words = sixWords();
  const { keys, live, recovery } = await enrol("sam", { words });
  const who = { uid: "sam", kid: keys.kid };
  const way = await device();
  const raw = await openSlot(keys.slots, who, { words });
  keys.slots.push(await sealSlot(raw, who, way), { slot: recovery.slot, jwe: recovery.jwe });
  for (const one of [{ words: words.toUpperCase() }, way, { code: groups(recovery.code).join(" ").toLowerCase() }]) {
    const opened = await unlock(keys.slots, keys.vault, who, one);
    for (const name of ["amk", "enc", "sig"]) assert.equal(opened.live[name].extractable, false, name);
    assert.deepEqual(opened.pins, {});
  }
  for (const key of [live.amk, live.enc, live.sig]) await assert.rejects(crypto.subtle.exportKey("jwk", key));
});

test("the server gets public parts only, exactly four members each", async () => {
  const { keys } = await person("sam");
  for (const jwk of [keys.enc, keys.sig]) assert.deepEqual(Object.keys(jwk), ["kty", "crv", "x", "y"]);
  assert.ok(!JSON.stringify(keys).includes('"d":'));
  assert.deepEqual(Object.keys(keys), ["kid", "enc", "sig", "vault", "slots"]);
});

test("wrong words, a wrong code, a foreign device and a missing slot do not open", async () => {
  const words = sixWords();
  const { keys, recovery } = await enrol("sam", { words });
  const who = { uid: "sam", kid: keys.kid };
  keys.slots.push({ slot: recovery.slot, jwe: recovery.jwe });
  await deny(unlock(keys.slots, keys.vault, who, { words: sixWords() }), "key");
  await deny(unlock(keys.slots, keys.vault, who, { code: makeCode() }), "key");
  await deny(unlock(keys.slots, keys.vault, who, { code: "no code" }), "code");
  await deny(unlock(keys.slots, keys.vault, who, await device()), "slot");
  await deny(unlock(keys.slots, keys.vault, { ...who, uid: "eve" }, { words }), "context");
});

test("another account's vault or slot is refused", async () => {
  const [sam, eve] = [await person("sam"), await person("eve")];
  const who = { uid: "sam", kid: sam.keys.kid };
  await deny(unlock(sam.keys.slots, eve.keys.vault, who, sam.way), "context");
  await deny(unlock(eve.keys.slots, sam.keys.vault, who, eve.way), "context");
  const moved = [{ slot: "device:d1", jwe: (await sealSlot(random(32), who, await device("d2"))).jwe }];
  await deny(unlock(moved, sam.keys.vault, who, sam.way), "context");
});

test("a vault whose keys are not the account's is refused", async () => {
  const [sam, eve] = [await person("sam"), await person("eve")];
  const who = { uid: "sam", kid: sam.keys.kid };
  const eves = await openVault(eve.live.amk, { uid: "eve", kid: eve.keys.kid }, eve.keys.vault);
  await deny(openVault(sam.live.amk, who, await sealVault(sam.live.amk, who, eves)), "vault");
});

test("a note opens with its key and says what was written", async () => {
  const key = await wrapping(random(32));
  const text = "Línea uno\nline two 🚢";
  const jwe = await sealNote(key, text, note);
  assert.equal(await openNote(key, jwe, note), text);
  assert.equal(new TextDecoder().decode(base64url.decode(jwe.protected)), '{"alg":"A256KW","enc":"A256GCM"}');
  assert.equal(base64url.decode(jwe.ciphertext).length, 512);
  assert.deepEqual(Object.keys(jwe).sort(), ["aad", "ciphertext", "encrypted_key", "iv", "protected", "tag"]);
});

test("a note replayed as another, with a rewritten context, tampered or forged is refused", async () => {
  const key = await wrapping(random(32));
  const jwe = await sealNote(key, "hello", note);
  for (const change of [
    { note: "n2" },
    { rev: 2 },
    { epoch: 1 },
    { thread: "th2" },
    { author: "priya" },
    { kind: "plan" },
  ]) {
    const other = { ...note, ...change };
    await deny(openNote(key, jwe, other), "context");
    await deny(openNote(key, { ...jwe, aad: base64url.encode(canon(noteContext(other))) }, other), "key");
  }
  const turned = jwe.ciphertext.slice(0, 9) + (jwe.ciphertext[9] === "A" ? "B" : "A") + jwe.ciphertext.slice(10);
  await deny(openNote(key, { ...jwe, ciphertext: turned }, note), "key");
  await deny(openNote(key, await sealNote(await wrapping(random(32)), "forged", note), note), "key");
});

test("foreign algorithms, unprotected headers and more header members are refused", async () => {
  const key = await wrapping(random(32));
  const jwe = await sealNote(key, "hello", note);
  const header = (value) => ({ ...jwe, protected: base64url.encode(JSON.stringify(value)) });
  for (const value of [
    { alg: "dir", enc: "A256GCM" },
    { alg: "A128KW", enc: "A256GCM" },
    { alg: "A256KW", enc: "A128GCM" },
    { alg: "A256KW", enc: "A256GCM", zip: "DEF" },
    { alg: "A256KW", enc: "A256GCM", crit: ["x"] },
    { alg: BY_WORDS, enc: "A256GCM", p2c: 1000, p2s: "AAAA" },
    null,
  ]) {
    await deny(openNote(key, header(value), note), "header");
  }
  await deny(openNote(key, { ...jwe, protected: "%" }, note), "header");
  for (const more of [{ header: {} }, { unprotected: { alg: "dir" } }, { recipients: [] }]) {
    await deny(openNote(key, { ...jwe, ...more }, note), "shape");
  }
  for (const bad of [null, "text", [], { ...jwe, iv: 7 }]) await deny(openNote(key, bad, note), "shape");
});

test("words under a huge count of rounds, or anywhere but in the words slot, are refused", async () => {
  const words = sixWords();
  const { keys } = await enrol("sam", { words });
  const who = { uid: "sam", kid: keys.kid };
  const [slot] = keys.slots;
  const header = JSON.parse(new TextDecoder().decode(base64url.decode(slot.jwe.protected)));
  assert.equal(header.p2c, 600_000);
  assert.equal(base64url.decode(header.p2s).length, 16);
  const huge = base64url.encode(JSON.stringify({ ...header, p2c: 2_000_000_000 }));
  const before = performance.now();
  await deny(openSlot([{ ...slot, jwe: { ...slot.jwe, protected: huge } }], who, { words }), "key");
  assert.ok(performance.now() - before < 500);
  const elsewhere = await seal(BY_WORDS, utf8(foldWords(words)), pad(utf8("hello")), noteContext(note));
  await deny(openNote(await wrapping(random(32)), elsewhere, note), "header");
  const recovery = await seal(BY_WORDS, utf8(foldWords(words)), random(32), { v: 1, t: "slot", ...who, slot: "recovery" });
  await deny(openSlot([{ slot: "recovery", jwe: recovery }], who, { code: makeCode() }), "header");
});

test("a grant gives the thread key to whom it is for", async () => {
  const [sam, priya] = [await person("sam"), await person("priya")];
  const raw = random(32);
  const what = { thread: "th1", epoch: 0, key: raw };
  const expected = { thread: "th1", epoch: 0, by: "sam" };
  const jws = await makeGrant({ uid: "sam", sig: sam.live.sig }, priya.keys, what);
  assert.equal(new TextDecoder().decode(base64url.decode(jws.split(".")[0])), '{"alg":"ES256","typ":"alongside-grant+1"}');
  const key = await acceptGrant(priya.live, jws, expected, [sam.keys.sig]);
  const jwe = await sealNote(await wrapping(raw), "hello", note);
  assert.equal(await openNote(key, jwe, note), "hello");
  assert.equal(key.extractable, false);
});

test("grants for another person, thread, epoch or signer, or signed by another, are refused", async () => {
  const [sam, priya, eve] = [await person("sam"), await person("priya"), await person("eve")];
  const what = { thread: "th1", epoch: 0, key: random(32) };
  const expected = { thread: "th1", epoch: 0, by: "sam" };
  const by = { uid: "sam", sig: sam.live.sig };
  const jws = await makeGrant(by, priya.keys, what);
  const take = (grant, more = {}, me = priya, signers = [sam.keys.sig]) =>
    acceptGrant(me.live, grant, { ...expected, ...more }, signers);
  await deny(take(jws, {}, eve), "to");
  await deny(take(jws, { thread: "th2" }), "thread");
  await deny(take(jws, { epoch: 1 }), "epoch");
  await deny(take(jws, { by: "eve" }), "by");
  await deny(take(jws, {}, priya, [eve.keys.sig]), "signature");
  await deny(take(jws, {}, priya, []), "signature");
  await deny(take(await makeGrant({ uid: "sam", sig: eve.live.sig }, priya.keys, what)), "signature");
  const [head, payload, signature] = jws.split(".");
  const swapped = { ...JSON.parse(new TextDecoder().decode(base64url.decode(payload))), epoch: 1 };
  await deny(take(`${head}.${base64url.encode(JSON.stringify(swapped))}.${signature}`, { epoch: 1 }), "signature");
  const bare = base64url.encode('{"alg":"none"}');
  await deny(take(`${bare}.${payload}.`), "signature");
  // Rightly signed, yet what is inside was sealed for another epoch.
  const moved = { thread: "th1", epoch: 0, to: priya.keys.kid, by: "sam" };
  const other = JSON.parse(
    new TextDecoder().decode(base64url.decode((await makeGrant(by, priya.keys, { ...what, epoch: 1 })).split(".")[1])),
  );
  const sign = (body, typ = "alongside-grant+1") =>
    new CompactSign(utf8(JSON.stringify(body))).setProtectedHeader({ alg: "ES256", typ }).sign(sam.live.sig);
  await deny(take(await sign({ ...moved, jwe: other.jwe })), "context");
  const inner = JSON.parse(new TextDecoder().decode(base64url.decode(payload)));
  await deny(take(await sign(inner, "JWT")), "header");
  await deny(take(await sign({ ...inner, more: 1 })), "shape");
});

test("a key of another length in a grant is refused", async () => {
  const [sam, priya] = [await person("sam"), await person("priya")];
  const jws = await makeGrant({ uid: "sam", sig: sam.live.sig }, priya.keys, { thread: "th1", epoch: 0, key: random(16) });
  await deny(acceptGrant(priya.live, jws, { thread: "th1", epoch: 0, by: "sam" }, [sam.keys.sig]), "key");
});

test("what is sealed to a person does not open as another kind of thing", async () => {
  const sam = await person("sam");
  const context = { v: 1, t: "grant", thread: "th1", epoch: 0, to: sam.keys.kid };
  const jwe = await seal(WRAP, sam.live.amk, random(32), context);
  await deny(open(TO_PERSON, sam.live.enc, jwe, context), "header");
});

test("a draft opens for its writer and its place only", async () => {
  const [sam, eve] = [await person("sam"), await person("eve")];
  const jwe = await sealDraft(sam.live, "th1", "half a thought");
  assert.equal(await openDraft(sam.live, "th1", jwe), "half a thought");
  await deny(openDraft(sam.live, "th2", jwe), "context");
  await deny(openDraft(eve.live, "th1", jwe), "context");
});

// R-WRD-8
test("keys are pinned at first sight, and other ones later are told", async () => {
  const [priya, evil] = [await person("priya"), await person("priya")];
  const shown = await described(priya.keys);
  assert.equal(judge({}, "priya", shown), "new");
  const pins = pinned({}, "priya", shown);
  assert.equal(judge(pins, "priya", shown), "same");
  const other = await described(evil.keys);
  assert.equal(judge(pins, "priya", other), "changed");
  assert.equal(judge(pins, "priya", { ...shown, sig: other.sig }), "changed");
  assert.deepEqual(pinned(pins, "priya", other), pins);
  const accepted = compared(pins, "priya", other, "2026-11-24");
  assert.equal(judge(accepted, "priya", other), "same");
  assert.equal(accepted.priya.compared, "2026-11-24");
  assert.deepEqual(signersOf(accepted, "priya"), [other.key, shown.key]);
  assert.deepEqual(signersOf({}, "constructor"), []);
  await deny(described({ ...priya.keys, enc: evil.keys.enc }), "kid");
});

test("safety words are the same on both screens and others for other keys", async () => {
  const [sam, priya, evil] = await Promise.all(
    ["sam", "priya", "priya"].map(async (uid) => described((await person(uid)).keys)),
  );
  assert.deepEqual(await safetyWords(sam, priya), await safetyWords(priya, sam));
  assert.notDeepEqual(await safetyWords(sam, priya), await safetyWords(sam, evil));
  assert.notDeepEqual(await safetyWords(sam, priya), await safetyWords(sam, { ...priya, sig: evil.sig }));
  assert.equal((await wordsOf("x")).length, 6);
});
