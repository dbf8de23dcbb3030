// The recovery code: 130 bits as 26 characters of Crockford's base 32, read as people write them.
import { random, utf8 } from "./bytes.js";
import { wrapping } from "./box.js";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 26;
const GROUP = 4;

/** A new code, without separators. */
export function makeCode() {
  return [...random(LENGTH)].map((byte) => LETTERS[byte & 31]).join("");
}

/** The code in seven groups, as it is shown. */
export function groups(code) {
  return code.match(new RegExp(`.{1,${GROUP}}`, "g"));
}

/** The code somebody typed, without separators; null if it cannot be one. */
export function readCode(typed) {
  const code = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  const fine = code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter));
  return fine ? code : null;
}

/** The wrapping key of a code: HKDF-SHA-256 over its 26 characters, no salt (32 zeros), for one person. */
export async function codeKey(code, uid) {
  const base = await crypto.subtle.importKey("raw", utf8(code), "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8(`alongside/1/recovery/${uid}`) };
  const raw = new Uint8Array(await crypto.subtle.deriveBits(how, base, 256));
  const key = await wrapping(raw);
  raw.fill(0);
  return key;
}
