// The vectors in tests/vectors, which the Rust tests read too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { base64url } from "jose";
import { openSlot, openVault, thumbprint } from "../web/js/sealed/account.js";
import { wrapping } from "../web/js/sealed/box.js";
import { canon, pad, paddedSize, unpad, utf8 } from "../web/js/sealed/bytes.js";
import { acceptGrant } from "../web/js/sealed/grants.js";
import { compactVerify } from "jose";
import { openDisclosure } from "../web/js/sealed/disclosure.js";
import { openFile } from "../web/js/sealed/files.js";
import { openNote, sealNote } from "../web/js/sealed/notes.js";
import { safetyWords } from "../web/js/sealed/pins.js";
import { groups, readCode } from "../web/js/sealed/recovery.js";
import { foldWords } from "../web/js/sealed/words.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}.json`, import.meta.url), "utf8"));
const bytes = (text) => base64url.decode(text);

test("padding sizes", () => {
  const { sizes, sample } = read("padding");
  for (const { text_bytes, padded_bytes } of sizes) assert.equal(paddedSize(text_bytes), padded_bytes, `${text_bytes}`);
  assert.deepEqual(pad(utf8(sample.text)), new Uint8Array(bytes(sample.padded)));
  assert.deepEqual(unpad(bytes(sample.padded)), utf8(sample.text));
});

test("canonical JSON", () => {
  for (const { context, json, aad } of read("canonical").cases) {
    assert.equal(canon(context), json);
    assert.equal(base64url.encode(json), aad);
  }
});

test("thumbprints", async () => {
  for (const { jwk, kid } of read("thumbprint").cases) assert.equal(await thumbprint(jwk), kid);
});

test("a note opens with its thread key", async () => {
  const { thread_key, context, jwe, text } = read("note");
  assert.equal(await openNote(await wrapping(bytes(thread_key)), jwe, context), text);
});

test("a grant opens for its recipient to the note's thread key", async () => {
  const { signer, recipient, expected, jws, thread_key } = read("grant");
  const enc = await crypto.subtle.importKey("jwk", recipient, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const key = await acceptGrant({ kid: expected.to, enc }, jws, expected, [signer]);
  const note = read("note");
  assert.equal(thread_key, note.thread_key);
  assert.equal(await openNote(key, note.jwe, note.context), note.text);
  assert.ok(await sealNote(key, "an answer", note.context));
});

test("the words slot and the recovery slot open to the account key, and that the vault", async () => {
  const [words, recovery, vault] = ["words-slot", "recovery-slot", "vault"].map(read);
  assert.equal(foldWords(words.typed), words.folded);
  assert.equal(readCode(recovery.typed), recovery.code);
  assert.equal(groups(recovery.code).join(" "), recovery.shown);
  for (const [file, way] of [
    [words, { words: words.folded }],
    [recovery, { code: recovery.shown }],
  ]) {
    const amk = await openSlot([file], { uid: file.context.uid, kid: file.context.kid }, way);
    assert.equal(base64url.encode(amk), vault.amk);
  }
  const contents = await openVault(
    await wrapping(bytes(vault.amk)),
    { uid: vault.context.uid, kid: vault.context.kid },
    vault.jwe,
  );
  assert.deepEqual(contents, vault.contents);
});

const opening = (jwk) => crypto.subtle.importKey("jwk", jwk, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);

test("a file opens with its thread key", async () => {
  const { thread_key, context, jwe, bytes: inside } = read("file");
  assert.deepEqual(await openFile(await wrapping(bytes(thread_key)), jwe, context), new Uint8Array(bytes(inside)));
});

test("a key given back opens the note", async () => {
  const { signer, recipient, expected, jws } = read("return-grant");
  const key = await acceptGrant({ kid: expected.to, enc: await opening(recipient) }, jws, expected, [signer]);
  const note = read("note");
  assert.equal(await openNote(key, note.jwe, note.context), note.text);
});

test("a proof is over its payload, byte for byte", async () => {
  const { signer, payload, jws } = read("proof");
  const key = await crypto.subtle.importKey("jwk", signer, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const proof = await compactVerify(jws, key, { algorithms: ["ES256"] });
  assert.equal(new TextDecoder().decode(proof.payload), payload);
  assert.deepEqual(proof.protectedHeader, { alg: "ES256", typ: "alongside-proof+1" });
});

test("a disclosure opens for its recipient", async () => {
  const { signer, recipient, expected, grants, jwe, text } = read("disclosure");
  const live = { uid: "lead", kid: expected.to, enc: await opening(recipient) };
  const by = { uid: expected.by, keys: { sig: signer } };
  const opened = await openDisclosure(
    { live, pins: {} },
    { disclosure: expected.thread, by: { uid: expected.by, keys: null }, grants: [{ jws: grants[0], by }], jwe },
  );
  assert.equal(opened.text, text);
});

test("safety words", async () => {
  const { one, other, words } = read("safety-words");
  assert.deepEqual(await safetyWords(other, one), words);
});
