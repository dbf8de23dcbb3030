// Everything lost: new keys, after a wait that nobody can shorten. Told wherever one unlocks.
import { button, el, goTo, status } from "./dom.js";
import { askDevice } from "./make-keys.js";
import { sentenceFor } from "./sentences.js";
import { momentWords } from "./times.js";

const WHAT_HAPPENS = [
  "What you wrote and read so far does not open with new keys. It comes back from each colleague you worked with, once the two of you have compared six safety words.",
  "You wait 72 hours first. Nobody at the college can shorten that, so nobody can do this in your place unseen.",
  "You get a mail about it now. Whoever you write with is shown that your keys have changed.",
  "Until the time is over you can stop this, for example because you found your words.",
];

/** Where a renewal stands: "none", "waiting" or "due". */
export function renewalStage(keys) {
  if (keys.renewalDue === null) return "none";
  return keys.mayRenew ? "due" : "waiting";
}

/** When new keys can be made, in a sentence. */
export const renewalWords = (due) =>
  `You can make new keys from ${momentWords(due)} on. Nobody at the college can shorten this.`;

/** Told wherever the keys are open while somebody waits to replace them. @param {() => void} changed */
export function renewalBanner(keys, changed) {
  const said = status("error-text");
  said.node.hidden = true;
  const stop = async () => {
    try {
      await keys.cancelRenewal();
      changed();
    } catch (fault) {
      said.node.hidden = false;
      said.say(sentenceFor(fault));
    }
  };
  return el(
    "div",
    { class: "note act" },
    el(
      "p",
      {},
      el("b", {}, "Somebody asked in your name to make new keys."),
      ` They can be made from ${momentWords(keys.renewalDue)} on. If that was not you, or you need it no more, stop it.`,
    ),
    button("Stop it", stop, "btn small"),
    said.node,
  );
}

/** What to do after everything was lost, as it stands. */
export class LostKeys {
  /**
   * @param {{keys: object, durable: boolean, done: () => Promise<void>, title?: string}} parts `done` follows on new keys
   */
  constructor(parts) {
    this.parts = { title: "h4", ...parts };
    this.said = status("error-text");
    this.said.node.hidden = true;
    this.inside = el("div", { class: "stack" });
    this.node = el("div", { class: "said-lost stack-s" }, this.inside, this.said.node);
    this.draw();
  }

  /** Shows where it stands now. */
  draw() {
    const stage = renewalStage(this.parts.keys);
    if (stage === "none") return this.#show(button("I have lost everything", () => this.#explain(), "btn quiet"));
    return stage === "waiting" ? this.#waiting() : this.#due();
  }

  #show(...nodes) {
    this.#say("");
    this.inside.replaceChildren(...nodes);
  }

  #say(words) {
    this.said.node.hidden = !words;
    this.said.say(words);
  }

  #heading(words) {
    return el(this.parts.title, {}, words);
  }

  async #try(work) {
    if (this.busy) return;
    this.busy = true;
    try {
      this.#say("");
      await work();
    } catch (fault) {
      this.#say(sentenceFor(fault));
    } finally {
      this.busy = false;
    }
  }

  #explain() {
    const { keys } = this.parts;
    const heading = this.#heading("Words, code and devices are all gone?");
    const begin = () =>
      this.#try(async () => {
        await keys.beginRenewal();
        this.draw();
        goTo(this.inside.firstElementChild);
      });
    this.#show(
      heading,
      el("p", {}, "Then you can make new keys. This is what happens:"),
      el("ul", { class: "stack-s" }, ...WHAT_HAPPENS.map((words) => el("li", {}, words))),
      el(
        "div",
        { class: "row" },
        button("Begin the 72 hours", begin),
        button("Not now", () => this.draw(), "btn quiet"),
      ),
    );
    goTo(heading);
  }

  #stop() {
    return button(
      "I found my words: stop this",
      () =>
        this.#try(async () => {
          await this.parts.keys.cancelRenewal();
          this.draw();
          this.inside.prepend(el("p", { role: "status" }, "Stopped. Your keys stay as they are."));
        }),
      "btn ghost",
    );
  }

  #waiting() {
    this.#show(
      this.#heading("New keys are on their way"),
      el("p", {}, renewalWords(this.parts.keys.renewalDue)),
      this.#stop(),
    );
  }

  #due() {
    const make = () => {
      const { keys, durable, done } = this.parts;
      const why =
        "Your new keys are made in this browser now. The earlier ones, and every way to unlock them, are gone from then on.";
      const place = (step) => {
        this.inside.replaceChildren(step.node);
        step.focus();
      };
      place(askDevice({ keys, durable, why, place, done, cancel: () => this.draw(), anew: true }));
    };
    this.#show(
      this.#heading("You can make new keys now"),
      el("p", {}, "The 72 hours are over. If you found your words meanwhile, stop this and unlock with them."),
      el("div", { class: "row" }, button("Make new keys", make), this.#stop()),
    );
  }
}
