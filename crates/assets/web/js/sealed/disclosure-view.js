// A disclosure as it is read: before it goes, and by whoever gets it.
import { el } from "./dom.js";
import { readFileItem } from "./files.js";
import { LABELS, isLesson, isPlanned } from "./kinds.js";
import { lessonWords } from "./lesson.js";
import { plannedLine } from "./plan.js";
import { momentWords } from "./times.js";

const NAMES = { ...LABELS, goal: "Goal", trial: "Trial", proposal: "Proposal" };

/** What of an entry can be chosen, as words; null where there is nothing. */
export function excerptText({ kind, text }) {
  if (text === null || kind === "earlier") return null;
  if (isPlanned(kind)) return plannedLine(kind, text);
  if (isLesson(kind)) return lessonWords(kind, text);
  if (kind !== "file") return text;
  const file = readFileItem(text);
  return file && [`A file, ${file.name}`, file.note].filter(Boolean).join(": ");
}

/** "Sam · Notes of a meeting · Friday 27 November, 10:30" */
export const excerptLine = ({ kind, at }, by) => [by, NAMES[kind], momentWords(at)].filter(Boolean).join(" · ");

/** The words and the excerpts. @param {{words: string, excerpts: object[]}} value @param {string} by name of the discloser */
export function disclosureBody({ words, excerpts }, by) {
  return el(
    "div",
    { class: "stack-s" },
    words ? el("p", { class: "said-text" }, words) : null,
    ...excerpts.map((one) =>
      el(
        "blockquote",
        { class: "quote" },
        el("p", { class: "when" }, excerptLine(one, one.author || by)),
        el("p", { class: "said-text" }, one.text),
      ),
    ),
  );
}

/** "Ruth Adeyemi", "Ruth Adeyemi and Tom Bell" */
export const namesWords = (names) => [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
