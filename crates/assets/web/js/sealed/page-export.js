// Take everything with you: two files, put together here and nowhere else.
import { button, el, goTo, status } from "./dom.js";
import { OwnKeys } from "./own-keys.js";
import { lockWhenIdle } from "./idle.js";
import { KeySteps } from "./key-steps.js";
import { closedOf, gather } from "./export.js";
import { htmlOf } from "./export-html.js";
import { SIGNED_OUT, sentenceFor } from "./sentences.js";
import { SignedOut } from "./net.js";

const SEALED = "What you wrote is sealed: your keys open it, here in your browser. Nobody else sees the files that you get.";

function saveLink(words, name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  return el("a", { class: "btn", href: address, download: name }, words);
}

/** The page. */
export class ExportPage {
  /** @param {HTMLElement} section @param {{net: object, store: object}} parts */
  constructor(section, { net, store }) {
    Object.assign(this, { net, store });
    this.keys = new OwnKeys({ net, store });
    this.title = section.querySelector("h2") ? "h3" : "h2";
    this.main = el("div", { class: "stack" });
    this.said = status();
    this.steps = new KeySteps({
      keys: this.keys,
      durable: store.durable,
      say: (words) => this.said.say(words),
      after: () => this.#draw(),
    });
    const body = section.querySelector("#export-body");
    body.replaceChildren(this.main, this.steps.node, this.said.node);
    body.classList.add("stack");
  }

  /** Reads, unlocks if this device can, and offers. */
  async start() {
    lockWhenIdle(this.keys, () => this.#draw());
    try {
      await this.keys.load();
      if (this.keys.made && !this.keys.live) await this.keys.silently();
      this.#draw();
    } catch (fault) {
      this.#tell(fault);
    }
  }

  #tell(fault) {
    this.said.say(fault instanceof SignedOut ? SIGNED_OUT : sentenceFor(fault));
  }

  #draw() {
    const { keys } = this;
    if (keys.made && !keys.live) {
      const opened = async () => this.#draw();
      const form = this.steps.unlock({ title: "Unlock your keys first", why: SEALED, opened, level: this.title });
      return this.main.replaceChildren(form.node);
    }
    const make = button("Put my files together", () => this.#make());
    return this.main.replaceChildren(
      el("p", {}, keys.made ? SEALED : "You have no keys, so nothing of yours is sealed."),
      make,
    );
  }

  async #make() {
    if (this.busy) return;
    this.busy = true;
    try {
      this.said.say("Reading …");
      const { keys, net, store } = this;
      if (await keys.expire()) return this.#draw();
      keys.touch();
      const told = (at, all) => this.said.say(`Opening ${at} of ${all} …`);
      this.#show(await gather({ keys, net, store, told }));
      this.said.say("Both files are ready.");
    } catch (fault) {
      this.#tell(fault);
    } finally {
      this.busy = false;
    }
  }

  #show(gathered) {
    const name = `alongside-${gathered.made.slice(0, 10)}`;
    const closed = closedOf(gathered);
    const heading = el(this.title, {}, "Your two files");
    this.main.replaceChildren(
      heading,
      el(
        "div",
        { class: "row" },
        saveLink("Save the file to read (HTML)", `${name}.html`, "text/html", htmlOf(gathered)),
        saveLink("Save the file for programs (JSON)", `${name}.json`, "application/json", JSON.stringify(gathered, null, 2)),
      ),
      el("p", { class: "small soft" }, "Whoever has these files can read them. Keep them where you keep what is private."),
      closed.length
        ? el(
            "div",
            { class: "note" },
            el("p", {}, el("b", {}, "This could not be opened:")),
            el("ul", {}, ...closed.map((words) => el("li", {}, words))),
          )
        : "",
    );
    goTo(heading);
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    this.keys.drop();
    this.steps.clear();
    this.main.replaceChildren();
    this.said.say(SIGNED_OUT);
  }
}
