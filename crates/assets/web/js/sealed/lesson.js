// What is written about a lesson: what to look at, notes, feedback. What an item holds, and how they stand together. Words
// only: nothing here can hold a grade, a number or a level (R-OBS-7).
import { utf8 } from "./bytes.js";
import { citedWords, citing } from "./cites.js";

/** Notes of one lesson stay below this, in bytes. */
export const LONGEST = 24_000;
/** At most so many targets are agreed for the next lesson. */
export const MOST_TARGETS = 3;
/** How often one item can be kept; then another one goes on. */
export const MOST_KEPT = 50;

/** The parts of feedback, in the order in which they are read. */
export const PARTS = [
  ["seen", "What was seen"],
  ["learners", "What it did for the learners"],
  ["questions", "Questions"],
  ["next", "What to try next"],
];

/** What whoever watched learned for their own teaching; said earlier than this part was there, it is missing. */
export const OWN = /** @type {const} */ (["own", "What I take from it for my own teaching"]);

const isText = (value) => typeof value === "string";
const isLine = (line) => isText(line?.id) && isText(line.text) && Number.isSafeInteger(line.at);
const isProgress = (one) => isText(one?.target) && isText(one.words);

const shapes = {
  focus: ({ text }) => isText(text) && text.trim() !== "",
  notes: ({ lines }) => Array.isArray(lines) && lines.every(isLine),
  feedback: (value) =>
    PARTS.every(([name]) => isText(value[name])) &&
    (value.own === undefined || isText(value.own)) &&
    Array.isArray(value.targets) &&
    value.targets.length <= MOST_TARGETS &&
    value.targets.every(isText) &&
    Array.isArray(value.progress) &&
    value.progress.every(isProgress),
};

const NAMES = {
  focus: ["text"],
  notes: ["lines"],
  feedback: [...PARTS.map(([name]) => name), OWN[0], "targets", "progress"],
};

/** The text of an item about a lesson. @param {"focus"|"notes"|"feedback"} kind @param {string} meeting */
export const writeLesson = (kind, meeting, value) =>
  JSON.stringify({
    v: 1,
    meeting,
    ...Object.fromEntries(NAMES[kind].map((name) => [name, value[name]])),
    ...(kind === "feedback" ? citing(value) : {}),
  });

/** What an item about a lesson says, or null if it says something else. */
export function readLesson(kind, text) {
  if (!Object.hasOwn(shapes, kind) || typeof text !== "string") return null;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.v !== 1 || !isText(value.meeting) || !shapes[kind](value)) return null;
  const { cites: _, ...rest } = value;
  return { ...rest, ...(kind === "feedback" ? citing(value) : {}) };
}

/** Whether feedback says anything in one of the four parts that are for the other one. */
export const saysSomething = (value) => PARTS.some(([name]) => value[name].trim());

function feedbackWords(value) {
  const parts = [...PARTS, OWN].filter(([name]) => value[name]).map(([name, label]) => `${label}: ${value[name]}`);
  const targets = value.targets.map((one) => `For the next lesson: ${one}`);
  return [...parts, ...value.progress.map(({ target, words }) => `Since last time, ${target}: ${words}`), ...targets, ...citedWords(value)];
}

/** An item about a lesson as plain words, or null if it says something else. */
export function lessonWords(kind, text) {
  const value = readLesson(kind, text);
  if (!value) return null;
  if (kind === "focus") return value.text;
  return (kind === "notes" ? value.lines.map((line) => line.text) : feedbackWords(value)).join("\n");
}

/** Whether somebody's lines have room. */
export const fits = (lines) => utf8(JSON.stringify(lines)).length < LONGEST;

/** The identifier of somebody's notes of a meeting: the same on every device, so that two of them meet (a UUID of version 8). */
export async function notesId(thread, meeting, author, part = 0) {
  const name = `alongside/1/notes/${thread}/${meeting}/${author}/${part}`;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(name)));
  digest[6] = (digest[6] & 0x0f) | 0x80;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  const hex = [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const sameLines = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Lines in the order in which they were written. */
const inOrder = (lines) => lines.map((line, at) => [line, at]).sort(([a, m], [b, n]) => a.at - b.at || m - n).map(([line]) => line);

/**
 * Notes that two devices went on with, put together: nothing is lost. A line that both changed stands there twice, and one
 * that one of them took out and the other one changed stays.
 * @param {{id: string, at: number, text: string}[]} base what both began from
 * @param {(line: object) => object} copy gives a line an identifier of its own
 * @returns {{lines: object[], both: boolean}} whether both had changed them
 */
export function merged(base, mine, theirs, copy) {
  if (sameLines(mine, theirs) || sameLines(theirs, base)) return { lines: mine, both: false };
  if (sameLines(mine, base)) return { lines: theirs, both: false };
  const by = (lines) => new Map(lines.map((line) => [line.id, line]));
  const [before, ours, others] = [by(base), by(mine), by(theirs)];
  const lines = [];
  for (const id of new Set([...others.keys(), ...ours.keys()])) {
    const [was, one, other] = [before.get(id)?.text, ours.get(id), others.get(id)];
    if (!one || !other) {
      const left = one ?? other;
      // Taken out on one device: gone, unless the other one had changed it meanwhile or written it afresh.
      if (was === undefined || left.text !== was) lines.push(left);
    } else if (one.text === other.text || other.text === was) lines.push(one);
    else lines.push(other, ...(one.text === was ? [] : [copy(one)]));
  }
  return { lines: inOrder(lines), both: true };
}

/**
 * What is written about each lesson. Notes and feedback count only from somebody who watches it, the focus only from the teacher.
 * @param {object[]} entries see conversation.js
 * @returns {Map<string, {focus: object[], notes: object[], feedback: object[]}>} by meeting, each with `entry` and `value`
 */
export function lessonsOf(entries) {
  const found = new Map();
  for (const entry of entries) {
    const value = readLesson(entry.kind, entry.text);
    if (!value) continue;
    const one = found.get(value.meeting) ?? { focus: [], notes: [], feedback: [] };
    one[entry.kind].push({ entry, value });
    found.set(value.meeting, one);
  }
  return found;
}

/** Somebody's notes of a lesson as they stand: later items go on where an earlier one could not be kept any more. */
export const lastNotes = (notes, author) => notes.filter(({ entry }) => entry.author === author).at(-1) ?? null;
