// The form that asks for support: a box for one's own words, which the form itself never sends.
import { el, field } from "./dom.js";
import { Asked } from "./asked.js";
import { sentenceFor } from "./sentences.js";

/** The box, or why there is none. */
export class AskPage {
  /** @param {HTMLElement} place @param {{net: object, session: Storage|null}} parts */
  constructor(place, { net, session }) {
    this.form = place.closest("form");
    this.named = place.dataset.for ?? "";
    this.net = net;
    this.asked = new Asked(session);
    this.uid = "";
    this.text = el("textarea", { rows: "4" });
    this.box = field({
      label: "In your own words (optional, sealed for the two of you)",
      hint: "Only the one you ask can read it. It is sealed and sent once you have asked.",
      input: this.text,
    });
    this.none = el("p", { class: "note calm", role: "status", hidden: true });
    place.replaceChildren(this.box.node, this.none);
  }

  get #once() {
    return this.form.querySelector('input[name="once"]')?.value ?? "";
  }

  get #chosen() {
    return this.form.querySelector('input[name="practitioner"]:checked, input[name="practitioner"][type="hidden"]');
  }

  /** Begins. */
  async start() {
    this.text.value = this.asked.forForm(this.#once);
    this.#show();
    this.form.addEventListener("change", (event) => event.target.name === "practitioner" && this.#show());
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.text.addEventListener("input", () => {
      this.#keep(false);
      if (!this.uid) this.#look().catch(() => {});
    });
    await this.#look().catch(() => {});
  }

  // Whose words they are, so that nobody who signs in here next sends them. On a bad line it is asked again.
  #look() {
    this.looking ??= this.net
      .read("/keys/own")
      .then(({ uid }) => {
        this.uid = uid;
        if (this.text.value) this.#keep(false);
      })
      .finally(() => (this.looking = null));
    return this.looking;
  }

  // Words that are nobody's would never be sent, and nobody would hear of it.
  #submitted(event) {
    if (this.uid || this.#cannot() || !this.text.value.trim()) return this.#keep(true);
    event.preventDefault();
    return this.#lookFirst(event.submitter);
  }

  async #lookFirst(pressed) {
    try {
      await this.#look();
      this.box.wrong("");
      pressed?.click();
    } catch (fault) {
      this.box.wrong(sentenceFor(fault));
    }
  }

  #cannot() {
    return this.#chosen?.dataset.keys === "no";
  }

  #keep(sent) {
    const { uid } = this;
    this.asked.keep({
      once: this.#once,
      uid,
      to: this.#chosen?.value ?? "",
      text: this.text.value,
      sent: sent && !this.#cannot(),
    });
  }

  #name() {
    const label = this.#chosen?.closest("label");
    return label?.dataset.name || label?.querySelector(".name")?.textContent || this.named || "This colleague";
  }

  #show() {
    const cannot = this.#cannot();
    this.box.node.hidden = cannot;
    this.none.hidden = !cannot;
    const name = this.#name();
    const kept = this.text.value.trim() ? " What you wrote is kept here in case you ask somebody else." : "";
    this.none.textContent = cannot
      ? `${name} cannot read sealed words yet. Ask without words; you can write once ${name} has made keys.${kept}`
      : "";
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    this.text.value = "";
    this.asked.clear();
  }
}
