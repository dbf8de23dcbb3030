// The page of one's own keys: what opens them, and adding or removing a way.
import { button, el, goTo, status } from "./dom.js";
import { OwnKeys } from "./own-keys.js";
import { lockWhenIdle } from "./idle.js";
import { askDevice, wordsStep } from "./make-keys.js";
import { recoveryBanner, recoveryStep } from "./recovery-step.js";
import { LostKeys } from "./lost-keys.js";
import { unlockForm } from "./unlock-form.js";
import { sentenceFor } from "./sentences.js";
import { untilDone } from "./until-done.js";

/** What opens the keys, in words. @param {string[]} slots @param {boolean} here whether this device is one of them */
export function waysWords(slots, here) {
  const ways = [];
  if (slots.includes("words")) ways.push("Your six words open them, on any computer.");
  if (slots.includes("recovery")) ways.push("Your recovery code opens them. Keep the paper safe.");
  const devices = slots.filter((slot) => slot.startsWith("device:")).length - (here ? 1 : 0);
  if (here) ways.push("This device opens them by itself, for 30 days.");
  if (devices > 0)
    ways.push(
      devices === 1 ? "One other device opens them by itself." : `${devices} other devices open them by themselves.`,
    );
  return ways;
}

/** One's own keys on the page. */
export class KeysPage {
  /** @param {HTMLElement} section @param {{net: object, store: object}} parts */
  constructor(section, { net, store }) {
    this.durable = store.durable;
    this.keys = new OwnKeys({ net, store });
    this.title = section.querySelector("h2") ? "h3" : "h2";
    this.body = section.querySelector("#keys-body");
    this.main = el("div", { class: "stack" });
    this.step = el("div");
    this.said = status();
    this.body.replaceChildren(this.main, this.step, this.said.node);
    this.body.classList.add("stack");
  }

  /** Reads, unlocks if this device can, and shows. */
  async start() {
    // A code or words on the screen go with the keys.
    lockWhenIdle(this.keys, () => this.#locks());
    await untilDone(() =>
      this.#try(async () => {
        await this.keys.load();
        if (this.keys.made && !this.keys.live) await this.keys.silently();
        await this.draw();
      }),
    );
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    this.keys.drop();
    await this.#locks();
  }

  async #locks() {
    this.place(null);
    await this.draw();
  }

  /** Shows what there is now. */
  async draw() {
    const { keys } = this;
    if (!keys.made) return this.main.replaceChildren(...this.#none());
    if (!keys.live) return this.main.replaceChildren(el(this.title, {}, "Your keys are locked"), this.#locked());
    const here = await keys.hasDevice();
    const rows = waysWords(keys.slots, here).map((words) => el("li", {}, words));
    const banner = keys.hasSlot("recovery") || this.step.hasChildNodes() ? [] : [recoveryBanner(() => this.recovery())];
    this.main.replaceChildren(
      ...banner,
      el(this.title, {}, "What opens your keys"),
      el("ul", { class: "stack-s" }, ...rows),
      el(
        "div",
        { class: "row" },
        button(keys.hasSlot("words") ? "Show me six new words" : "Show me six words", () => this.words(), "btn ghost"),
        button(
          keys.hasSlot("recovery") ? "Make a new recovery code" : "Make my recovery code",
          () => this.recovery(),
          "btn ghost",
        ),
        here ? button("Forget this device", () => this.forget(), "btn ghost") : null,
        !here && this.durable ? button("Let this device open them", () => this.device(), "btn ghost") : null,
      ),
      new LostKeys({ keys, durable: this.durable, done: () => this.#renewed(), title: this.title }).node,
    );
  }

  #none() {
    const why = "Keys are made in this browser; nobody at the college has a copy.";
    const done = async () => {
      this.place(null);
      await this.draw();
      await this.recovery();
    };
    const place = (step) => this.place(step);
    const ask = () =>
      place(askDevice({ keys: this.keys, durable: this.durable, why, place, done, cancel: () => place(null) }));
    return [
      el(this.title, {}, "You have no keys yet"),
      el("p", {}, "With keys, what you write to your practitioner or your teacher is sealed for the two of you."),
      button("Make my keys", ask),
    ];
  }

  #locked() {
    const act = async (way) => {
      await this.keys.open(way);
      await this.draw();
      goTo(this.main);
    };
    const renewed = () => this.#renewed();
    return unlockForm({ keys: this.keys, title: "Unlock your keys", act, durable: this.durable, renewed }).node;
  }

  async #renewed() {
    this.place(null);
    await this.draw();
    await this.recovery();
  }

  /** Shows one step below, or none. */
  place(step) {
    this.step.replaceChildren(...(step ? [step.node] : []));
    step?.focus();
  }

  async #try(act) {
    try {
      this.said.say("");
      await act();
      return true;
    } catch (fault) {
      this.said.say(sentenceFor(fault));
      return false;
    }
  }

  async #done(words) {
    this.place(null);
    await this.draw();
    this.said.say(words);
    goTo(this.main);
  }

  // This device opens the keys for a moment, or the person does.
  async #withWay(act, title) {
    const { keys } = this;
    if (await keys.hasDevice()) return act(null);
    this.place(unlockForm({ keys, title, act, cancel: () => this.place(null) }));
  }

  /** Adds or renews the words slot. */
  words() {
    const show = async (way) =>
      this.place(
        wordsStep({
          uid: this.keys.uid,
          title: "Your six words",
          keep: async (words) => {
            await this.keys.addWords(words, way);
            await this.#done("Your six words open your keys now.");
          },
          cancel: () => this.place(null),
        }),
      );
    const checked = async (way) => {
      if (way) await this.keys.open(way);
      await show(way);
    };
    return this.#try(() => this.#withWay(checked, "First, open your keys once more"));
  }

  /** Adds or renews the recovery slot. */
  recovery() {
    const done = () => this.#done("Your recovery code is filed.");
    const later = () => this.#done("");
    return this.#try(() => recoveryStep({ keys: this.keys, place: (step) => this.place(step), done, later }));
  }

  /** Lets this device unlock by itself. */
  device() {
    const act = async (way) => {
      await this.keys.addDevice(way);
      await this.#done("This device opens your keys by itself now.");
    };
    return this.#try(() => this.#withWay(act, "First, open your keys once more"));
  }

  /** Removes this device's way in. */
  forget() {
    return this.#try(async () => {
      const ways = this.keys.slots.filter((slot) => slot === "words" || slot === "recovery");
      if (!ways.length) {
        this.said.say(
          "Nothing else opens your keys: forgetting this device would lose what you wrote. Make six words or a recovery code first.",
        );
        return;
      }
      await this.keys.forgetDevice();
      await this.#done("This device is forgotten.");
    });
  }
}
