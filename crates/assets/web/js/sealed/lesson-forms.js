// The forms about a lesson: what to look at, and feedback in words.
import { citesFields, citing } from "./cites.js";
import { keptForm, lineField, textField } from "./kept-form.js";
import { MOST_TARGETS, OWN, PARTS, saysSomething } from "./lesson.js";

const HINTS = {
  seen: "What happened, in planning, in teaching, in how the class ran. No judgement is needed.",
  learners: "What learners did and said because of it.",
  questions: "What you would like to ask.",
  next: "Something small that can be tried.",
  own: "Watching teaches as well. The other one reads it too (optional).",
};

const NOTHING = "Write something in one of the first four. The rest is optional.";

/** What the teacher would like to be looked at. @param {object} parts see keptForm */
export function focusForm(parts) {
  const text = textField({
    name: "text",
    label: "In your own words",
    hint: "A question about the lesson, such as: who answers, and how long do I wait?",
    rows: 3,
    needed: "Say in a few words what to look at.",
  });
  return keptForm({ ...parts, title: "What to look at", fields: [text], press: "Keep it" });
}

const targetNames = Array.from({ length: MOST_TARGETS }, (_, at) => `target${at}`);

/** What a form of feedback begins with. @param {object} value feedback, or none yet @param {string[]} targets of last time */
export function feedbackValues(value, targets) {
  const progress = targets.map((one) => value?.progress.find(({ target }) => target === one)?.words ?? "");
  return {
    ...Object.fromEntries([...PARTS, OWN].map(([name]) => [name, value?.[name] ?? ""])),
    ...Object.fromEntries(targetNames.map((name, at) => [name, value?.targets[at] ?? ""])),
    ...Object.fromEntries(progress.map((words, at) => [`progress${at}`, words])),
    ...citing(value),
  };
}

/** What a form of feedback says. @param {Record<string, string>} values @param {string[]} targets of last time */
export const feedbackOf = (values, targets) => ({
  ...Object.fromEntries([...PARTS, OWN].map(([name]) => [name, values[name]])),
  targets: targetNames.map((name) => values[name]).filter(Boolean),
  progress: targets.map((target, at) => ({ target, words: values[`progress${at}`] })).filter(({ words }) => words),
  ...citing(values),
});

/**
 * Feedback of whoever watched. `targets` are those of the last feedback: each has a field for what became of it.
 * @param {object} parts see keptForm
 */
export function feedbackForm({ targets, shelf, ...parts }) {
  const last = targets.map((target, at) =>
    textField({ name: `progress${at}`, label: `Since last time: ${target}`, hint: "What became of it, in words (optional)." }),
  );
  const four = PARTS.map(([name, label]) => textField({ name, label, hint: HINTS[name], rows: 3 }));
  const own = textField({ name: OWN[0], label: OWN[1], hint: HINTS.own });
  const next = targetNames.map((name, at) =>
    lineField({
      name,
      label: `A target for the next lesson (optional${at ? `, ${at + 1} of ${MOST_TARGETS}` : ""})`,
      hint: at ? undefined : "Agree on it together.",
    }),
  );
  return keptForm({
    ...parts,
    title: "Feedback",
    fields: [...four, own, ...last, ...next, ...citesFields(shelf, parts.values)],
    press: "Give this feedback",
    check: (values) => (saysSomething(values) ? "" : NOTHING),
  });
}
