// How what is written about a lesson looks: calm, in words.
import { citesList } from "./cites.js";
import { button, el } from "./dom.js";
import { OWN, PARTS, lessonWords } from "./lesson.js";
import { onItsWay } from "./plan-items.js";
import { dayWords, timeWords } from "./times.js";

const part = (title, text) => (text ? [el("h5", {}, title), el("p", { class: "said-text" }, text)] : []);

function earlier({ kind, versions }, now) {
  if (versions.length < 2) return null;
  const rows = versions
    .slice(0, -1)
    .map(({ at, text }) =>
      el(
        "li",
        {},
        el("span", { class: "when" }, `${dayWords(at, now)}, ${timeWords(at)}`),
        el("p", { class: "said-text" }, lessonWords(kind, text) ?? "This version does not open here."),
      ),
    );
  return el(
    "details",
    { class: "more small" },
    el("summary", {}, "How it stood before"),
    el("ol", { class: "plain stack-s" }, ...rows),
  );
}

// What did not go can be taken up again or thrown away, like everything that is said.
function foot({ entry, value }, { buttons, again, drop }, now) {
  const words = onItsWay(entry);
  const refused = entry.state === "refused";
  const doing = refused
    ? [
        again ? button("Put it back into the form", () => again(entry, value), "btn small quiet") : null,
        button("Throw it away", () => drop(entry), "btn small quiet"),
      ]
    : buttons;
  return [
    entry.sentence ? el("p", { class: "error-text" }, entry.sentence) : null,
    words ? el("p", { class: "when" }, words) : null,
    doing.length ? el("div", { class: "plan-doing" }, ...doing) : null,
    earlier(entry, now),
  ];
}

/** What to look at. */
export const focusItem = (focus, doing, now) =>
  el(
    "section",
    { class: "lesson-part" },
    el("h4", {}, "What to look at"),
    el("p", { class: "said-text" }, focus.value.text),
    ...foot(focus, doing, now),
  );

/** Notes of a lesson, each line with its time; folded, because they are long. @param {string} by "you" or a name */
export const notesItem = (notes, by, doing, now) =>
  el(
    "section",
    { class: "lesson-part" },
    el(
      "details",
      { class: "more" },
      el("summary", {}, by === "you" ? "Your notes" : `Notes by ${by}`),
      el(
        "ol",
        { class: "plain pad-lines" },
        ...notes.value.lines.map(({ at, text }) =>
          el("li", {}, el("span", { class: "when" }, timeWords(at)), el("p", { class: "said-text" }, text)),
        ),
      ),
    ),
    ...foot(notes, doing, now),
  );

/**
 * Feedback. @param {string} by "you" or a name
 * @param {(target: string, at: number) => Node|null} beside what stands beside a target
 */
export function feedbackItem(feedback, by, doing, beside, now) {
  const { value } = feedback;
  const list = (title, rows) => (rows.length ? [el("h5", {}, title), el("ul", { class: "lesson-list" }, ...rows)] : []);
  const progress = value.progress.map(({ target, words }) => el("li", {}, el("b", {}, `${target}: `), words));
  const targets = value.targets.map((target, at) => el("li", {}, el("span", {}, target), beside(target, at)));
  return el(
    "section",
    { class: "lesson-part lesson-feedback" },
    el("h4", {}, by === "you" ? "Your feedback" : `Feedback from ${by}`),
    ...[...PARTS, OWN].flatMap(([name, title]) => part(title, value[name])),
    ...list("Since last time", progress),
    ...list("Agreed for the next lesson", targets),
    citesList(value),
    ...foot(feedback, doing, now),
  );
}
