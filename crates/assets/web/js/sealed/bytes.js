// Bytes, canonical JSON and padding. No keys here.

/** UTF-8 bytes of a text. */
export const utf8 = (text) => new TextEncoder().encode(text);

/** The text of UTF-8 bytes; throws on anything else. */
export const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** `n` random bytes. */
export const random = (n) => crypto.getRandomValues(new Uint8Array(n));

/**
 * JSON of a flat object with its keys sorted: the same bytes wherever it is written.
 * @param {Record<string, string|number>} context
 */
export function canon(context) {
  const entries = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of entries) {
    const fine = typeof value === "string" || Number.isSafeInteger(value);
    if (!fine) throw new TypeError(`not a flat value: ${name}`);
  }
  return JSON.stringify(Object.fromEntries(entries));
}

const FLOOR = 512;
const PREFIX = 4;

/** How many bytes `length` bytes and their length become: Padmé (hides all but about 12 %), at least 512. */
export function paddedSize(length) {
  const whole = Math.max(length + PREFIX, FLOOR);
  const exponent = 31 - Math.clz32(whole);
  const kept = 32 - Math.clz32(exponent);
  const mask = 2 ** (exponent - kept) - 1;
  return whole + mask - ((whole + mask) % (mask + 1));
}

/** The bytes behind a four-byte length, with zeros after them. */
export function pad(bytes) {
  const padded = new Uint8Array(paddedSize(bytes.length));
  new DataView(padded.buffer).setUint32(0, bytes.length);
  padded.set(bytes, PREFIX);
  return padded;
}

/** What was padded; throws if it was not padded as {@link pad} does. */
export function unpad(padded) {
  if (padded.length < FLOOR) throw new RangeError("too short to be padded");
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const end = PREFIX + length;
  if (end > padded.length || paddedSize(length) !== padded.length) throw new RangeError("padded to another length");
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new RangeError("padded with something");
  return padded.slice(PREFIX, end);
}

/** Whether an object has exactly these names. */
export function hasExactly(object, names) {
  if (object === null || typeof object !== "object" || Array.isArray(object)) return false;
  return Object.keys(object).sort().join() === [...names].sort().join();
}
