// Reading a disclosure, and telling the teacher once that may be done.
import { button, el } from "./dom.js";
import { KeyedPage } from "./keyed-page.js";
import { openDisclosure, readDisclosure, standingOf, tellGrant } from "./disclosure.js";
import { closedParts, lackingParts } from "./disclosure-holders.js";
import { disclosureBody } from "./disclosure-view.js";
import { pinned } from "./pins.js";
import { Refused } from "./box.js";

/** The page. */
export class DisclosurePage extends KeyedPage {
  /** @param {HTMLElement} section @param {{net: object, store: object, go?: () => void}} parts */
  constructor(section, { net, store, go = () => location.reload() }) {
    super(section.querySelector("#disclosure-body"), { net, store });
    Object.assign(this, { go, id: section.dataset.disclosure, named: section.dataset.tell });
  }

  /** Shows what was passed on, or what has to come first. */
  async show() {
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
      const opened = () => this.show();
      const why = "It is sealed for the safeguarding leads, whoever sent it, and nobody else.";
      this.main.replaceChildren(this.steps.unlock({ title: "Unlock your keys to read it", why, opened, level: "h2" }).node);
      return;
    }
    const json = await this.net.read(`/disclosures/${this.id}/words`);
    if (json.disclosure !== this.id) throw new Refused("disclosure");
    if (!json.grants.length) return this.main.replaceChildren(...(await closedParts({ keys, json })));
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
      ...(await this.#lacking(json, opened.grant)),
    );
  }

  #lacking(json, grant) {
    const [give, attempt] = [(to, jws) => this.#giveBack(to, jws), (work) => this.attempt(work)];
    return lackingParts({ keys: this.keys, json, grant, give, attempt });
  }

  async #giveBack(to, jws) {
    await this.net.post(`/disclosures/${this.id}/returns`, { to, grants: JSON.stringify([jws]) });
    await this.show();
    this.said.say("They can read it again.");
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
      this.attempt(async () => {
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
}
