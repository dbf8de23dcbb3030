// Text folded for comparing: without case, accents and doubled spaces, so that "sean" finds "Seán".
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

/** Whether every word of `query` begins somewhere in `text`; an empty query matches all. */
export function matches(text, query) {
  const folded = fold(text);
  return fold(query)
    .split(" ")
    .every((word) => folded.includes(word));
}
