// Whose keys this browser knows (R-WRD-8). The first keys seen are kept; other ones later are refused until two people
// have compared safety words.
import { canon } from "./bytes.js";
import { Refused } from "./box.js";
import { publicJwk, thumbprint } from "./account.js";
import { wordsOf } from "./words.js";

/**
 * What is pinned of keys that the server shows.
 * @param {{kid: string, enc: object, sig: object}} keys
 * @returns {Promise<{kid: string, sig: string, key: object}>}
 * @throws {Refused} if the name of the keys is not their thumbprint
 */
export async function described(keys) {
  if ((await thumbprint(keys.enc)) !== keys.kid) throw new Refused("kid");
  return { kid: keys.kid, sig: await thumbprint(keys.sig), key: publicJwk(keys.sig) };
}

/** "new", "same" or "changed": how keys stand to those pinned for somebody. */
export function judge(pins, uid, shown) {
  const pin = Object.hasOwn(pins, uid) ? pins[uid] : null;
  if (!pin) return "new";
  return pin.kid === shown.kid && pin.sig === shown.sig ? "same" : "changed";
}

/** The pins with somebody added at first sight; whoever is known already stays as they are. */
export function pinned(pins, uid, shown) {
  return Object.hasOwn(pins, uid) ? pins : { ...pins, [uid]: { ...shown, compared: null } };
}

/** The pins after safety words were compared on `date`; signing keys known before stay good for what was granted then. */
export function compared(pins, uid, shown, date) {
  const before = Object.hasOwn(pins, uid) ? pins[uid] : null;
  const other = before && before.sig !== shown.sig;
  const was = [...(before?.was ?? []), ...(other ? [before.key] : [])];
  const sure = [...(before?.sure ?? []), ...(other && before.compared ? [before.key] : [])];
  return {
    ...pins,
    [uid]: { ...shown, compared: date, ...(was.length ? { was } : {}), ...(sure.length ? { sure } : {}) },
  };
}

/** The public keys whose signature counts as somebody's. */
export function signersOf(pins, uid) {
  const pin = Object.hasOwn(pins, uid) ? pins[uid] : null;
  return pin ? [pin.key, ...(pin.was ?? [])] : [];
}

/** Of these the ones that were compared by safety words: they alone may give back what was said. */
export function comparedSignersOf(pins, uid) {
  const pin = Object.hasOwn(pins, uid) ? pins[uid] : null;
  return pin ? [...(pin.compared ? [pin.key] : []), ...(pin.sure ?? [])] : [];
}

/**
 * The six safety words of two people: the same on both screens.
 * @param {{kid: string, sig: string}} one @param {{kid: string, sig: string}} other
 */
export function safetyWords(one, other) {
  const pairs = [one, other].map(({ kid, sig }) => canon({ kid, sig })).sort();
  return wordsOf(`[${pairs.join()}]`);
}
