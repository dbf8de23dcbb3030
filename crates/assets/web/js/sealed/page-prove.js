// "Unlock first": a page in place of any other, after a password was reset. Unlocking leads on to what was asked for.
import { el, status } from "./dom.js";
import { OwnKeys } from "./own-keys.js";
import { makeProof } from "./proof.js";
import { recoveryStep } from "./recovery-step.js";
import { SIGNED_OUT, sentenceFor } from "./sentences.js";
import { unlockForm } from "./unlock-form.js";
import { SignedOut } from "./net.js";

/** Shows the server that the keys are unlocked here. @returns {Promise<void>} @throws {Error} with a sentence */
export async function prove({ keys, net, nonce }) {
  await net.post("/session/proof", { jws: await makeProof(keys.live, nonce) });
}

const PROVED = "alongside/proved";
const AGAIN = "This did not lead on. Sign out and in again; if it stays so, tell whoever looks after Alongside.";

/** The page. */
export class ProvePage {
  /** @param {HTMLElement} section @param {{net: object, store: object, session: Storage|null, go?: () => void}} parts */
  constructor(section, { net, store, session, go = () => location.reload() }) {
    this.session = session;
    this.net = net;
    this.go = go;
    this.nonce = section.dataset.nonce;
    this.durable = store.durable;
    this.keys = new OwnKeys({ net, store });
    this.main = el("div");
    this.said = status();
    section.querySelector("#prove-body").replaceChildren(this.main, this.said.node);
  }

  /** Unlocks by itself where this device can. */
  async start() {
    try {
      await this.keys.load();
      if (!this.keys.made) return;
      if (!this.keys.live) await this.keys.silently();
      if (this.keys.live) await this.#lead();
      else this.#ask();
    } catch (fault) {
      this.said.say(fault instanceof SignedOut ? SIGNED_OUT : sentenceFor(fault));
      if (this.keys.made && !(fault instanceof SignedOut)) this.#ask();
    }
  }

  async #lead() {
    // The same question after a right answer: nothing is gained by loading the page for ever.
    if (this.session?.getItem(PROVED) === this.nonce) return this.said.say(AGAIN);
    this.said.say("One moment …");
    await prove(this);
    this.session?.setItem(PROVED, this.nonce);
    this.go();
  }

  #ask() {
    const act = async (way) => {
      if (!this.keys.live) await this.keys.open(way);
      await this.#lead();
    };
    const place = (step) => {
      this.main.replaceChildren(step.node);
      step.focus();
    };
    const renewed = async () => {
      const on = () => this.#lead().catch((fault) => this.said.say(sentenceFor(fault)));
      await recoveryStep({ keys: this.keys, place, done: on, later: on });
    };
    const why = "Your password was set anew a moment ago. Your keys show that it is you.";
    this.main.replaceChildren(
      unlockForm({ keys: this.keys, title: "Unlock your keys", why, act, durable: this.durable, renewed, level: "h2" }).node,
    );
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    this.keys.drop();
    this.main.replaceChildren();
    this.said.say(SIGNED_OUT);
  }
}
