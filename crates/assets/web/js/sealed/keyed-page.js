// A page that shows something once the keys are open: it reads, unlocks, locks when left alone, and forgets at sign-out.
import { el, status } from "./dom.js";
import { OwnKeys } from "./own-keys.js";
import { lockWhenIdle } from "./idle.js";
import { KeySteps } from "./key-steps.js";
import { SIGNED_OUT, sentenceFor } from "./sentences.js";
import { SignedOut } from "./net.js";
import { untilDone } from "./until-done.js";

/** Such a page; whoever extends it says what to show in `show()`, open or locked. */
export class KeyedPage {
  /** @param {HTMLElement} body @param {{net: object, store: object}} parts */
  constructor(body, { net, store }) {
    Object.assign(this, { net, store });
    this.keys = new OwnKeys({ net, store });
    this.main = el("div", { class: "stack" });
    this.said = status();
    this.again = () => this.attempt(() => this.show());
    this.steps = new KeySteps({
      keys: this.keys,
      durable: store.durable,
      say: (words) => this.said.say(words),
      after: this.again,
    });
    body.replaceChildren(this.main, this.steps.node, this.said.node);
  }

  /** Reads, unlocks if this device can, and shows. */
  async start() {
    lockWhenIdle(this.keys, () => {
      this.steps.clear();
      return this.again();
    });
    await untilDone(() =>
      this.attempt(async () => {
        await this.keys.load();
        if (this.keys.made && !this.keys.live) await this.keys.silently();
        await this.show();
        this.said.say("");
      }),
    );
  }

  /** Does something, and says what went wrong. @param {() => Promise<void>} work @returns {Promise<boolean>} whether it worked */
  async attempt(work) {
    try {
      await work();
      return true;
    } catch (fault) {
      this.said.say(fault instanceof SignedOut ? SIGNED_OUT : sentenceFor(fault));
      return false;
    }
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    this.keys.drop();
    this.steps.clear();
    this.main.replaceChildren();
    this.said.say(SIGNED_OUT);
  }
}
