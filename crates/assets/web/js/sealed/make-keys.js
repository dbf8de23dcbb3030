// Making keys: one question, and on a shared computer six words.
import { attempt, button, el, field, form, goTo, status } from "./dom.js";
import { foldWords, sixWords } from "./words.js";
import { sentenceFor } from "./sentences.js";

/** A field for words that a password manager may keep or give. */
export function wordsField({ label, hint, kind }) {
  const input = el("input", {
    type: "password",
    autocomplete: kind,
    autocapitalize: "none",
    spellcheck: "false",
    required: true,
  });
  const one = field({ label, hint, input });
  const look = button(
    "Show what I type",
    () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      look.textContent = hidden ? "Hide what I type" : "Show what I type";
    },
    "btn small quiet",
  );
  one.node.append(look);
  return { ...one, input };
}

/** The name a password manager files the words under. */
export function hiddenName(uid) {
  return el("input", {
    type: "text",
    autocomplete: "username",
    value: uid,
    readonly: true,
    tabindex: "-1",
    class: "visually-hidden",
    "aria-hidden": "true",
  });
}

/** Six words, shown and typed back. `keep` files them. */
export function wordsStep({ uid, title, keep, cancel }) {
  const words = sixWords();
  const typed = wordsField({
    label: "Type the six words",
    hint: "As they stand above; capitals do not matter.",
    kind: "new-password",
  });
  const said = status();
  const heading = el("h3", {}, title);
  const copy = button(
    "Copy",
    async () => {
      try {
        await navigator.clipboard.writeText(words);
        said.say("Copied. Paste the words into your password manager, then type or paste them below.");
      } catch {
        said.say("This browser does not let a page copy. Mark the words and copy them yourself.");
      }
    },
    "btn small ghost",
  );
  const act = async () => {
    if (foldWords(typed.input.value) !== foldWords(words)) {
      typed.wrong("Those are not the six words above. Look for a slip.");
      return;
    }
    await attempt({ typed, said, meanwhile: "One moment …", work: () => keep(words), told: sentenceFor });
  };
  const node = el(
    "section",
    { class: "card stack said-step" },
    heading,
    el(
      "p",
      {},
      "These six words open what you write, here and on any computer. Keep them in your password manager or on paper.",
    ),
    el("p", { class: "said-code", translate: "no" }, words),
    copy,
    form(
      { class: "stack" },
      act,
      hiddenName(uid),
      typed.node,
      el(
        "div",
        { class: "row" },
        el("button", { class: "btn", type: "submit" }, "Keep these words"),
        cancel && button("Not now", cancel, "btn quiet"),
      ),
    ),
    said.node,
  );
  return { node, focus: () => goTo(heading) };
}

/**
 * The one question before keys are made; `anew` makes them in the place of those there are.
 * @param {{keys: object, durable: boolean, why: string, place: (step: object) => void, done: () => Promise<void>, cancel: () => void, anew?: boolean}} parts
 */
export function askDevice({ keys, durable, why, place, done, cancel, anew = false }) {
  const heading = el("h3", {}, "Is this device yours alone?");
  const said = status();
  const before = anew ? keys.kid : null;
  // After a lost connection only what comes next is left to do.
  const make = async (choice) => (keys.live && keys.kid !== before ? null : keys.make(choice));
  let busy = false;
  const mine = async () => {
    if (busy) return;
    busy = true;
    said.say("Making your keys …");
    try {
      await make({});
      await done();
    } catch (error) {
      said.say(sentenceFor(error));
    } finally {
      busy = false;
    }
  };
  const others = () =>
    place(
      wordsStep({
        uid: keys.uid,
        title: "Your six words",
        keep: async (words) => {
          await make({ words });
          await done();
        },
        cancel,
      }),
    );
  const node = el(
    "section",
    { class: "card stack said-step" },
    heading,
    el("p", {}, why),
    durable
      ? null
      : el("p", { class: "note calm" }, "This browser keeps nothing after it is closed, so words are the way here."),
    el(
      "div",
      { class: "row" },
      durable ? button("Yes, it is mine", mine) : null,
      button(durable ? "No, others use it too" : "Show me six words", others, durable ? "btn ghost" : "btn"),
      button("Not now", cancel, "btn quiet"),
    ),
    said.node,
  );
  return { node, focus: () => goTo(heading) };
}
