// Six words from a list of 7,776: made by the browser, never chosen.
import { WORDS } from "./word-list.js";
import { random, utf8 } from "./bytes.js";

const MANY = 6;

/** Words as they are compared: lower case, one space between, hyphens read as spaces. */
export function foldWords(typed) {
  return typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\u00ad\u2010-\u2015\u2212,.;_-]+/gu, " ")
    .trim();
}

function anyWord() {
  // Values past the last whole multiple would favour the first words.
  const limit = 2 ** 32 - (2 ** 32 % WORDS.length);
  for (;;) {
    const [value] = new Uint32Array(random(4).buffer);
    if (value < limit) return WORDS[value % WORDS.length];
  }
}

/** Six new words (77 bits), as they are shown. */
export function sixWords() {
  return Array.from({ length: MANY }, anyWord).join(" ");
}

/**
 * Six words that stand for a text: its SHA-256 read as one big-endian number, its lowest six digits to the base 7,776.
 * @returns {Promise<string[]>}
 */
export async function wordsOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text)));
  let number = digest.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const base = BigInt(WORDS.length);
  return Array.from({ length: MANY }, () => {
    const word = WORDS[Number(number % base)];
    number /= base;
    return word;
  });
}
