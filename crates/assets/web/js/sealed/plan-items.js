// How goals, trials and proposals look in the plan.
import { citesList } from "./cites.js";
import { button, el } from "./dom.js";
import { plannedLine } from "./plan.js";
import { VERDICTS } from "./plan-forms.js";
import { shortDay, timeWords, dayWords } from "./times.js";

const STATES = { reached: ["Reached", "badge good"], dropped: ["Put aside", "badge"] };
const VERDICT_WORDS = Object.fromEntries(VERDICTS);
const ANSWERS = { goal: ["Now a goal", "badge good"], aside: ["Not now", "badge"] };

const badge = ([words, kind]) => el("span", { class: kind }, words);

/** How far an item of the plan is on its way, or "". */
export function onItsWay({ state, unkept }) {
  if (state === "sending") return "sending …";
  if (state === "waiting") return unkept ? "not sent yet: leave this page open, nothing else keeps it" : "not sent yet";
  return state === "refused" ? "not sent" : "";
}

const summary = (kind, text) => plannedLine(kind, text) ?? "This version does not open here.";

function earlier({ kind, versions }, now) {
  if (versions.length < 2) return null;
  const rows = versions
    .slice(0, -1)
    .map((one) =>
      el(
        "li",
        {},
        el("span", { class: "when" }, `${dayWords(one.at, now)}, ${timeWords(one.at)}`),
        el("p", { class: "said-text" }, summary(kind, one.text)),
      ),
    );
  return el(
    "details",
    { class: "more small" },
    el("summary", {}, "How it stood before"),
    el("ol", { class: "plain stack-s" }, ...rows),
  );
}

function foot({ entry, value }, actions, now) {
  const words = onItsWay(entry);
  const refused = entry.state === "refused";
  const buttons = refused
    ? [
        button("Put it back into the form", () => actions.again(entry, value), "btn small quiet"),
        button("Throw it away", () => actions.drop(entry), "btn small quiet"),
      ]
    : actions.buttons;
  return [
    entry.sentence ? el("p", { class: "error-text" }, entry.sentence) : null,
    words ? el("p", { class: "when" }, words) : null,
    buttons.length ? el("div", { class: "plan-doing" }, ...buttons) : null,
    earlier(entry, now),
  ];
}

/** One trial. */
export function trialItem(trial, actions, now) {
  const { tried, happened, verdict } = trial.value;
  return el(
    "li",
    { class: "plan-trial" },
    el("p", {}, el("b", {}, verdict === "running" ? "Trying: " : "Tried: "), tried),
    happened ? el("p", { class: "said-text" }, happened) : null,
    citesList(trial.value),
    el("p", {}, badge([VERDICT_WORDS[verdict], verdict === "keep" ? "badge good" : "badge"])),
    ...foot(trial, actions(trial), now),
  );
}

/** One goal with its trials. */
export function goalItem(goal, actions, trialActions, now) {
  const { what, size, by, evidence, state } = goal.value;
  const when = [size === "small" ? "Within two weeks" : "Takes longer than two weeks", by && `by ${shortDay(by)}`];
  return el(
    "li",
    { class: "plan-goal" },
    el("div", { class: "plan-head" }, el("h3", {}, what), STATES[state] ? badge(STATES[state]) : null),
    el("p", { class: "small soft" }, when.filter(Boolean).join(" · ")),
    evidence ? el("p", { class: "small" }, el("b", {}, "Why it may help: "), evidence) : null,
    citesList(goal.value),
    goal.trials.length
      ? el("ul", { class: "plain plan-trials" }, ...goal.trials.map((one) => trialItem(one, trialActions, now)))
      : null,
    ...foot(goal, actions(goal), now),
  );
}

/** One proposal. */
export function proposalItem(proposal, by, actions, now) {
  const { what, why } = proposal.value;
  return el(
    "li",
    { class: "plan-goal plan-proposal" },
    el(
      "div",
      { class: "plan-head" },
      el("h3", {}, what),
      badge(proposal.answer ? ANSWERS[proposal.answer] : [`Proposed by ${by}`, "badge warn"]),
    ),
    why ? el("p", { class: "said-text" }, why) : null,
    citesList(proposal.value),
    ...foot(proposal, actions(proposal), now),
  );
}
