// The steps around keys on a page where something is written: the one question, the recovery code, unlocking.
import { el } from "./dom.js";
import { renewalBanner } from "./lost-keys.js";
import { askDevice } from "./make-keys.js";
import { recoveryBanner, recoveryStep } from "./recovery-step.js";
import { unlockForm } from "./unlock-form.js";
import { sentenceFor } from "./sentences.js";

/** The place for such steps, and the banner while there is no recovery code. */
export class KeySteps {
  /**
   * @param {{keys: object, durable: boolean, say: (words: string) => void, placed?: (open: boolean) => void,
   *   after?: () => void}} parts `after` follows when a step is over
   */
  constructor(parts) {
    this.parts = { placed: () => {}, after: () => {}, ...parts };
    this.node = el("div");
    this.banner = el("div", { class: "stack-s" });
  }

  get open() {
    return this.node.hasChildNodes();
  }

  /** Shows one step, or none. */
  place(step) {
    this.node.replaceChildren(...(step ? [step.node] : []));
    this.parts.placed(step !== null);
    this.drawBanner();
    step?.focus();
  }

  // Whoever waits for keys that are not asked for any more is told, and does not wait for ever.
  #unask() {
    const cancel = this.cancel;
    this.cancel = null;
    cancel?.();
  }

  /** Takes everything off the page. */
  clear() {
    this.#unask();
    this.node.replaceChildren();
    this.banner.replaceChildren();
    this.drawn = "";
  }

  /** The banner, while it is true and nothing else is asked. */
  drawBanner() {
    const { keys } = this.parts;
    const free = keys.live !== null && !this.open;
    const renewal = free && keys.renewalDue !== null;
    const code = free && !keys.hasSlot("recovery");
    const wanted = `${renewal} ${code}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.banner.replaceChildren(
      ...(renewal ? [renewalBanner(keys, () => this.drawBanner())] : []),
      ...(code ? [recoveryBanner(() => this.recovery())] : []),
    );
  }

  /**
   * The one question before keys are made, then whatever was waiting for keys, then the recovery step.
   * @param {string} why @param {{then?: () => Promise<void>, cancel?: () => void}} next
   */
  ask(why, { then = async () => {}, cancel = () => {} } = {}) {
    const { keys, durable } = this.parts;
    const place = (step) => this.place(step);
    this.#unask();
    this.cancel = cancel;
    const done = async () => {
      if (this.cancel === cancel) this.cancel = null;
      await then();
      await this.recovery();
    };
    const leave = () => {
      place(null);
      this.#unask();
    };
    place(askDevice({ keys, durable, why, place, done, cancel: leave }));
  }

  /** The recovery step. */
  async recovery() {
    const over = (words) => {
      this.place(null);
      this.parts.after(words);
    };
    try {
      await recoveryStep({
        keys: this.parts.keys,
        place: (step) => this.place(step),
        done: async () => over("Your recovery code is filed."),
        later: () => over(""),
      });
    } catch (fault) {
      this.parts.say(sentenceFor(fault));
    }
  }

  /**
   * The form that unlocks; everything lost is told there too.
   * @param {{title: string, why: string, opened: () => Promise<void>, level?: string}} parts
   */
  unlock({ title, why, opened, level }) {
    const { keys, durable } = this.parts;
    const act = async (way) => {
      await keys.open(way);
      await opened();
    };
    const renewed = async () => {
      await opened();
      await this.recovery();
    };
    return unlockForm({ keys, title, why, act, durable, renewed, level });
  }
}
