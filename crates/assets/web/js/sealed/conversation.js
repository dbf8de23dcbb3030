// What is shown of a thread: items of the server and messages on their way, put together by note and revision.

/** @typedef {{note: string, rev: number, epoch: number, author: string, kind: string, jwe: object, at: number}} Item */

/** Items already known and items just read, each revision once, in order of writing. */
export function united(read, known) {
  const seen = new Set(read.map(({ note, rev }) => `${note}/${rev}`));
  return [...read, ...known.filter(({ note, rev }) => !seen.has(`${note}/${rev}`))];
}

function version(item, text, more) {
  return { rev: item.rev, at: item.at, place: item.place ?? 0, text, ...more };
}

/**
 * One entry for each note, in order of first writing. A revision by somebody else than the note's author, or of another
 * kind, counts as one that does not open.
 * @param {Item[]} items
 * @param {(item: Item) => string|null} textOf null where an item did not open
 * @param {object[]} waiting messages not yet sent
 */
export function conversation(items, textOf, waiting) {
  const entries = new Map();
  const all = [...items.map((item) => [item, "sent"]), ...waiting.map((item) => [item, item.state])];
  for (const [item, state] of all) {
    const entry = entries.get(item.note) ?? {
      note: item.note,
      author: item.author,
      at: item.at,
      kind: item.kind,
      versions: [],
    };
    entries.set(item.note, entry);
    if (entry.versions.some(({ rev }) => rev === item.rev)) continue;
    const same = item.author === entry.author && item.kind === entry.kind;
    const text = same ? textOf(item) : null;
    entry.versions.push(version(item, text, { state, sentence: item.sentence ?? "", unkept: item.unkept === true }));
  }
  return [...entries.values()].map((entry) => {
    const versions = entry.versions.sort((a, b) => a.rev - b.rev);
    const last = versions.at(-1);
    return {
      ...entry,
      versions,
      at: versions[0].at,
      text: last.text,
      rev: last.rev,
      state: last.state,
      sentence: last.sentence,
      unkept: last.unkept,
    };
  });
}

/** A readable sentence for where a thread stands. One of the names the page draws by. */
export function situation({ own, live, party, other, items, grants, standing, usable = true, lost, keptBack, compared, mayWrite }) {
  if (!other.keys && items === 0 && (party === "teacher" || own)) {
    return party === "teacher" ? "other-cannot-read" : "wait-for-teacher";
  }
  if (!own) return party === "teacher" ? "first-words" : "make-keys";
  if (!live) return "locked";
  if (!other.keys) return "other-cannot-read";
  if (standing === "changed" || standing === "false") return standing;
  // Without the key to what was said nothing is written before the two have compared.
  if (lost && !compared && (party === "teacher" || grants === 0)) return keptBack ? "not-come" : "renewed";
  if (party === "practitioner" && grants === 0) return items === 0 ? "wait-for-teacher" : keptBack ? "not-come" : "compared";
  if (!mayWrite) return "read-only";
  return party === "teacher" || usable ? "write" : "wait-for-key";
}
