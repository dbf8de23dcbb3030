// Reading a disclosure, and telling the teacher once that may be done.
import { button, el, status } from "./dom.js";
import { OwnKeys } from "./own-keys.js";
import { lockWhenIdle } from "./idle.js";
import { KeySteps } from "./key-steps.js";
import { openDisclosure, readDisclosure, standingOf, tellGrant } from "./disclosure.js";
import { disclosureBody } from "./disclosure-view.js";
import { pinned } from "./pins.js";
import { SIGNED_OUT, sentenceFor } from "./sentences.js";
import { Refused } from "./box.js";
import { SignedOut } from "./net.js";

/** The page. */
export class DisclosurePage {
  /** @param {HTMLElement} section @param {{net: object, store: object, go?: () => void}} parts */
  constructor(section, { net, store, go = () => location.reload() }) {
    Object.assign(this, { net, go, id: section.dataset.disclosure, named: section.dataset.tell });
    this.keys = new OwnKeys({ net, store });
    this.main = el("div", { class: "stack" });
    this.said = status();
    this.steps = new KeySteps({
      keys: this.keys,
      durable: store.durable,
      say: (words) => this.said.say(words),
      after: () => this.#show(),
    });
    section.querySelector("#disclosure-body").replaceChildren(this.main, this.steps.node, this.said.node);
  }

  /** Reads, unlocks if this device can, and shows. */
  async start() {
    lockWhenIdle(this.keys, () => this.#try(() => this.#show()));
    await this.#try(async () => {
      await this.keys.load();
      if (this.keys.made && !this.keys.live) await this.keys.silently();
      await this.#show();
    });
  }

  async #try(work) {
    try {
      await work();
    } catch (fault) {
      this.said.say(fault instanceof SignedOut ? SIGNED_OUT : sentenceFor(fault));
    }
  }

  async #show() {
    const { keys } = this;
    if (!keys.made) {
      this.main.replaceChildren(
        el(
          "p",
          {},
          "It is sealed for keys, and you have none yet. Make keys under your account; use the telephone meanwhile.",
        ),
      );
      return;
    }
    if (!keys.live) {
      const opened = () => this.#show();
      const why = "It is sealed for the safeguarding leads, whoever sent it, and nobody else.";
      this.main.replaceChildren(this.steps.unlock({ title: "Unlock your keys to read it", why, opened, level: "h2" }).node);
      return;
    }
    const json = await this.net.read(`/disclosures/${this.id}/words`);
    if (json.disclosure !== this.id) throw new Refused("disclosure");
    const opened = await openDisclosure(keys, json);
    const value = readDisclosure(opened.text);
    if (!value) throw new Refused("disclosure");
    await this.#pin(json.by);
    this.main.replaceChildren(
      el("p", {}, el("b", {}, json.by.uid === keys.uid ? "You wrote:" : `${json.by.name} wrote:`)),
      opened.standing === "changed"
        ? el("p", { class: "note" }, `The keys of ${json.by.name} are new to this browser.`)
        : "",
      disclosureBody(value, json.by.name),
      json.tell ? this.#telling(json.tell, await standingOf(keys.pins, json.tell), opened.grant) : "",
    );
  }

  async #pin(by) {
    const look = await standingOf(this.keys.pins, by);
    if (look?.standing === "new" && by.uid !== this.keys.uid)
      await this.keys.changePins((pins) => pinned(pins, by.uid, look.shown)).catch(() => {});
  }

  #telling(tell, look, grant) {
    const name = tell.name ?? this.named ?? "the teacher";
    const first = name[0].toUpperCase() + name.slice(1);
    if (!tell.keys) return el("p", {}, `${first} cannot read sealed words yet, and can be told face to face.`);
    const act = () =>
      this.#try(async () => {
        if (this.busy) return;
        this.busy = true;
        try {
          this.said.say("One moment …");
          if (!look) throw new Refused("false-keys");
          const grants = JSON.stringify([await tellGrant(this.keys.live, grant, look.keys)]);
          await this.net.post(`/disclosures/${this.id}/telling`, { grants });
          this.go();
        } finally {
          this.busy = false;
        }
      });
    return el(
      "section",
      { class: "next" },
      el("h2", {}, `${first} has not been told yet`),
      el("p", {}, `From then on ${name} can read exactly what stands above. Tell ${name} yourself first if you can.`),
      look?.standing === "changed" ? el("p", {}, `The keys of ${name} are new to this browser.`) : null,
      button(`Tell ${name} now`, act),
    );
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    this.keys.drop();
    this.steps.clear();
    this.main.replaceChildren();
    this.said.say(SIGNED_OUT);
  }
}
