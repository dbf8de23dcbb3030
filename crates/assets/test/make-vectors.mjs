// Writes tests/vectors/*.json once, with new random keys: node test/make-vectors.mjs --write
// The files are checked in; the browser code and the Rust tests both read them. Writing them anew changes every value.
// With --later only the ones of the second part are written anew; they build on the others as they lie there.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { base64url } from "jose";
import { publicJwk, sealSlot, sealVault, thumbprint } from "../web/js/sealed/account.js";
import { wrapping } from "../web/js/sealed/box.js";
import { canon, pad, paddedSize, random, utf8 } from "../web/js/sealed/bytes.js";
import { disclosureAbout, sealDisclosure, writeDisclosure } from "../web/js/sealed/disclosure.js";
import { fileContext, sealFile } from "../web/js/sealed/files.js";
import { makeGrant } from "../web/js/sealed/grants.js";
import { noteContext, sealNote } from "../web/js/sealed/notes.js";
import { safetyWords } from "../web/js/sealed/pins.js";
import { makeProof } from "../web/js/sealed/proof.js";
import { groups, makeCode } from "../web/js/sealed/recovery.js";
import { foldWords } from "../web/js/sealed/words.js";

const FOLDER = new URL("../../../tests/vectors/", import.meta.url);
const SAM = "0190a1b2-0000-7000-8000-000000000001";
const THREAD = "0190a1b2-0000-7000-8000-0000000000aa";
const NOTE = "0190a1b2-0000-7000-8000-0000000000bb";
const PRIYA = "0190a1b2-0000-7000-8000-000000000002";
const FILE = "0190a1b2-0000-7000-8000-0000000000cc";
const DISCLOSURE = "0190a1b2-0000-7000-8000-0000000000dd";
const b64 = (bytes) => base64url.encode(bytes);

const write = (name, about, value) =>
  writeFile(new URL(`${name}.json`, FOLDER), `${JSON.stringify({ about, ...value }, null, 2)}\n`);

async function pair(name, uses) {
  const { privateKey } = await crypto.subtle.generateKey({ name, namedCurve: "P-256" }, true, uses);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey("jwk", privateKey);
  return { kty, crv, x, y, d };
}

async function plain() {
  const sizes = [0, 1, 508, 509, 540, 541, 1000, 1020, 1021, 1500, 2044, 2045, 5000, 65_532, 65_533, 100_000];
  const padded = pad(utf8("Grüße"));
  await write("padding", "text_bytes become padded_bytes: four-byte big-endian length, Padmé with a floor of 512, zeros", {
    sizes: sizes.map((length) => ({ text_bytes: length, padded_bytes: paddedSize(length) })),
    sample: { text: "Grüße", padded: b64(padded) },
  });
  const contexts = [
    noteContext({ thread: THREAD, epoch: 0, note: NOTE, rev: 1, author: SAM, kind: "message" }),
    { v: 1, t: "vault", uid: SAM, kid: "abc" },
    { z: '"\\\n\u2028é🚢', a: 10, B: "upper case first" },
  ];
  await write("canonical", "a flat object as JSON with its names sorted by code unit; aad is its base64url", {
    cases: contexts.map((context) => ({ context, json: canon(context), aad: b64(utf8(canon(context))) })),
  });
}

async function people() {
  const [enc, sig, theirs, theirSig] = [
    await pair("ECDH", ["deriveBits"]),
    await pair("ECDSA", ["sign"]),
    await pair("ECDH", ["deriveBits"]),
    await pair("ECDSA", ["sign"]),
  ];
  await write("thumbprint", "kid is the RFC 7638 thumbprint (SHA-256, base64url) of the public encryption key", {
    cases: await Promise.all([enc, theirs].map(async (jwk) => ({ jwk: publicJwk(jwk), kid: await thumbprint(jwk) }))),
  });
  const [one, other] = await Promise.all(
    [
      [enc, sig],
      [theirs, theirSig],
    ].map(async ([e, s]) => ({ kid: await thumbprint(e), sig: await thumbprint(s) })),
  );
  await write(
    "safety-words",
    "SHA-256 of input as a big-endian number; six digits to the base 7776, lowest first; words of the EFF large list",
    {
      one,
      other,
      input: `[${[one, other].map(canon).sort().join()}]`,
      words: await safetyWords(one, other),
    },
  );
  return { enc, sig, theirs };
}

async function sealed({ enc, sig, theirs }) {
  const raw = random(32);
  const about = { thread: THREAD, epoch: 0, note: NOTE, rev: 1, author: SAM, kind: "message" };
  const text = "I think I answer my own questions,\nbecause the silence feels endless – “always”.";
  await write("note", "thread_key unwraps the content key (A256KW), which opens the text (A256GCM, padded)", {
    thread_key: b64(raw),
    context: noteContext(about),
    jwe: await sealNote(await wrapping(raw), text, about),
    text,
  });
  const key = await crypto.subtle.importKey("jwk", sig, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const to = { kid: await thumbprint(theirs), enc: theirs };
  await write(
    "grant",
    "a compact JWS (ES256) by signer; its payload's jwe opens with recipient to thread_key, the one of note.json",
    {
      signer: publicJwk(sig),
      recipient: theirs,
      expected: { thread: THREAD, epoch: 0, to: to.kid, by: SAM },
      jws: await makeGrant({ uid: SAM, sig: key }, to, { thread: THREAD, epoch: 0, key: raw }),
      thread_key: b64(raw),
    },
  );
  await account({ enc, sig });
}

async function account({ enc, sig }) {
  const amk = random(32);
  const who = { uid: SAM, kid: await thumbprint(enc) };
  const context = (slot) => ({ v: 1, t: "slot", ...who, slot });
  const typed = " Yo-Yo  abacus Zoom drop\u2011down unlit\tspoon ";
  await write("words-slot", "PBES2-HS512+A256KW under the folded words; opens to amk", {
    typed,
    folded: foldWords(typed),
    context: context("words"),
    amk: b64(amk),
    ...(await sealSlot(amk, who, { words: typed })),
  });
  const code = makeCode();
  await write(
    "recovery-slot",
    "A256KW under HKDF-SHA-256(ikm = the 26 characters of code, salt = 32 zeros, info); opens to amk",
    {
      code,
      shown: groups(code).join(" "),
      typed: groups(code).join("-").toLowerCase().replaceAll("0", "o").replaceAll("1", "l"),
      info: `alongside/1/recovery/${SAM}`,
      context: context("recovery"),
      amk: b64(amk),
      ...(await sealSlot(amk, who, { code })),
    },
  );
  const contents = { enc, sig, pins: {} };
  await write("vault", "opens with amk to the padded JSON of contents", {
    context: { v: 1, t: "vault", ...who },
    amk: b64(amk),
    jwe: await sealVault(await wrapping(amk), who, contents),
    contents,
  });
}

const read = async (name) => JSON.parse(await readFile(new URL(`${name}.json`, FOLDER), "utf8"));
const signing = (jwk) => crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);

async function later() {
  const [{ thread_key }, { recipient }, { contents }] = [await read("note"), await read("grant"), await read("vault")];
  const raw = base64url.decode(thread_key);
  const about = { thread: THREAD, epoch: 0, file: FILE, author: SAM };
  const bytes = random(700);
  await write("file", "thread_key (the one of note.json) unwraps the content key, which opens the padded bytes", {
    thread_key,
    context: fileContext(about),
    jwe: await sealFile(await wrapping(raw), bytes, about),
    bytes: b64(bytes),
  });
  const theirSig = await pair("ECDSA", ["sign"]);
  const mine = { kid: await thumbprint(contents.enc), enc: publicJwk(contents.enc) };
  await write(
    "return-grant",
    "a grant by the practitioner, who gives the teacher's new keys the thread_key of note.json back; else as grant.json",
    {
      signer: publicJwk(theirSig),
      recipient: contents.enc,
      expected: { thread: THREAD, epoch: 0, to: mine.kid, by: PRIYA },
      jws: await makeGrant({ uid: PRIYA, sig: await signing(theirSig) }, mine, { thread: THREAD, epoch: 0, key: raw }),
      thread_key,
    },
  );
  const sig = await signing(contents.sig);
  const nonce = [...random(32)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  await write("proof", "a compact JWS (ES256) by signer over exactly payload; shows that a session's person has the keys", {
    signer: publicJwk(contents.sig),
    uid: SAM,
    nonce,
    payload: JSON.stringify({ uid: SAM, nonce }),
    jws: await makeProof({ uid: SAM, sig }, nonce),
  });
  const words = writeDisclosure("Please ring me today.", [
    { kind: "message", author: "Priya Nair", at: 1_795_000_000, text: "She said so – twice." },
  ]);
  const lead = { kid: await thumbprint(recipient), enc: publicJwk(recipient) };
  const { jwe, grants } = await sealDisclosure({ uid: SAM, sig }, { disclosure: DISCLOSURE, text: words, to: [lead, mine] });
  await write(
    "disclosure",
    "grants[0] opens for recipient as in grant.json, with the disclosure in the thread's place; jwe as in note.json",
    {
      signer: publicJwk(contents.sig),
      recipient,
      expected: { thread: DISCLOSURE, epoch: 0, to: lead.kid, by: SAM },
      grants,
      context: noteContext(disclosureAbout(DISCLOSURE, SAM)),
      jwe,
      text: words,
    },
  );
}

if (process.argv.includes("--write")) {
  await mkdir(FOLDER, { recursive: true });
  await plain();
  await sealed(await people());
}
if (process.argv.includes("--write") || process.argv.includes("--later")) await later();
