// Opening keys by words or by the recovery code.
import { attempt, button, el, field, form, goTo, status } from "./dom.js";
import { hiddenName, wordsField } from "./make-keys.js";
import { foldWords } from "./words.js";
import { Refused } from "./box.js";
import { sentenceFor } from "./sentences.js";
import { LostKeys } from "./lost-keys.js";

const WRONG_WORDS = "Those words did not open your keys. They are six words with a space between; look for a slip.";
const WRONG_CODE = "That code did not open your keys. Compare it with your paper.";

function byWords(uid) {
  const words = wordsField({
    label: "Your six words",
    hint: "With spaces between; capitals do not matter.",
    kind: "current-password",
  });
  return {
    ...words,
    parts: [hiddenName(uid), words.node],
    way: () => ({ words: foldWords(words.input.value) }),
    wrongWords: WRONG_WORDS,
  };
}

function byCode() {
  const input = el("input", { type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false" });
  const code = field({ label: "Your recovery code", hint: "26 letters and figures, from your paper.", input });
  return { ...code, input, parts: [code.node], way: () => ({ code: input.value }), wrongWords: WRONG_CODE };
}

const ELSEWHERE =
  "Your keys open on another device of yours only. Open this page there, and make six words or a recovery code under your account.";
const CLEARED =
  "If this was the device, its browser’s storage has been cleared, and what opened your keys went with it. What waited here unsent is gone too. What was said is not: begin below, and it comes back from whoever you wrote with.";
const NOWHERE =
  "Nothing that opens your keys can be had from the server just now. Nothing is lost yet: tell whoever looks after Alongside that the keyring may be missing.";

function noWay(keys, heading, lost, cancel) {
  return el(
    "section",
    { class: "card stack said-step" },
    heading,
    el("p", {}, keys.slots.length > 0 ? ELSEWHERE : NOWHERE),
    keys.slots.length > 0 && lost ? el("p", { class: "small" }, CLEARED) : null,
    cancel && button("Not now", cancel, "btn quiet"),
    lost?.node,
  );
}

/**
 * `renewed` follows when everything was lost and new keys were made; without it that is not offered here.
 * @param {{keys: object, title: string, why?: string, act: (way: object) => Promise<void>, cancel?: () => void,
 *   durable?: boolean, renewed?: () => Promise<void>, level?: string}} parts `level` is the heading's
 */
export function unlockForm({ keys, title, why, act, cancel, durable = false, renewed, level = "h3" }) {
  const heading = el(level, {}, title);
  const focus = () => goTo(heading);
  const words = keys.hasSlot("words");
  const code = keys.hasSlot("recovery");
  const lost = renewed ? new LostKeys({ keys, durable, done: renewed, title: level === "h2" ? "h3" : "h4" }) : null;
  if (!words && !code) return { node: noWay(keys, heading, lost, cancel), focus };
  const place = el("div");
  const said = status();
  const show = (one, other) => {
    const told = (fault) => (fault instanceof Refused && fault.code === "key" ? one.wrongWords : sentenceFor(fault));
    const send = () => attempt({ typed: one, said, meanwhile: "Opening …", work: () => act(one.way()), told });
    place.replaceChildren(
      form(
        { class: "stack" },
        send,
        ...one.parts,
        el(
          "div",
          { class: "row" },
          el("button", { class: "btn", type: "submit" }, "Unlock"),
          other &&
            button(
              other.words,
              () => {
                show(other.make(), other.back);
                place.querySelector("input:not([readonly])").focus();
              },
              "btn quiet",
            ),
          cancel && button("Not now", cancel, "btn quiet"),
        ),
      ),
    );
  };
  const wordsOther = { words: "Use my six words", make: () => byWords(keys.uid) };
  const codeOther = { words: "Use my recovery code", make: () => byCode() };
  wordsOther.back = codeOther;
  codeOther.back = wordsOther;
  if (words) show(byWords(keys.uid), code ? codeOther : null);
  else show(byCode(), null);
  const node = el(
    "section",
    { class: "card stack said-step" },
    heading,
    why ? el("p", {}, why) : null,
    place,
    said.node,
    lost?.node,
  );
  return { node, focus };
}
