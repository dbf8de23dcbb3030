// The one sealed format: a flattened JWE with its context as authenticated data. Whoever opens one says which algorithm
// and which context it must have; nothing is believed from the header.
import { FlattenedEncrypt, base64url, flattenedDecrypt } from "jose";
import { canon, fromUtf8, hasExactly, random, utf8 } from "./bytes.js";

/** A key wrapped by another key. */
export const WRAP = "A256KW";
/** A key for the holder of a P-256 pair. */
export const TO_PERSON = "ECDH-ES+A256KW";
/** A key under six words. */
export const BY_WORDS = "PBES2-HS512+A256KW";
/** How often words are stretched; anything much larger is refused, because it would only keep the browser busy. */
export const ROUNDS = 600_000;
const MOST_ROUNDS = 1_000_000;

const PARTS = ["aad", "ciphertext", "encrypted_key", "iv", "protected", "tag"];
const HEADERS = {
  [WRAP]: ["alg", "enc"],
  [TO_PERSON]: ["alg", "enc", "epk"],
  [BY_WORDS]: ["alg", "enc", "p2c", "p2s"],
};

/** Something sealed that is not what it should be. */
export class Refused extends Error {
  /** @param {string} code for tests and for choosing a sentence */
  constructor(code) {
    super(code);
    this.name = "Refused";
    this.code = code;
  }
}

/**
 * Seals bytes.
 * @param {string} alg one of the three above
 * @param {CryptoKey|Uint8Array} key that opens it (for TO_PERSON the public key)
 * @param {Uint8Array} bytes
 * @param {Record<string, string|number>} context
 * @returns {Promise<object>} the six parts
 */
export async function seal(alg, key, bytes, context) {
  const box = new FlattenedEncrypt(bytes)
    .setProtectedHeader({ alg, enc: "A256GCM" })
    .setAdditionalAuthenticatedData(utf8(canon(context)));
  if (alg === BY_WORDS) box.setKeyManagementParameters({ p2c: ROUNDS, p2s: random(16) });
  const { protected: header, encrypted_key, iv, ciphertext, tag, aad } = await box.encrypt(key);
  return { protected: header, encrypted_key, iv, ciphertext, tag, aad };
}

function check(alg, jwe, context) {
  if (!hasExactly(jwe, PARTS) || PARTS.some((part) => typeof jwe[part] !== "string")) throw new Refused("shape");
  if (jwe.aad !== base64url.encode(canon(context))) throw new Refused("context");
  let header;
  try {
    header = JSON.parse(fromUtf8(base64url.decode(jwe.protected)));
  } catch {
    throw new Refused("header");
  }
  if (header?.alg !== alg || header.enc !== "A256GCM" || !hasExactly(header, HEADERS[alg])) throw new Refused("header");
}

/**
 * Opens what {@link seal} made, if it is of this algorithm and this context.
 * @throws {Refused}
 */
export async function open(alg, key, jwe, context) {
  check(alg, jwe, context);
  try {
    const { plaintext } = await flattenedDecrypt(jwe, key, {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: ["A256GCM"],
      maxPBES2Count: MOST_ROUNDS,
    });
    return plaintext;
  } catch {
    throw new Refused("key");
  }
}

/** A wrapping key that cannot be taken out of the browser again. */
export function wrapping(raw) {
  return crypto.subtle.importKey("raw", raw, "AES-KW", false, ["wrapKey", "unwrapKey"]);
}
