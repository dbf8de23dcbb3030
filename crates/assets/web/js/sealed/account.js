// A person's keys: two pairs in a vault, the vault under an account key, the account key in one slot for each way to
// unlock it. The bare account key lives only while one of these functions runs, or in a slot's ciphertext.
import { calculateJwkThumbprint } from "jose";
import { fromUtf8, hasExactly, pad, random, unpad, utf8 } from "./bytes.js";
import { BY_WORDS, Refused, WRAP, open, seal, wrapping } from "./box.js";
import { foldWords } from "./words.js";
import { codeKey, makeCode, readCode } from "./recovery.js";

const ECDH = { name: "ECDH", namedCurve: "P-256" };
const ECDSA = { name: "ECDSA", namedCurve: "P-256" };

/** @typedef {{uid: string, kid: string}} Who */
/** @typedef {{words: string}|{code: string}|{device: {id: string, key: CryptoKey}}} Way */

/** The public part of a P-256 key, nothing else. */
export const publicJwk = ({ kty, crv, x, y }) => ({ kty, crv, x, y });

/** RFC 7638 thumbprint (SHA-256) of a public key. */
export const thumbprint = (jwk) => calculateJwkThumbprint(publicJwk(jwk), "sha256");

const privateJwk = ({ d, ...jwk }) => ({ ...publicJwk(jwk), d });
const slotContext = ({ uid, kid }, slot) => ({ v: 1, t: "slot", uid, kid, slot });
const vaultContext = ({ uid, kid }) => ({ v: 1, t: "vault", uid, kid });

/** The encryption key of somebody, to seal to. */
export const importEnc = (jwk) => crypto.subtle.importKey("jwk", publicJwk(jwk), ECDH, false, []);

/** A key that stays in this browser. */
export const makeDeviceKey = () =>
  crypto.subtle.generateKey({ name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);

async function lockOf(way, uid) {
  if ("words" in way) return { slot: "words", alg: BY_WORDS, key: utf8(foldWords(way.words)) };
  if ("device" in way) return { slot: `device:${way.device.id}`, alg: WRAP, key: way.device.key };
  const code = readCode(way.code);
  if (!code) throw new Refused("code");
  return { slot: "recovery", alg: WRAP, key: await codeKey(code, uid) };
}

/**
 * The account key in one slot.
 * @param {Uint8Array} amk @param {Who} who @param {Way} way
 * @returns {Promise<{slot: string, jwe: object}>}
 */
export async function sealSlot(amk, who, way) {
  const { slot, alg, key } = await lockOf(way, who.uid);
  return { slot, jwe: await seal(alg, key, amk, slotContext(who, slot)) };
}

/**
 * The bare account key out of one of the slots. Use it at once and overwrite it.
 * @param {{slot: string, jwe: object}[]} slots @param {Who} who @param {Way} way
 */
export async function openSlot(slots, who, way) {
  const { slot, alg, key } = await lockOf(way, who.uid);
  const found = slots.find((one) => one.slot === slot);
  if (!found) throw new Refused("slot");
  const amk = await open(alg, key, found.jwe, slotContext(who, slot));
  if (amk.length !== 32) throw new Refused("key");
  return amk;
}

/** The vault's contents, sealed. @param {CryptoKey} amk @param {Who} who */
export function sealVault(amk, who, { enc, sig, pins }) {
  return seal(WRAP, amk, pad(utf8(JSON.stringify({ enc, sig, pins }))), vaultContext(who));
}

/** The vault's contents, if they belong to this account. @param {CryptoKey} amk @param {Who} who */
export async function openVault(amk, who, jwe) {
  const contents = JSON.parse(fromUtf8(unpad(await open(WRAP, amk, jwe, vaultContext(who)))));
  if (!hasExactly(contents, ["enc", "sig", "pins"])) throw new Refused("vault");
  if ((await thumbprint(contents.enc)) !== who.kid) throw new Refused("vault");
  return contents;
}

/**
 * What stays in the browser after unlocking: keys that cannot be exported.
 * @param {CryptoKey} amk @param {Who} who @param {object} contents of the vault
 */
export async function liveKeys(amk, who, contents) {
  return {
    ...who,
    amk,
    enc: await crypto.subtle.importKey("jwk", privateJwk(contents.enc), ECDH, false, ["deriveBits"]),
    sig: await crypto.subtle.importKey("jwk", privateJwk(contents.sig), ECDSA, false, ["sign"]),
    // The public parts come from the vault too: those the server shows could be anybody's.
    encPublic: publicJwk(contents.enc),
    sigPublic: publicJwk(contents.sig),
  };
}

/** Unlocks an account by one of its slots. */
export async function unlock(slots, vault, who, way) {
  const raw = await openSlot(slots, who, way);
  try {
    const amk = await wrapping(raw);
    const contents = await openVault(amk, who, vault);
    return { live: await liveKeys(amk, who, contents), pins: contents.pins };
  } finally {
    raw.fill(0);
  }
}

/** A recovery slot not yet filed: it goes to the server when its code has been typed back. */
export async function makeRecovery(amk, who) {
  const code = makeCode();
  return { code, ...(await sealSlot(amk, who, { code })) };
}

async function pair(how, uses) {
  const { privateKey } = await crypto.subtle.generateKey(how, true, uses);
  return privateJwk(await crypto.subtle.exportKey("jwk", privateKey));
}

// Keys that took the place of others are noted among the pins, as one's own: every browser that opens the vault knows it.
const markOf = async (kid, sig) => ({ kid, sig: await thumbprint(sig), key: publicJwk(sig), compared: null, anew: true });

/**
 * New keys for somebody, with one first slot, and a recovery slot not yet filed.
 * @param {string} uid @param {Way} way @param {boolean} [anew] whether they take the place of others
 */
export async function enrol(uid, way, anew = false) {
  const raw = random(32);
  try {
    const amk = await wrapping(raw);
    const [enc, sig] = [await pair(ECDH, ["deriveBits"]), await pair(ECDSA, ["sign", "verify"])];
    const who = { uid, kid: await thumbprint(enc) };
    const pins = anew ? { [uid]: await markOf(who.kid, sig) } : {};
    const contents = { enc, sig, pins };
    const keys = {
      kid: who.kid,
      enc: publicJwk(contents.enc),
      sig: publicJwk(contents.sig),
      vault: await sealVault(amk, who, contents),
      slots: [await sealSlot(raw, who, way)],
    };
    return { keys, live: await liveKeys(amk, who, contents), pins, recovery: await makeRecovery(raw, who) };
  } finally {
    raw.fill(0);
  }
}
