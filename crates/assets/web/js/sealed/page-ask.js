// The form that asks for support: a box for one's own words, which the form itself never sends.
import { el, field } from "./dom.js";
import { Asked } from "./asked.js";

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
    this.form.addEventListener("submit", () => this.#keep(true));
    this.text.addEventListener("input", () => this.#keep(false));
    // Whose words they are, so that nobody who signs in here next sends them.
    this.uid = (await this.net.read("/keys/own").catch(() => ({}))).uid ?? "";
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
