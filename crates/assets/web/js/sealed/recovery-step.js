// The recovery code: shown, written down, typed back, and only then filed.
import { attempt, button, el, field, form, goTo, status } from "./dom.js";
import { groups, readCode } from "./recovery.js";
import { sentenceFor } from "./sentences.js";
import { unlockForm } from "./unlock-form.js";

const printed = (on) => document.documentElement.classList.toggle("said-print", on);

// On a phone printing begins after the call is over: what is to be printed stays marked until then.
function printCode() {
  printed(true);
  addEventListener("afterprint", () => printed(false), { once: true });
  window.print();
}

function showStep({ code, place, keys, done, later }) {
  // A browser that does not tell when it has printed must not leave other pages blank on paper.
  const left = (act) => () => {
    printed(false);
    return act();
  };
  const heading = el("h3", {}, "Your recovery code");
  const node = el(
    "section",
    { class: "card stack said-step" },
    heading,
    el(
      "p",
      {},
      "If this device or your words are lost, this code opens what you wrote. Write it down or print it, and keep it away from this computer. Nobody at the college has a copy.",
    ),
    el(
      "p",
      { class: "said-code said-groups", translate: "no" },
      ...groups(code).flatMap((group, at) => [at ? " " : "", el("span", {}, group)]),
    ),
    el(
      "div",
      { class: "row" },
      button("I have it on paper", left(() => place(typeStep({ code, place, keys, done, later })))),
      button("Print it", printCode, "btn ghost"),
      button("Later", left(later), "btn quiet"),
    ),
  );
  return { node, focus: () => goTo(heading) };
}

function typeStep({ code, place, keys, done, later }) {
  const heading = el("h3", {}, "Type your recovery code once");
  const input = el("input", { type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false" });
  const typed = field({
    label: "Recovery code, from your paper",
    hint: "Spaces and capitals do not matter. This shows that the paper can be read.",
    input,
  });
  const said = status();
  const act = async () => {
    if (readCode(input.value) !== code) {
      typed.wrong("That is not the code. Compare it with your paper, or look at the code again.");
      return;
    }
    const work = async () => {
      await keys.fileRecovery();
      await done();
    };
    await attempt({ typed, said, meanwhile: "Filing …", work, told: sentenceFor });
  };
  const node = el(
    "section",
    { class: "card stack said-step" },
    heading,
    form(
      { class: "stack" },
      act,
      typed.node,
      el(
        "div",
        { class: "row" },
        el("button", { class: "btn", type: "submit" }, "File it"),
        button("Show the code again", () => place(showStep({ code, place, keys, done, later })), "btn ghost"),
        button("Later", later, "btn quiet"),
      ),
    ),
    said.node,
  );
  return { node, focus: () => goTo(heading) };
}

/**
 * Begins the recovery step; asks for words or code first where this device cannot open the keys by itself.
 * @param {{keys: object, place: (step: object) => void, done: () => Promise<void>, later: () => void}} parts
 */
export async function recoveryStep({ keys, place, done, later }) {
  const show = (code) => place(showStep({ code, place, keys, done, later }));
  if (keys.hasPrepared || (await keys.hasDevice())) return show(await keys.recovery());
  const act = async (way) => show(await keys.recovery(way));
  place(unlockForm({ keys, title: "First, your six words", act, cancel: later }));
}

/** The banner while there is no recovery code. */
export function recoveryBanner(begin) {
  return el(
    "div",
    { class: "note said-banner" },
    el(
      "p",
      {},
      el("b", {}, "Your recovery code is not made yet."),
      " Without it, a lost device or lost words mean lost messages.",
    ),
    button("Make my recovery code", begin, "btn small ghost"),
  );
}
