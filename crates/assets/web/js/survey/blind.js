// A ticket that the server signs without seeing it: RFC 9474, RSABSSA-SHA384-PSS-Deterministic, on BigInt and WebCrypto's
// SHA-384. The token is 32 bytes of chance, so that it need not be randomised again. Nothing here sends anything.

const HASH = 48;
const SALT = 48;
const EXPONENT = 65537n;
/** Bytes of a token. */
export const TOKEN = 32;

const number = (bytes) => BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("") || "0"}`);

function bytesOf(value, length) {
  const digits = value.toString(16).padStart(length * 2, "0");
  if (digits.length > length * 2) throw new RangeError("a number that is too large");
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function power(base, exponent, modulus) {
  let [result, square, left] = [1n, base % modulus, exponent];
  while (left > 0n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
    left >>= 1n;
  }
  return result;
}

/** The inverse, or null where there is none. */
function inverse(value, modulus) {
  let [r, next, t, after] = [modulus, value % modulus, 0n, 1n];
  while (next > 0n) {
    const times = r / next;
    [r, next] = [next, r - times * next];
    [t, after] = [after, t - times * after];
  }
  return r === 1n ? ((t % modulus) + modulus) % modulus : null;
}

const sha = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));

async function mask(seed, length) {
  const parts = [];
  for (let count = 0; count * HASH < length; count += 1) parts.push(await sha(joined(seed, bytesOf(BigInt(count), 4))));
  return joined(...parts).subarray(0, length);
}

/** EMSA-PSS-ENCODE (RFC 8017, 9.1.1). */
async function encoded(message, salt, bits) {
  const length = Math.ceil(bits / 8);
  const hash = await sha(joined(new Uint8Array(8), await sha(message), salt));
  const block = joined(new Uint8Array(length - salt.length - HASH - 2), Uint8Array.of(1), salt);
  const over = await mask(hash, block.length);
  const masked = block.map((byte, at) => byte ^ over[at]);
  masked[0] &= 0xff >> (8 * length - bits);
  return joined(masked, hash, Uint8Array.of(0xbc));
}

/** EMSA-PSS-VERIFY (RFC 8017, 9.1.2). */
async function isEncoding(message, given, bits) {
  const length = given.length;
  if (given[length - 1] !== 0xbc) return false;
  const [masked, hash] = [given.subarray(0, length - HASH - 1), given.subarray(length - HASH - 1, length - 1)];
  if (masked[0] & ~(0xff >> (8 * length - bits)) & 0xff) return false;
  const over = await mask(hash, masked.length);
  const block = masked.map((byte, at) => byte ^ over[at]);
  block[0] &= 0xff >> (8 * length - bits);
  const rest = block.length - SALT - 1;
  if (block.subarray(0, rest).some((byte) => byte !== 0) || block[rest] !== 1) return false;
  const again = await sha(joined(new Uint8Array(8), await sha(message), block.subarray(rest + 1)));
  return again.every((byte, at) => byte === hash[at]);
}

const sizes = (modulus) => ({ n: number(modulus), length: modulus.length, bits: number(modulus).toString(2).length - 1 });

function chosen(n, length) {
  for (;;) {
    const value = number(crypto.getRandomValues(new Uint8Array(length)));
    if (value > 0n && value < n) return value;
  }
}

/**
 * Blinds a token. `fixed` is for test vectors alone: the salt, and the inverse of the blinding factor.
 * @returns {Promise<{blinded: Uint8Array, inverse: Uint8Array}>} what the server may see, and what it must not
 */
export async function blind(modulus, token, fixed = {}) {
  const { n, length, bits } = sizes(modulus);
  const salt = fixed.salt ?? crypto.getRandomValues(new Uint8Array(SALT));
  const message = number(await encoded(token, salt, bits));
  if (inverse(message, n) === null) throw new RangeError("a key that is none");
  let [factor, back] = [fixed.inverse ? inverse(number(fixed.inverse), n) : null, null];
  do {
    factor ??= chosen(n, length);
    back = inverse(factor, n);
    if (back === null) factor = null;
  } while (back === null);
  const blinded = (message * power(factor, EXPONENT, n)) % n;
  return { blinded: bytesOf(blinded, length), inverse: bytesOf(back, length) };
}

/** Takes the blinding off; throws where the server did not sign with the key of this survey. */
export async function finish(modulus, token, signed, back) {
  const { n, length, bits } = sizes(modulus);
  if (signed.length !== length) throw new RangeError("a signature of another size");
  const signature = (number(signed) * number(back)) % n;
  const shown = bytesOf(power(signature, EXPONENT, n), Math.ceil(bits / 8));
  if (!(await isEncoding(token, shown, bits))) throw new Error("not signed with this key");
  return bytesOf(signature, length);
}
