// A thread key for one participant: sealed to their encryption key and signed by whoever gives it.
import { CompactSign, compactVerify } from "jose";
import { fromUtf8, hasExactly, utf8 } from "./bytes.js";
import { Refused, TO_PERSON, open, seal, wrapping } from "./box.js";
import { importEnc } from "./account.js";

const TYPE = "alongside-grant+1";
const grantContext = (thread, epoch, to) => ({ v: 1, t: "grant", thread, epoch, to });

/**
 * @param {{uid: string, sig: CryptoKey}} by the signer
 * @param {{kid: string, enc: object}} to whom it is for, with the public key
 * @param {{thread: string, epoch: number, key: Uint8Array}} what the bare thread key
 * @returns {Promise<string>} a compact JWS
 */
export async function makeGrant(by, to, { thread, epoch, key }) {
  const jwe = await seal(TO_PERSON, await importEnc(to.enc), key, grantContext(thread, epoch, to.kid));
  const payload = JSON.stringify({ thread, epoch, to: to.kid, by: by.uid, jwe });
  return new CompactSign(utf8(payload)).setProtectedHeader({ alg: "ES256", typ: TYPE }).sign(by.sig);
}

async function verified(jws, signers) {
  for (const jwk of signers) {
    try {
      const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
      return { jwk, ...(await compactVerify(jws, key, { algorithms: ["ES256"] })) };
    } catch {
      // Perhaps it is by the key before.
    }
  }
  throw new Refused("signature");
}

/** Which of these public keys signed a grant. @throws {Refused} if none did */
export const signerOf = async (jws, signers) => (await verified(jws, signers)).jwk;

/**
 * The bare thread key in a grant, if it was signed by one of `signers`, is for this thread, epoch and signer, and for me.
 * Use it at once and overwrite it.
 * @param {{kid: string, enc: CryptoKey}} me
 * @param {string} jws
 * @param {{thread: string, epoch: number, by: string}} expected
 * @param {object[]} signers public keys that this browser knows as the signer's
 * @returns {Promise<Uint8Array>}
 */
export async function openGrant(me, jws, expected, signers) {
  const { payload, protectedHeader } = await verified(jws, signers);
  if (!hasExactly(protectedHeader, ["alg", "typ"]) || protectedHeader.typ !== TYPE) throw new Refused("header");
  const grant = JSON.parse(fromUtf8(payload));
  if (!hasExactly(grant, ["thread", "epoch", "to", "by", "jwe"])) throw new Refused("shape");
  for (const name of ["thread", "epoch", "by"]) {
    if (grant[name] !== expected[name]) throw new Refused(name);
  }
  if (grant.to !== me.kid) throw new Refused("to");
  const raw = await open(TO_PERSON, me.enc, grant.jwe, grantContext(grant.thread, grant.epoch, me.kid));
  if (raw.length !== 32) throw new Refused("key");
  return raw;
}

/**
 * The same, as a key that cannot be exported.
 * @returns {Promise<CryptoKey>}
 */
export async function acceptGrant(me, jws, expected, signers) {
  const raw = await openGrant(me, jws, expected, signers);
  try {
    return await wrapping(raw);
  } finally {
    raw.fill(0);
  }
}

/** The same grant for somebody else: the thread key is opened once more, wrapped again, and overwritten. */
export async function passOn(me, { jws, expected, signers }, to) {
  const raw = await openGrant(me, jws, expected, signers);
  try {
    return await makeGrant({ uid: me.uid, sig: me.sig }, to, { ...expected, key: raw });
  } finally {
    raw.fill(0);
  }
}
