// What the second implementation sealed (tests/vectors/from-rust.json, made by crates/sealing/tests/second) opens here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { base64url, compactVerify } from "jose";
import { openSlot, openVault } from "../web/js/sealed/account.js";
import { Refused, wrapping } from "../web/js/sealed/box.js";
import { canon, paddedSize } from "../web/js/sealed/bytes.js";
import { openDisclosure } from "../web/js/sealed/disclosure.js";
import { openFile } from "../web/js/sealed/files.js";
import { acceptGrant } from "../web/js/sealed/grants.js";
import { openNote } from "../web/js/sealed/notes.js";
import { safetyWords } from "../web/js/sealed/pins.js";
import { groups, readCode } from "../web/js/sealed/recovery.js";
import { WORDS } from "../web/js/sealed/word-list.js";
import { foldWords } from "../web/js/sealed/words.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}.json`, import.meta.url), "utf8"));
const rust = read("from-rust");
const bytes = (text) => new Uint8Array(base64url.decode(text));
const opening = (jwk) => crypto.subtle.importKey("jwk", jwk, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
const refused = (code) => (error) => error instanceof Refused && error.code === code;

test("contexts, lengths and safety words come out the same", async () => {
  for (const { context, json } of rust.canonical) assert.equal(canon(context), json);
  for (const { text_bytes, padded_bytes } of rust.padding) assert.equal(paddedSize(text_bytes), padded_bytes);
  const { one, other, words_at } = rust["safety-words"];
  assert.deepEqual(
    await safetyWords(one, other),
    words_at.map((place) => WORDS[place]),
  );
  assert.deepEqual(
    read("safety-words").words,
    rust.words_at.map((place) => WORDS[place]),
  );
});

test("a note and a file open in their place", async () => {
  const { note, file } = rust;
  const key = await wrapping(bytes(note.thread_key));
  assert.equal(await openNote(key, note.jwe, note.context), note.text);
  await assert.rejects(openNote(key, note.jwe, { ...note.context, kind: "message" }), refused("context"));
  assert.deepEqual(await openFile(await wrapping(bytes(file.thread_key)), file.jwe, file.context), bytes(file.bytes));
  await assert.rejects(openFile(await wrapping(bytes(rust.vault.amk)), file.jwe, file.context), refused("key"));
});

for (const name of ["grant", "return-grant"]) {
  test(`a ${name} opens for its recipient to the note's key`, async () => {
    const { signer, recipient, expected, jws } = rust[name];
    const me = { kid: expected.to, enc: await opening(recipient) };
    const key = await acceptGrant(me, jws, expected, [signer]);
    assert.equal(await openNote(key, rust.note.jwe, rust.note.context), rust.note.text);
    const another = rust[name === "grant" ? "return-grant" : "grant"].signer;
    await assert.rejects(acceptGrant(me, jws, expected, [another]), refused("signature"));
    await assert.rejects(acceptGrant(me, jws, { ...expected, epoch: 0 }, [signer]), refused("epoch"));
  });
}

test("both slots open to the account key, and that the vault", async () => {
  const [words, recovery, vault] = [rust["words-slot"], rust["recovery-slot"], rust.vault];
  assert.equal(foldWords(words.typed), words.folded);
  assert.equal(readCode(recovery.typed), recovery.code);
  assert.equal(groups(recovery.code).join(" "), recovery.shown);
  const who = { uid: vault.context.uid, kid: vault.context.kid };
  for (const [slot, way] of [
    [words, { words: words.typed }],
    [recovery, { code: recovery.typed }],
  ]) {
    assert.equal(base64url.encode(await openSlot([slot], who, way)), vault.amk);
  }
  assert.deepEqual(await openVault(await wrapping(bytes(vault.amk)), who, vault.jwe), vault.contents);
});

test("a proof and a disclosure are what they say", async () => {
  const { signer, payload, jws } = rust.proof;
  const key = await crypto.subtle.importKey("jwk", signer, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  assert.equal(new TextDecoder().decode((await compactVerify(jws, key)).payload), payload);
  const { recipient, expected, grants, jwe, text, ...one } = rust.disclosure;
  const live = { uid: "lead", kid: expected.to, enc: await opening(recipient) };
  const by = { uid: expected.by, keys: { sig: one.signer } };
  const opened = await openDisclosure(
    { live, pins: {} },
    { disclosure: expected.thread, by: { uid: expected.by, keys: null }, grants: [{ jws: grants[0], by }], jwe },
  );
  assert.equal(opened.text, text);
});
