// The notepad of a lesson: what is noted there is sealed and kept with every change, with or without a connection.
import { button, el, goTo } from "./dom.js";
import { KeySteps } from "./key-steps.js";
import { Notepad } from "./notepad.js";
import { NotepadView } from "./notepad-view.js";
import { ThreadLoop } from "./thread-loop.js";
import { standingNote } from "./standing.js";
import { sentenceFor } from "./sentences.js";
import { Away } from "./net.js";
import { timeWords } from "./times.js";

const KEYS = new Set(["first-words", "make-keys"]);

/** The page. */
export class NotepadPage extends ThreadLoop {
  /** @param {HTMLElement} section @param {{net: object, store: object, session: Storage|null}} parts */
  constructor(section, { net, store, session }) {
    const { thread: id, meeting, other, home } = section.dataset;
    super(id, { net, store, session }, "note act");
    Object.assign(this, { other, home });
    this.steps = new KeySteps({
      keys: this.keys,
      durable: store.durable,
      say: (words) => this.tell(words),
      after: () => this.draw(),
    });
    this.fresh = () => new Notepad({ thread: this.thread, id, meeting, drafts: this.drafts, uid: () => this.keys.uid });
    this.body = el("div", {}, el("p", { class: "soft" }, "Opening …"));
    const place = section.querySelector("#notepad-body");
    place.classList.add("stack");
    place.replaceChildren(this.trouble.node, this.body, this.steps.node);
  }

  /** What was kept last, on whichever device. */
  async taken() {
    await this.pad?.take();
  }

  /** Keeps what is typed, sealed, in this browser. */
  async keepTyped() {
    await this.view?.save();
  }

  /** Takes what was opened off the page. */
  async hide() {
    this.thread.close();
    this.steps.clear();
    this.view?.clear();
    this.view = this.pad = null;
    this.mode = null;
  }

  /** What stands there when nothing is shown any more. */
  closed(link) {
    this.body.replaceChildren(el("p", {}, link));
  }

  /** Shows what there is now. */
  async draw() {
    const { situation } = this.thread;
    if (this.keys.live && (situation === "write" || this.pad)) return this.#drawPad(situation);
    if (situation === this.mode) return;
    this.mode = situation;
    if (situation === "locked") return this.body.replaceChildren(this.#locked());
    const back = el("p", {}, el("a", { href: this.home }, `Back to you and ${this.other}`));
    if (!KEYS.has(situation)) return this.body.replaceChildren(standingNote(situation, this.other, back));
    const why = "Your notes are sealed for the two of you. For that your keys are made now, in this browser.";
    const make = button("Make my keys", () => this.steps.ask(why, { then: () => this.refresh() }));
    this.body.replaceChildren(standingNote("make-keys", this.other, make));
  }

  #locked() {
    const opened = async () => {
      this.steps.clear();
      await this.thread.load();
      await this.draw();
      goTo(this.body);
    };
    const why = "They are sealed: only your keys open them.";
    return this.steps.unlock({ title: "Unlock your notes", why, opened, level: "h2" }).node;
  }

  async #drawPad(situation) {
    this.mode = situation;
    if (!this.pad) {
      const pad = this.fresh();
      await pad.load();
      this.pad = pad;
      const [used, keep, changed] = [() => this.keys.touch(), () => this.keep(), () => this.draw()];
      this.view = new NotepadView({ pad, other: this.other, used, keep, changed });
      this.body.replaceChildren(this.view.node);
    }
    const { pad, view } = this;
    const words = await this.#words();
    if (view === this.view && pad === this.pad) view.show(words);
  }

  async #words() {
    const { pad, other } = this;
    if (pad.met) return "These notes were changed on another device too. Both are here: look them over and keep them again.";
    const words = {
      empty: "",
      here: `Kept on this device, sealed. ${other} reads it once you press “Keep these notes”.`,
      waiting: "Kept on this device, sealed. It goes as soon as there is a connection.",
      refused: `${await pad.sentence()} It is kept on this device.`,
      kept: `Kept at ${pad.keptAt ? timeWords(pad.keptAt) : ""}. ${other} can read it.`,
    };
    return words[await pad.standing()];
  }

  /** Seals the notes as they stand and sends them. */
  async keep() {
    if (await this.keys.expire()) return this.tick();
    // What is on its way first: it would be in the way.
    if (this.sending) await this.sending;
    await this.pad.keep();
    await this.send();
  }

  /** Sends what waits and shows how it went. */
  send() {
    this.sending ??= this.#send().finally(() => (this.sending = null));
    return this.sending;
  }

  async #send() {
    try {
      await this.thread.flush();
      if (this.thread.trouble === "signed-out") return await this.leave();
      // Another device was quicker: what it kept is read, and the two are put together.
      if ((await this.pad?.standing()) === "refused") await this.thread.load();
      await this.pad?.take();
    } catch (fault) {
      if (!(fault instanceof Away)) this.tell(sentenceFor(fault));
    }
    await this.draw();
  }
}
