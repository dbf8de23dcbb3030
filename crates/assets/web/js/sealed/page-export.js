// Take everything with you: two files, put together here and nowhere else.
import { button, el, goTo } from "./dom.js";
import { KeyedPage } from "./keyed-page.js";
import { closedOf, gather } from "./export.js";
import { htmlOf } from "./export-html.js";

const SEALED = "What you wrote is sealed: your keys open it, here in your browser. Nobody else sees the files that you get.";

function saveLink(words, name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  return el("a", { class: "btn", href: address, download: name }, words);
}

/** The page. */
export class ExportPage extends KeyedPage {
  /** @param {HTMLElement} section @param {{net: object, store: object}} parts */
  constructor(section, parts) {
    const body = section.querySelector("#export-body");
    super(body, parts);
    body.classList.add("stack");
    this.title = section.querySelector("h2") ? "h3" : "h2";
  }

  /** Offers to put everything together, or unlocks first. */
  async show() {
    const { keys } = this;
    if (keys.made && !keys.live) {
      const opened = () => this.show();
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
    await this.attempt(() => this.#gather());
    this.busy = false;
  }

  async #gather() {
    this.said.say("Reading …");
    const { keys, net, store } = this;
    if (await keys.expire()) {
      this.said.say("");
      return this.show();
    }
    keys.touch();
    const told = (at, all) => this.said.say(`Opening ${at} of ${all} …`);
    this.#offer(await gather({ keys, net, store, told }));
    this.said.say("Both files are ready.");
  }

  #offer(gathered) {
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
}
