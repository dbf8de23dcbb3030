// The thread page: what is said, where one writes, and whatever has to come first.
import { button, el, goTo, status } from "./dom.js";
import { ThreadLoop } from "./thread-loop.js";
import { Asked } from "./asked.js";
import { Files } from "./files.js";
import { FileField } from "./file-view.js";
import { Composer } from "./composer.js";
import { keepAll } from "./keeping.js";
import { found } from "./messages-view.js";
import { SafetyView } from "./safety-view.js";
import { SearchField } from "./search-field.js";
import { missedWords, standingNote, waitingWords } from "./standing.js";
import { KeySteps } from "./key-steps.js";
import { cardOn, lessonsOn, messagesOn, planOn, showLessons, showPlan } from "./thread-views.js";
import { Shelf } from "./cites.js";
import { Reading, firstNew, highest } from "./reading.js";
import { isSaid } from "./kinds.js";
import { Refused } from "./box.js";
import { sentenceFor } from "./sentences.js";
import { isoDay } from "./times.js";

const WRITES = new Set(["first-words", "write"]);

/** One thread on the page. */
export class ThreadPage extends ThreadLoop {
  /** @param {HTMLElement} section @param {{net: object, store: object, session: Storage|null}} parts */
  constructor(section, { net, store, session }) {
    super(section.dataset.thread, { net, store, session }, "note act said-trouble");
    this.other = section.dataset.other;
    this.steps = new KeySteps({
      keys: this.keys,
      durable: store.durable,
      say: (words) => this.tell(words),
      placed: (open) => (this.foot.hidden = open && this.mode === "make-keys"),
      after: (words) => {
        this.live.textContent = words;
        goTo(this.foot);
      },
    });
    this.known = null;
    this.differ = false;
    this.files = new Files({ id: this.id, thread: this.thread, net });
    this.asked = section.dataset.asked ? new Asked(session) : null;
    this.card = cardOn(this, section.dataset, { net, store });
    this.shelf = new Shelf(net);
    this.reads = new Reading({ net, thread: this.id });
    this.fresh = undefined;
    this.#frame(section.querySelector("#said-body"), store);
    this.plan = planOn(this, document.querySelector("#plan[data-thread] #plan-body"));
    this.lessons = lessonsOn(this, document.querySelector("#lessons"));
  }

  #frame(body, store) {
    const redraw = () => this.draw();
    this.messages = messagesOn(this);
    this.file = new FileField({ files: this.files, ready: () => this.#ready(), sent: () => this.#said() });
    this.composer = new Composer({
      more: [this.file.node],
      other: this.other,
      about: this.id,
      drafts: this.drafts,
      used: () => this.keys.touch(),
      send: (text, kind) => this.submit(text, kind),
      kept: () => this.#keptWords(store),
    });
    this.safety = new SafetyView({ other: this.other, same: (shown) => this.same(shown), differ: () => this.stop() });
    this.search = new SearchField(redraw);
    this.live = el("p", { class: "visually-hidden", role: "status" });
    this.missed = status("note calm");
    this.missed.node.hidden = true;
    this.foot = el("div", {}, el("p", { class: "soft" }, "Opening …"));
    body.replaceChildren(
      this.live,
      this.steps.banner,
      ...(this.card ? [this.card.node] : []),
      this.search.node,
      this.missed.node,
      this.messages.node,
      this.trouble.node,
      this.foot,
      this.steps.node,
      this.safety.node,
    );
    body.classList.add("stack");
    body.addEventListener("pointerdown", () => this.keys.touch());
  }

  #keptWords({ durable }) {
    if (!this.keys.made) return "Draft kept until this tab is closed.";
    return durable ? "Draft kept on this device." : "Draft kept while this page is open.";
  }

  /** The shelf is read with every page, before anything is cited. */
  async taken() {
    this.shelf.load();
  }

  /** What was typed on the ask form is said now. */
  begun() {
    return this.#takeAsked();
  }

  /** Keeps what is typed, wherever on the page. */
  keepTyped() {
    return keepAll();
  }

  /** Takes what was opened off the page; what is in the box is kept first. */
  async hide() {
    this.thread.close();
    this.messages.clear();
    this.plan?.clear();
    this.lessons?.clear();
    this.composer.empty();
    this.steps.clear();
    this.search.clear();
    this.known = null;
    this.mode = null;
  }

  /** What stands there when nothing is shown any more. */
  closed(link) {
    this.file.clear();
    this.card?.show(false);
    this.safety.show(null);
    this.missed.node.hidden = true;
    this.foot.hidden = false;
    this.foot.replaceChildren(el("p", {}, link));
  }

  /** Shows what there is now. */
  async draw() {
    const { situation } = this.thread;
    const { keys } = this;
    const all = keys.live ? this.thread.entries() : [];
    const entries = all.filter(({ kind }) => isSaid(kind));
    const shown = found(entries, this.search.query);
    const writable = situation === "write" && !this.differ;
    if (keys.live && this.fresh === undefined) this.fresh = firstNew(entries, keys.uid, this.thread.read);
    this.messages.show(shown, { uid: keys.uid, writable, fresh: this.fresh });
    this.messages.node.hidden = shown.length === 0;
    this.search.show(shown.length, entries.length);
    const missed = situation === "write" ? missedWords(this.thread, this.other) : "";
    this.missed.node.hidden = !missed;
    this.missed.say(missed);
    this.#announce(all);
    showPlan(this, all, writable);
    showLessons(this, all, writable);
    this.card?.show(writable && this.thread.party === "teacher");
    if (keys.live && !document.hidden) this.reads.mark(highest(all, keys.uid), this.thread.read);
    this.steps.drawBanner();
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

  #drawFoot(mode, first) {
    if (WRITES.has(mode)) {
      if (!this.composer.node.isConnected) this.foot.replaceChildren(this.composer.node);
      this.composer.load().catch(() => {});
      return;
    }
    if (mode === "locked") return this.#locked(first);
    const why = "Keys are made in this browser; nobody at the college has a copy.";
    const make = mode === "make-keys" ? [button("Make my keys", () => this.#ask(why))] : [];
    this.foot.replaceChildren(standingNote(mode, this.other, ...make));
  }

  #locked(first) {
    const unlock = this.steps.unlock({
      title: "Unlock what is said",
      why: "It is sealed: only your keys open it.",
      opened: async () => {
        await this.thread.load();
        await this.draw();
        if (this.thread.waiting) this.send();
        await this.#takeAsked();
      },
    });
    this.foot.replaceChildren(unlock.node);
    if (!first) unlock.focus();
  }

  #ask(why, then = async () => {}, cancel = () => this.composer.node.isConnected && this.composer.text.focus()) {
    const made = async () => {
      await this.thread.load();
      await then();
      await this.draw();
    };
    this.steps.ask(why, { then: made, cancel });
  }

  #keysFor(what) {
    return `${what} is sealed so that only you and ${this.other} can read it. For that your keys are made now, in this browser.`;
  }

  // What was typed with the request: sent at once where the keys are open, else shown in the box while they are made.
  async #takeAsked() {
    if (!this.asked || !WRITES.has(this.mode)) return;
    const text = this.asked.forThread({ uid: this.keys.uid, to: this.thread.otherUid });
    if (!text) return;
    if (!this.composer.text.value.includes(text)) this.composer.add(text);
    this.requested = true;
    try {
      await this.submit(this.composer.text.value, "message");
    } catch (fault) {
      this.composer.say(sentenceFor(fault));
    }
  }

  /** What the button of the box does. */
  async submit(text, kind) {
    if (!this.keys.made) return this.#ask(this.#keysFor("Your message"), () => this.#submitBox());
    if (!(await this.#unlocked())) return;
    await this.thread.send(text, this.requested && kind === "message" ? "request" : kind);
    if (this.requested) this.asked.clear();
    this.requested = false;
    await this.composer.sent(text);
    await this.#said();
  }

  // While keys are made one may go on writing: what stands in the box by then is what is meant.
  async #submitBox() {
    const { text, kind } = this.composer;
    if (text.value.trim()) await this.submit(text.value, kind);
  }

  async #unlocked() {
    if (this.keys.live && !(await this.keys.expire())) return true;
    await this.tick();
    return this.keys.live !== null;
  }

  /**
   * Says something that is not from the box; keys are made first where there are none.
   * @param {{text: string, kind: string, note?: string}} said with `note` another version of it
   */
  async say({ text, kind, note }) {
    await this.#ready();
    await (note ? this.thread.edit(note, text) : this.thread.send(text, kind));
    await this.#said();
  }

  // Keys are made where there are none; otherwise they must be open.
  async #ready() {
    if (!this.keys.made)
      await new Promise((resolve, reject) =>
        this.#ask(
          this.#keysFor("What you send"),
          async () => resolve(),
          () => reject(new Refused("no-keys")),
        ),
      );
    if (!(await this.#unlocked())) throw new Refused("locked");
  }

  async #said() {
    await this.draw();
    this.send();
  }

  /** Takes something out of what is on its way. */
  async drop(entry) {
    await this.thread.drop(entry.note, entry.rev);
    await this.draw();
  }

  /** Sends what waits and shows how it went. */
  async send() {
    try {
      await this.thread.flush(() => this.draw());
      if (this.thread.trouble === "signed-out") await this.leave();
      if (this.thread.trouble === "keys") this.tell(waitingWords(this.other));
    } catch (fault) {
      this.tell(sentenceFor(fault));
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
