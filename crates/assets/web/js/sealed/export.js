// Everything of somebody's own, opened in their browser: what the server knows, and what only they can open.
import { Files, readFileItem } from "./files.js";
import { LABELS } from "./kinds.js";
import { openDisclosure, readDisclosure } from "./disclosure.js";
import { Thread } from "./thread.js";
import { sentenceFor } from "./sentences.js";
import { Refused } from "./box.js";
import { SignedOut } from "./net.js";

/** Files together may be this large, in bytes; a browser holds them all at once. */
export const MOST_FILES = 100 * 1024 * 1024;

const REASONS = {
  sealed: "It was sealed for keys that you do not have, or it was changed on its way.",
  file: "The file does not open, or it is not there any more.",
  room: "It would make the files larger than 100 MB. Open it in the thread and keep it from there.",
};

/** Bytes as base 64. */
export function base64(bytes) {
  const pieces = [];
  const many = 0x6000;
  for (let at = 0; at < bytes.length; at += many) pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + many))));
  return pieces.join("");
}

function itemOf(entry, nameOf) {
  const versions = entry.versions.map(({ rev, at, text }) => ({ rev, at, text }));
  return { item: entry.note, kind: entry.kind, by: nameOf(entry.author), state: entry.state, versions };
}

async function filesOf(entries, files, room) {
  const [found, closed] = [[], []];
  for (const entry of entries.filter(({ kind, text }) => kind === "file" && text !== null)) {
    const item = readFileItem(entry.text);
    const name = item?.name ?? "A file";
    if (item && item.size > room.left) {
      closed.push({ what: name, why: REASONS.room });
      continue;
    }
    try {
      const { bytes, type, name: safe } = await files.open(entry);
      room.left -= bytes.length;
      found.push({ item: entry.note, name: safe, type, size: bytes.length, base64: base64(bytes) });
    } catch (fault) {
      if (fault instanceof SignedOut) throw fault;
      closed.push({ what: name, why: fault instanceof Refused ? REASONS.file : sentenceFor(fault) });
    }
  }
  return { found, closed };
}

async function threadOf(about, { keys, net, store, person, room }) {
  const thread = new Thread({ id: about.thread, keys, net, store });
  try {
    await thread.load();
  } catch (fault) {
    if (fault instanceof SignedOut) throw fault;
    return { ...about, items: [], files: [], closed: [{ what: "All that was said", why: sentenceFor(fault) }] };
  }
  const nameOf = (uid) => (uid === keys.uid ? person : uid === thread.otherUid ? thread.otherName : "Somebody else");
  const entries = thread.entries();
  const closed = entries
    .filter(({ versions }) => versions.some(({ text }) => text === null))
    .map(({ kind }) => ({ what: LABELS[kind] || kind, why: REASONS.sealed }));
  const files = await filesOf(entries, new Files({ id: about.thread, thread, net }), room);
  return {
    ...about,
    items: entries.map((entry) => itemOf(entry, nameOf)),
    files: files.found,
    closed: [...closed, ...files.closed],
  };
}

/** What was passed to the safeguarding leads, as a thread of its own with one thing said in each excerpt. */
async function disclosureOf({ disclosure, title, day }, { keys, net, person }) {
  const about = { disclosure, title, from: day, files: [] };
  try {
    if (!keys.live) throw new Refused("locked");
    const json = await net.read(`/disclosures/${disclosure}/words`);
    if (json.disclosure !== disclosure) throw new Refused("disclosure");
    const value = readDisclosure((await openDisclosure(keys, json)).text);
    if (!value) throw new Refused("disclosure");
    const by = json.by.uid === keys.uid ? person : json.by.name;
    const one = (kind, author, at, text) => ({ kind, by: author, state: "sent", versions: [{ rev: 1, at, text }] });
    const excerpts = value.excerpts.map(({ kind, author, at, text }) => one(kind, author || by, at, text));
    return { ...about, items: [one("disclosure", by, null, value.words), ...excerpts], closed: [] };
  } catch (fault) {
    if (fault instanceof SignedOut) throw fault;
    const why = fault instanceof Refused ? REASONS.sealed : sentenceFor(fault);
    return { ...about, items: [], closed: [{ what: "What was passed on", why }] };
  }
}

/**
 * Gathers everything. `told` hears which thread is being opened.
 * @param {{keys: object, net: object, store: object, told?: (at: number, all: number) => void, now?: () => number}} parts
 * @returns {Promise<{made: string, server: object, threads: object[], disclosures: object[]}>}
 */
export async function gather({ keys, net, store, told = () => {}, now = Date.now }) {
  const server = await net.read("/account/data.json");
  const listed = Array.isArray(server.threads) ? server.threads : [];
  const room = { left: MOST_FILES };
  const person = server.person?.name ?? "You";
  const threads = [];
  for (const [at, about] of listed.entries()) {
    told(at + 1, listed.length);
    threads.push(await threadOf(about, { keys, net, store, person, room }));
  }
  const disclosures = [];
  const passed = Array.isArray(server.disclosures) ? server.disclosures : [];
  for (const about of passed) disclosures.push(await disclosureOf(about, { keys, net, person }));
  return { made: new Date(now()).toISOString(), server, threads, disclosures };
}

/** What could not be opened, as lines. */
export const closedOf = ({ threads, disclosures = [] }) =>
  [...threads, ...disclosures].flatMap(({ title, closed }) => closed.map(({ what, why }) => `${title}: ${what}. ${why}`));
