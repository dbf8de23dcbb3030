// The thread page: what is said, where one writes, and whatever has to come first.
import { button, el, goTo, status } from "./dom.js";
import { IDLE, OwnKeys } from "./own-keys.js";
import { Thread } from "./thread.js";
import { Drafts } from "./drafts.js";
import { Composer } from "./composer.js";
import { MessagesView, found } from "./messages-view.js";
import { SafetyView } from "./safety-view.js";
import { SearchField } from "./search-field.js";
import { lostWords, standingNote } from "./standing.js";
import { askDevice } from "./make-keys.js";
import { recoveryBanner, recoveryStep } from "./recovery-step.js";
import { unlockForm } from "./unlock-form.js";
import { NO_CONNECTION, SIGNED_OUT, sentenceFor } from "./sentences.js";
import { Away, SignedOut } from "./net.js";
import { isoDay } from "./times.js";

const POLL = 20_000;
const RETRY = 15_000;
const WRITES = new Set(["first-words", "write"]);

/** One thread on the page. */
export class ThreadPage {
  /** @param {HTMLElement} section @param {{net: object, store: object, session: Storage|null}} parts */
  constructor(section, { net, store, session }) {
    this.id = section.dataset.thread;
    this.other = section.dataset.other;
    this.durable = store.durable;
    this.keys = new OwnKeys({ net, store });
    this.thread = new Thread({ id: this.id, keys: this.keys, net, store });
    this.drafts = new Drafts({ keys: this.keys, store, session });
    this.mode = null;
    this.known = null;
    this.differ = false;
    this.seen = Date.now();
    this.#frame(section.querySelector("#said-body"));
  }

  #frame(body) {
    const redraw = () => this.draw();
    this.messages = new MessagesView({
      other: this.other,
      thread: this.id,
      drafts: this.drafts,
      changed: redraw,
      edit: async (note, text) => void ((await this.thread.edit(note, text)) && this.send()),
      again: async (entry) => {
        await this.thread.drop(entry.note, entry.rev);
        this.composer.add(entry.text);
        redraw();
      },
      drop: async (entry) => {
        await this.thread.drop(entry.note, entry.rev);
        redraw();
      },
    });
    this.composer = new Composer({
      other: this.other,
      about: this.id,
      drafts: this.drafts,
      used: () => this.keys.touch(),
      send: (text) => this.submit(text),
      kept: () => (this.keys.made ? "Draft kept on this device." : "Draft kept until this tab is closed."),
    });
    this.safety = new SafetyView({ other: this.other, same: (shown) => this.same(shown), differ: () => this.stop() });
    this.search = new SearchField(redraw);
    this.live = el("p", { class: "visually-hidden", role: "status" });
    this.missed = status("note calm");
    this.missed.node.hidden = true;
    this.trouble = status("note act said-trouble");
    this.trouble.node.hidden = true;
    this.banner = el("div");
    this.step = el("div");
    this.foot = el("div", {}, el("p", { class: "soft" }, "Opening …"));
    body.replaceChildren(
      this.live,
      this.banner,
      this.search.node,
      this.missed.node,
      this.messages.node,
      this.trouble.node,
      this.foot,
      this.step,
      this.safety.node,
    );
    body.classList.add("stack");
    body.addEventListener("pointerdown", () => this.keys.touch());
    for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, () => (this.seen = Date.now()));
  }

  /** Begins: reads, unlocks if this device can, shows, and keeps looking. */
  async start() {
    await this.refresh();
    setInterval(() => this.tick(), POLL);
    setInterval(() => this.thread.waiting && this.keys.live && this.send(), RETRY);
    addEventListener("online", () => this.refresh());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return this.composer.keep();
      this.seen = Date.now();
      return this.tick();
    });
  }

  /** Every so often while the page is looked at. */
  async tick() {
    if (document.hidden) return;
    const expired = await this.keys.expire();
    if (expired) await this.hide();
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
      await this.draw();
      if (this.thread.waiting && this.keys.live) this.send();
    } catch (fault) {
      if (fault instanceof SignedOut) await this.leave();
      else this.#say(fault instanceof Away && this.mode ? NO_CONNECTION : sentenceFor(fault));
    } finally {
      this.reading = false;
    }
  }

  #say(words) {
    this.trouble.node.hidden = !words;
    this.trouble.say(words);
  }

  /** Takes what was opened off the page; what is in the box is kept first. */
  async hide() {
    this.thread.close();
    this.messages.clear();
    this.composer.empty();
    this.known = null;
    this.mode = null;
  }

  /** The session is over: nothing readable stays. */
  async leave() {
    if (this.mode === "signed-out") return;
    if (this.keys.live) await this.composer.keep();
    await this.keys.lock();
    await this.hide();
    this.mode = "signed-out";
    this.step.replaceChildren();
    this.banner.replaceChildren();
    this.safety.show(null);
    this.search.hide();
    this.missed.node.hidden = true;
    this.#say(SIGNED_OUT);
    this.foot.replaceChildren(el("p", {}, el("a", { class: "btn", href: "/sign-in" }, "Sign in")));
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    // The draft first: it is sealed with the keys that go now.
    if (this.keys.live) await this.composer.keep();
    this.keys.drop();
    await this.leave();
  }

  /** Shows what there is now. */
  async draw() {
    const { situation } = this.thread;
    const { keys } = this;
    const entries = keys.live ? this.thread.entries() : [];
    const shown = found(entries, this.search.query);
    this.messages.show(shown, { uid: keys.uid, writable: situation === "write" && !this.differ });
    this.messages.node.hidden = shown.length === 0;
    this.search.show(shown.length, entries.length);
    this.missed.node.hidden = !(this.thread.lost && situation === "write");
    this.missed.say(this.missed.node.hidden ? "" : lostWords(this.other));
    this.#announce(entries);
    this.#drawBanner();
    this.safety.show(await this.thread.safety(), this.thread.comparedOn, situation);
    const mode = this.differ && situation !== "locked" ? "differ" : situation;
    if (mode === this.mode) return;
    const first = this.mode === null;
    this.mode = mode;
    this.foot.hidden = false;
    this.#drawFoot(mode, first);
  }

  #announce(entries) {
    const theirs = entries
      .filter(({ author }) => author !== this.keys.uid)
      .flatMap(({ note, versions }) => versions.map(({ rev }) => `${note}/${rev}`));
    const fresh = this.known && theirs.filter((name) => !this.known.has(name)).length;
    if (fresh)
      this.live.textContent = fresh === 1 ? `${this.other} has written.` : `${this.other} has written ${fresh} times.`;
    this.known = this.keys.live ? new Set(theirs) : null;
  }

  #drawBanner() {
    const wanted = this.keys.live !== null && !this.keys.hasSlot("recovery") && !this.step.hasChildNodes();
    if (wanted === this.banner.hasChildNodes()) return;
    this.banner.replaceChildren(...(wanted ? [recoveryBanner(() => this.recovery())] : []));
  }

  #drawFoot(mode, first) {
    if (WRITES.has(mode)) {
      if (!this.composer.node.isConnected) this.foot.replaceChildren(this.composer.node);
      this.composer.load().catch(() => {});
      return;
    }
    if (mode === "locked") return this.#locked(first);
    const why = "Keys are made in this browser; nobody at the college has a copy.";
    const make = mode === "make-keys" ? [button("Make my keys", () => this.ask(why))] : [];
    this.foot.replaceChildren(standingNote(mode, this.other, ...make));
  }

  #locked(first) {
    const act = async (way) => {
      await this.keys.open(way);
      await this.thread.open();
      await this.draw();
      if (this.thread.waiting) this.send();
    };
    const unlock = unlockForm({
      keys: this.keys,
      title: "Unlock what is said",
      why: "It is sealed: only your keys open it.",
      act,
      durable: this.durable,
      renewed: async () => {
        await this.thread.load();
        await this.draw();
        await this.recovery();
      },
    });
    this.foot.replaceChildren(unlock.node);
    if (!first) unlock.focus();
  }

  #place(step) {
    this.step.replaceChildren(...(step ? [step.node] : []));
    this.foot.hidden = step !== null && this.mode === "make-keys";
    this.#drawBanner();
    step?.focus();
  }

  /** The one question before keys are made, then whatever was waiting for keys. */
  ask(why, then = async () => {}) {
    const place = (step) => this.#place(step);
    const cancel = () => {
      place(null);
      if (this.composer.node.isConnected) this.composer.text.focus();
    };
    const done = async () => {
      await this.thread.load();
      await then();
      await this.draw();
      await this.recovery();
    };
    place(askDevice({ keys: this.keys, durable: this.durable, why, place, done, cancel }));
  }

  /** The recovery step. */
  async recovery() {
    const later = () => {
      this.#place(null);
      goTo(this.foot);
    };
    const done = async () => {
      this.#place(null);
      this.live.textContent = "Your recovery code is filed.";
      goTo(this.foot);
    };
    try {
      await recoveryStep({ keys: this.keys, place: (step) => this.#place(step), done, later });
    } catch (fault) {
      this.#say(sentenceFor(fault));
    }
  }

  /** What the button does. */
  async submit(text) {
    if (!this.keys.made) {
      const why = `Your message is sealed so that only you and ${this.other} can read it. For that your keys are made now, in this browser.`;
      this.ask(why, () => this.submit(text));
      return;
    }
    if (!this.keys.live || (await this.keys.expire())) {
      await this.tick();
      if (!this.keys.live) return;
    }
    await this.thread.send(text);
    await this.composer.sent();
    await this.draw();
    this.send();
  }

  /** Sends what waits and shows how it went. */
  async send() {
    try {
      await this.thread.flush(() => this.draw());
      if (this.thread.trouble === "signed-out") await this.leave();
    } catch (fault) {
      this.#say(sentenceFor(fault));
    }
  }

  /** The safety words were the same. */
  async same(shown) {
    this.differ = false;
    await this.thread.acceptKeys(shown, isoDay(Date.now()));
    await this.draw();
  }

  /** The safety words were not the same. */
  stop() {
    this.differ = true;
    this.draw();
  }
}
