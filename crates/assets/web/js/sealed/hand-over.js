// Handing over: the teacher's own browser opens the thread with the practitioner before, and says chosen parts again in
// the new one. Nobody is ever let into the old thread.
import { utf8 } from "./bytes.js";
import { isLesson, isPlanned } from "./kinds.js";
import { lessonWords } from "./lesson.js";
import { planOf, readPlanned, writePlanned } from "./plan.js";

/** A bundle of what was said stays below this, in bytes. */
export const BUNDLE = 24_000;
/** A longer text is handed over in parts. */
const PART = 16_000;
const KINDS = new Set(["message", "meeting", "preparation", "request", "proposal", "focus", "notes", "feedback"]);

const size = (value) => utf8(JSON.stringify(value)).length;

/** The identifier of something handed over: the same whenever it is made of the same thread and name (a UUID of version 8). */
export async function derivedId(thread, name) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(`alongside/1/hand-over/${thread}/${name}`)));
  digest[6] = (digest[6] & 0x0f) | 0x80;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  const hex = [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function parts(text) {
  const found = [];
  let part = "";
  let bytes = 0;
  for (const letter of text) {
    const more = size(letter) - 2;
    if (bytes + more > PART) {
      found.push(part);
      [part, bytes] = ["", 0];
    }
    part += letter;
    bytes += more;
  }
  return [...found, part];
}

function proposalText(text) {
  const value = readPlanned("proposal", text);
  return value ? [value.what, value.why].filter(Boolean).join("\n") : null;
}

function wordsOf({ kind, text }) {
  if (kind === "proposal") return proposalText(text);
  return isLesson(kind) ? lessonWords(kind, text) : text;
}

// What was handed over earlier goes on as it is; everything else under its author's name, one's own under none.
function itemsOf(entry, nameOf) {
  if (entry.kind === "earlier") return readEarlier(entry.text)?.items ?? [];
  if (!KINDS.has(entry.kind)) return [];
  const text = wordsOf(entry);
  if (text === null) return [];
  return parts(text).map((part) => ({ kind: entry.kind, author: nameOf(entry.author), at: entry.at, text: part }));
}

/**
 * What was said, in bundles of at most {@link BUNDLE} bytes.
 * @param {object[]} entries of the old thread @param {{from: string, nameOf: (uid: string) => string}} who
 * @returns {{texts: string[], left: {files: number, closed: number}}} what could not be taken, too
 */
export function bundlesOf(entries, { from, nameOf }) {
  const said = entries.filter(({ kind }) => kind === "proposal" || !isPlanned(kind));
  const left = {
    files: said.filter(({ kind }) => kind === "file").length,
    closed: said.filter(({ kind, text }) => kind !== "file" && text === null).length,
  };
  const items = said.filter(({ text }) => text !== null).flatMap((entry) => itemsOf(entry, nameOf));
  const bundles = [];
  for (const item of items) {
    const last = bundles.at(-1);
    if (last && size({ v: 1, from, items: [...last, item] }) < BUNDLE) last.push(item);
    else bundles.push([item]);
  }
  return { texts: bundles.map((some) => JSON.stringify({ v: 1, from, items: some })), left };
}

/** What a bundle says, or null. */
export function readEarlier(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.v !== 1 || typeof value.from !== "string" || !Array.isArray(value.items)) return null;
  const fine = value.items.every(
    (item) => Number.isSafeInteger(item?.at) && ["kind", "author", "text"].every((name) => typeof item[name] === "string"),
  );
  return fine ? value : null;
}

/** Goals and trials as new ones of the same content; they name each other by their new identifiers. */
async function planItems(entries, old) {
  const { goals, loose } = planOf(entries);
  const goalItems = await Promise.all(
    goals.map(async ({ entry, value: { from: _, ...value } }) => ({
      note: await derivedId(old, `plan/${entry.note}`),
      kind: "goal",
      text: writePlanned("goal", value),
    })),
  );
  const trials = [...goals.flatMap((goal) => goal.trials), ...loose];
  const known = new Set(goals.map(({ entry }) => entry.note));
  const trialItems = await Promise.all(
    trials.map(async ({ entry, value }) => ({
      note: await derivedId(old, `plan/${entry.note}`),
      kind: "trial",
      text: writePlanned("trial", {
        ...value,
        goal: known.has(value.goal) ? await derivedId(old, `plan/${value.goal}`) : "",
      }),
    })),
  );
  return [...goalItems, ...trialItems];
}

/**
 * Everything to say in the new thread, in order.
 * @param {object[]} entries of the old thread
 * @param {{old: string, from: string, nameOf: (uid: string) => string, everything: boolean}} how
 */
export async function handedOver(entries, { old, from, nameOf, everything }) {
  const plan = await planItems(entries, old);
  if (!everything) return { items: plan, left: { files: 0, closed: 0 } };
  const { texts, left } = bundlesOf(entries, { from, nameOf });
  const said = await Promise.all(
    texts.map(async (text, at) => ({ note: await derivedId(old, `bundle/${at}`), kind: "earlier", text })),
  );
  return { items: [...said, ...plan], left };
}

/**
 * Says it all in the new thread; what is there already is not said again. `told` hears how far it is.
 * @returns {Promise<string>} why the server did not take some of it, or ""
 */
export async function say(thread, items, told = () => {}) {
  for (const [at, { note, kind, text }] of items.entries()) {
    told(at + 1, items.length);
    const there = thread.entries().find((entry) => entry.note === note);
    if (there?.state === "refused") await thread.drop(note, there.rev);
    else if (there) continue;
    await thread.sendAs(note, text, kind);
  }
  await thread.flush();
  const notes = new Set(items.map(({ note }) => note));
  return thread.entries().find(({ note, state }) => notes.has(note) && state === "refused")?.sentence ?? "";
}
