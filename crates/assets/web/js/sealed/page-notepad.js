// The notepad of a lesson: what is noted there is sealed and kept with every change, with or without a connection.
import { button, el, goTo, status } from "./dom.js";
import { IDLE, OwnKeys } from "./own-keys.js";
import { Drafts } from "./drafts.js";
import { KeySteps } from "./key-steps.js";
import { Notepad } from "./notepad.js";
import { NotepadView } from "./notepad-view.js";
import { Thread } from "./thread.js";
import { standingNote } from "./standing.js";
import { NO_CONNECTION, SIGNED_OUT, sentenceFor } from "./sentences.js";
import { Away, SignedOut } from "./net.js";
import { timeWords } from "./times.js";

const POLL = 20_000;
const RETRY = 10_000;
const KEYS = new Set(["first-words", "make-keys"]);

/** The page. */
export class NotepadPage {
  /** @param {HTMLElement} section @param {{net: object, store: object, session: Storage|null}} parts */
  constructor(section, { net, store, session }) {
    const { thread: id, meeting, other, home } = section.dataset;
    Object.assign(this, { other, home, seen: Date.now() });
    this.keys = new OwnKeys({ net, store });
    this.thread = new Thread({ id, keys: this.keys, net, store });
    this.drafts = new Drafts({ keys: this.keys, store, session });
    this.steps = new KeySteps({
      keys: this.keys,
      durable: store.durable,
      say: (words) => this.#say(words),
      after: () => this.draw(),
    });
    this.fresh = () => new Notepad({ thread: this.thread, id, meeting, drafts: this.drafts, uid: () => this.keys.uid });
    this.trouble = status("note act");
    this.trouble.node.hidden = true;
    this.body = el("div", {}, el("p", { class: "soft" }, "Opening …"));
    const place = section.querySelector("#notepad-body");
    place.classList.add("stack");
    place.replaceChildren(this.trouble.node, this.body, this.steps.node);
    for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, () => (this.seen = Date.now()));
  }

  /** Begins: reads, unlocks if this device can, shows, and keeps looking. */
  async start() {
    await this.refresh();
    setInterval(() => this.tick(), POLL);
    setInterval(() => this.thread.waiting && this.keys.live && this.send(), RETRY);
    addEventListener("online", () => this.refresh());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return this.view?.save().catch(() => {});
      this.seen = Date.now();
      return this.tick();
    });
  }

  /** Every so often while the page is looked at. */
  async tick() {
    if (document.hidden) return;
    if (this.keys.live) await this.view?.save();
    const expired = await this.keys.expire();
    if (expired) this.hide();
    // Nobody is there: asking on would keep the session from ending (R-ACC-2).
    if (Date.now() - this.seen > IDLE) return expired && this.draw();
    await this.refresh();
  }

  /** Reads everything afresh and draws it. */
  async refresh() {
    if (this.reading) return;
    this.reading = true;
    try {
      if (!this.keys.uid || !this.keys.live) {
        await this.keys.load();
        if (this.keys.made && !this.keys.live) await this.keys.silently();
      }
      await this.thread.load();
      this.#say("");
      await this.pad?.take();
      await this.draw();
      if (this.thread.waiting && this.keys.live) await this.send();
    } catch (fault) {
      if (fault instanceof SignedOut) await this.leave();
      else this.#say(fault instanceof Away && this.pad ? NO_CONNECTION : sentenceFor(fault));
    } finally {
      this.reading = false;
    }
  }

  #say(words) {
    this.trouble.node.hidden = !words;
    this.trouble.say(words);
  }

  /** Takes what was opened off the page. */
  hide() {
    this.thread.close();
    this.view?.clear();
    this.view = this.pad = null;
    this.mode = null;
  }

  /** The session is over: nothing readable stays. */
  async leave() {
    if (this.mode === "signed-out") return;
    if (this.keys.live) await this.view?.save().catch(() => {});
    await this.keys.lock();
    this.hide();
    this.mode = "signed-out";
    this.steps.clear();
    this.#say(SIGNED_OUT);
    this.body.replaceChildren(el("p", {}, el("a", { class: "btn", href: "/sign-in" }, "Sign in")));
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    if (this.keys.live) await this.view?.save().catch(() => {});
    this.keys.drop();
    await this.leave();
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
      if (!(fault instanceof Away)) this.#say(sentenceFor(fault));
    }
    await this.draw();
  }
}
