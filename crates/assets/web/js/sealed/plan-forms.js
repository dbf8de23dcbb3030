// The forms of the plan: a goal, a trial, a proposal.
import { citesFields } from "./cites.js";
import { choiceField, dayField, keptForm, textField } from "./kept-form.js";

/** How a goal's size is said: small enough to try soon is chosen beforehand (R-WRD-16). */
export const SIZES = [
  ["small", "Yes, within two weeks"],
  ["medium", "No, it takes longer"],
];

/** How a trial went, in words that judge the trial and nobody. */
export const VERDICTS = [
  ["running", "Still trying it"],
  ["keep", "Keep it"],
  ["change", "Change it"],
  ["drop", "Drop it"],
];

/** A goal of the teacher's. @param {object} parts see keptForm; `values` may hold `from`, the proposal it came from; `shelf` see cites.js */
export function goalForm({ values = {}, shelf, ...parts }) {
  const fields = [
    textField({ name: "what", label: "What I want to be able to do", needed: "Say in a few words what it is." }),
    choiceField({ name: "size", label: "Can you try it within two weeks?", choices: SIZES }),
    dayField({ name: "by", label: "By when (optional)" }),
    textField({
      name: "evidence",
      label: "What makes you think it helps (optional)",
      hint: "A source, or something you saw.",
    }),
    ...citesFields(shelf, values),
  ];
  const send = (now) => parts.send({ state: values.state ?? "open", from: values.from, ...now });
  return keptForm({ ...parts, values, fields, send });
}

/** A trial of the teacher's, for a goal or for none. */
export function trialForm({ values = {}, shelf, ...parts }) {
  const fields = [
    textField({ name: "tried", label: "What I try", needed: "Say in a few words what you try." }),
    textField({ name: "happened", label: "What happened (can wait)", hint: "What you saw, not how good it was." }),
    choiceField({ name: "verdict", label: "What now?", choices: VERDICTS }),
    ...citesFields(shelf, values),
  ];
  const send = (now) => parts.send({ goal: values.goal ?? "", ...now });
  return keptForm({ ...parts, values, fields, send });
}

/** A proposal of the practitioner's. */
export function proposalForm({ shelf, ...parts }) {
  const fields = [
    textField({ name: "what", label: "What could be worth trying", needed: "Say in a few words what it is." }),
    textField({ name: "why", label: "Why (optional)" }),
    ...citesFields(shelf, parts.values),
  ];
  return keptForm({ ...parts, fields });
}

/** The form for a kind of the plan. */
export const FORMS = { goal: goalForm, trial: trialForm, proposal: proposalForm };
