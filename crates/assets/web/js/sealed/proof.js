// A session begun after a password was reset shows that its person holds the keys, before it is told anything.
import { CompactSign } from "jose";
import { utf8 } from "./bytes.js";

const TYPE = "alongside-proof+1";

/**
 * @param {{uid: string, sig: CryptoKey}} live
 * @param {string} nonce of this session, from the server
 * @returns {Promise<string>} a compact JWS
 */
export function makeProof({ uid, sig }, nonce) {
  return new CompactSign(utf8(JSON.stringify({ uid, nonce }))).setProtectedHeader({ alg: "ES256", typ: TYPE }).sign(sig);
}
