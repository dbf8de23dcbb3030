// The plan of a thread: goals and trials of the teacher, proposals of the practitioner. What an item holds, and how they
// stand together. Nothing here grades anybody.

import { citedWords, citing } from "./cites.js";

const SIZES = ["small", "medium"];
const STATES = ["open", "reached", "dropped"];
const VERDICTS = ["running", "keep", "change", "drop"];
const DAY = /^(\d{4}-\d\d-\d\d)?$/;

const shapes = {
  goal: {
    what: (text) => text.trim() !== "",
    size: (text) => SIZES.includes(text),
    by: (text) => DAY.test(text),
    evidence: () => true,
    state: (text) => STATES.includes(text),
  },
  proposal: { what: (text) => text.trim() !== "", why: () => true },
  trial: {
    goal: () => true,
    tried: (text) => text.trim() !== "",
    happened: () => true,
    verdict: (text) => VERDICTS.includes(text),
  },
};

/**
 * The text of an item of the plan.
 * @param {"goal"|"proposal"|"trial"} kind @param {Record<string, string>} value may hold `cites` too: see cites.js
 */
export function writePlanned(kind, value) {
  const names = [...Object.keys(shapes[kind]), ...(value.from ? ["from"] : [])];
  return JSON.stringify({ v: 1, ...Object.fromEntries(names.map((name) => [name, value[name]])), ...citing(value) });
}

/** What an item of the plan says, or null if it says something else. */
export function readPlanned(kind, text) {
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : null;
  if (!shape || typeof text !== "string") return null;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.v !== 1) return null;
  const fine = Object.entries(shape).every(([name, right]) => typeof value[name] === "string" && right(value[name]));
  if (!fine || !["undefined", "string"].includes(typeof value.from)) return null;
  const { cites: _, ...rest } = value;
  return { ...rest, ...citing(value) };
}

const order = ({ value }) => STATES.indexOf(value.state);

/** A goal that stands for "not now" to a proposal: never taken up, so never shown as a goal. */
const isAside = ({ value, entry }) => value.state === "dropped" && Boolean(value.from) && entry.versions.length === 1;

/**
 * The plan as it stands.
 * @param {object[]} entries see conversation.js
 * @returns {{goals: object[], loose: object[], proposals: object[], unread: number}} each with `entry` and `value`; goals
 *   with their `trials`, proposals with their `answer`: null, "goal" or "aside"
 */
export function planOf(entries) {
  const found = { goal: [], trial: [], proposal: [] };
  let unread = 0;
  for (const entry of entries) {
    if (!Object.hasOwn(found, entry.kind)) continue;
    const value = readPlanned(entry.kind, entry.text);
    if (value) found[entry.kind].push({ entry, value });
    else unread += 1;
  }
  const answers = new Map();
  for (const goal of found.goal) {
    if (goal.value.from && answers.get(goal.value.from) !== "goal")
      answers.set(goal.value.from, isAside(goal) ? "aside" : "goal");
  }
  const goals = found.goal
    .filter((goal) => !isAside(goal))
    .map((goal) => ({ ...goal, trials: found.trial.filter(({ value }) => value.goal === goal.entry.note) }))
    .sort((a, b) => order(a) - order(b));
  const known = new Set(goals.map(({ entry }) => entry.note));
  return {
    goals,
    loose: found.trial.filter(({ value }) => !known.has(value.goal)),
    proposals: found.proposal.map((one) => ({ ...one, answer: answers.get(one.entry.note) ?? null })),
    unread,
  };
}

const MEMBERS = ["what", "why", "evidence", "tried", "happened"];

/** An item of the plan as one line, or null if it says something else. */
export function plannedLine(kind, text) {
  const value = readPlanned(kind, text);
  return (
    value &&
    [...MEMBERS.map((name) => value[name]), ...citedWords(value)]
      .filter(Boolean)
      .join(" · ")
  );
}
