// Lessons on the thread page: each has a card from the server, filled here with what to look at, notes and feedback.
import { button, el, goTo, status } from "./dom.js";
import { feedbackForm, feedbackOf, feedbackValues, focusForm } from "./lesson-forms.js";
import { feedbackItem, focusItem, notesItem } from "./lesson-items.js";
import { lastNotes, lessonWords, lessonsOf, writeLesson } from "./lesson.js";
import { padName } from "./notepad.js";
import { matches } from "../fold.js";

const NONE = { focus: [], notes: [], feedback: [] };
const LOCKED = "Unlock your keys above to see what is written about this lesson.";
const KEPT_HERE = "There are notes on this device that are not kept yet. Open the notepad to keep them.";

/** One lesson's card. */
class Card {
  constructor(article, parts) {
    Object.assign(this, { article, parts, form: null, signature: null });
    const { meeting, form, state, watches, watched, begun, notepad } = article.dataset;
    Object.assign(this, { meeting, kind: form, state, notepad, begun: Boolean(begun) });
    Object.assign(this, { watches: Boolean(watches), watched: Boolean(watched), on: ["booked", "held"].includes(state) });
    this.content = el("div", { class: "stack" });
    this.here = status("small");
    this.place = el("div");
    article.querySelector(".lesson-body").replaceChildren(this.content, this.here.node, this.place);
    article.querySelector(".lesson-body").classList.add("stack");
  }

  clear() {
    this.close();
    this.signature = null;
    this.here.say("");
    this.content.replaceChildren(el("p", { class: "small soft" }, LOCKED));
  }

  close() {
    this.form = null;
    this.place.replaceChildren();
  }

  // Notes and feedback count only from somebody who watches: whoever else says some is not shown as if they had.
  #mine(items, who) {
    const fine = ({ entry }) => (entry.author === who.uid ? this.watches : this.watched);
    return { focus: items.focus, notes: items.notes.filter(fine), feedback: items.feedback.filter(fine) };
  }

  show(all, before, who) {
    const items = this.#mine(all.get(this.meeting) ?? NONE, who);
    const said = [...items.focus, ...items.notes, ...items.feedback];
    const found = said.some(({ entry }) => matches(lessonWords(entry.kind, entry.text) ?? "", who.query));
    this.article.hidden = (!this.on && !said.length) || (Boolean(who.query.trim()) && !found);
    this.#showHere(who);
    const signature = JSON.stringify([items, before, who, this.form]);
    if (signature === this.signature) return;
    this.signature = signature;
    this.content.replaceChildren(...this.#nodes(items, before, who));
  }

  async #showHere(who) {
    if (!this.watches || !who.mayWrite) return this.here.say("");
    const { drafts, thread } = this.parts;
    const kept = await drafts.load(padName(thread, this.meeting)).catch(() => "");
    this.here.say(kept ? KEPT_HERE : "");
  }

  #nodes(items, before, who) {
    const { now } = this.parts;
    const nodes = items.focus.map((one) => focusItem(one, this.#focusDoing(one, who), now()));
    if (!items.focus.length) nodes.push(...this.#noFocus(before, who));
    for (const author of new Set(items.notes.map(({ entry }) => entry.author)))
      nodes.push(notesItem(lastNotes(items.notes, author), this.#by(author, who), this.#doing([]), now()));
    nodes.push(...items.feedback.map((one) => this.#feedback(one, before, who)));
    const doing = this.#next(items, before, who);
    return doing.length ? [...nodes, el("div", { class: "row" }, ...doing)] : nodes;
  }

  #by = (author, who) => (author === who.uid ? "you" : this.parts.other);

  #doing = (buttons, again) => ({ buttons, again, drop: (entry) => this.parts.drop(entry) });

  #small = (words, act) => button(words, act, "btn small quiet");

  #focusDoing({ entry, value }, who) {
    const again = () => this.#focus({ values: value, done: () => this.parts.drop(entry) });
    const mine = entry.author === who.uid && who.mayWrite && this.state === "booked" && entry.state === "sent";
    return this.#doing(mine ? [this.#small("Edit", () => this.#focus({ values: value, note: entry.note }))] : [], again);
  }

  #noFocus({ focus }, who) {
    if (!this.on) return [];
    const { other } = this.parts;
    if (who.party !== "teacher") return [el("p", { class: "soft" }, `${other} has not said what to look at.`)];
    if (!who.mayWrite || this.state !== "booked") return [];
    const open = this.form === "focus";
    const values = focus ? { text: focus } : {};
    const words = "What would you like to be looked at? You decide; you can also leave it open.";
    return [
      el("p", {}, words),
      ...(open ? [] : [el("div", { class: "row" }, button("Say what to look at", () => this.#focus({ values }), "btn ghost"))]),
    ];
  }

  #feedback(one, before, who) {
    const { entry, value } = one;
    const mine = entry.author === who.uid && who.mayWrite && this.on && entry.state === "sent";
    const edit = () => this.#give(before, { value, note: entry.note });
    const again = () => this.#give(before, { value, done: () => this.parts.drop(entry) });
    const doing = this.#doing(mine ? [this.#small("Edit", edit)] : [], again);
    const beside = (target, at) => this.#take(target, `${entry.note}/${at}`, who);
    return feedbackItem(one, this.#by(entry.author, who), doing, beside, this.parts.now());
  }

  // The teacher makes a target a goal of the plan, which is theirs.
  #take(target, from, who) {
    if (who.taken.includes(from)) return el("span", { class: "badge good" }, "Now a goal");
    if (who.party !== "teacher" || !who.mayPlan) return null;
    const one = this.#small("Make it my goal", () => this.parts.take(target, from));
    one.setAttribute("aria-label", `Make it my goal: ${target}`);
    return one;
  }

  #next(items, before, who) {
    if (!this.watches || !this.on || !who.mayWrite) return [];
    const given = items.feedback.some(({ entry }) => entry.author === who.uid);
    const pad = el("a", { class: this.begun ? "btn ghost" : "btn", href: this.notepad }, "Open the notepad");
    if (!this.begun || given || this.form === "feedback") return [pad];
    return [button("Write feedback", () => this.#give(before, {})), pad];
  }

  #open(name, make) {
    const close = () => {
      this.close();
      this.parts.redraw();
      goTo(this.article.querySelector("h3"));
    };
    const one = make(close);
    this.form = name;
    this.place.replaceChildren(one.node);
    this.parts.redraw();
    one.focus();
  }

  #focus({ values, note, done = async () => {} }) {
    const { drafts, thread } = this.parts;
    const send = async (value) => {
      await this.parts.say({ text: writeLesson("focus", this.meeting, value), kind: "focus", note });
      await done();
    };
    const about = `${thread}/focus/${this.meeting}`;
    this.#open("focus", (close) => focusForm({ values, about, drafts, send, close }));
  }

  #give({ targets }, { value, note, done = async () => {} }) {
    const { drafts, thread, shelf } = this.parts;
    const of = [...new Set([...(value?.progress.map(({ target }) => target) ?? []), ...targets])];
    const send = async (values) => {
      await this.parts.say({ text: writeLesson("feedback", this.meeting, feedbackOf(values, of)), kind: "feedback", note });
      await done();
    };
    const about = `${thread}/feedback/${this.meeting}`;
    const values = feedbackValues(value, of);
    this.#open("feedback", (close) => feedbackForm({ targets: of, values, about, drafts, send, close, shelf }));
  }
}

/** All lessons of a thread. */
export class LessonsView {
  /**
   * @param {HTMLElement} section
   * @param {{other: string, thread: string, drafts: object, say: (said: object) => Promise<void>,
   *   drop: (entry: object) => Promise<void>, redraw: () => void, take: (target: string, from: string) => void,
   *   used: () => void, shelf?: object, now?: () => number}} parts
   */
  constructor(section, parts) {
    const given = { now: Date.now, ...parts };
    // The latest stands first.
    this.cards = [...section.querySelectorAll("article[data-meeting]")].map((article) => new Card(article, given));
    for (const sign of ["input", "pointerdown"]) section.addEventListener(sign, () => given.used());
  }

  /** Takes everything off the page; what was typed is kept as a draft. */
  clear() {
    for (const card of this.cards) card.clear();
  }

  /**
   * @param {object[]} entries
   * @param {{uid: string, party: string, mayWrite: boolean, mayPlan: boolean, query: string, taken: string[]}} who `taken`:
   *   from which targets a goal was made
   */
  show(entries, who) {
    const all = lessonsOf(entries);
    this.cards.forEach((card, at) => {
      const earlier = this.cards.slice(at + 1);
      card.show(all, { targets: this.#targets(all, earlier), focus: this.#moved(all, card) }, who);
    });
  }

  // The targets of the last feedback before a lesson.
  #targets(all, earlier) {
    for (const { meeting } of earlier) {
      const last = (all.get(meeting) ?? NONE).feedback.filter(({ value }) => value.targets.length).at(-1);
      if (last) return last.value.targets;
    }
    return [];
  }

  // What the teacher wrote for a lesson that was moved is at hand for the one in its place.
  #moved(all, card) {
    const moved = this.cards.filter(({ state, kind }) => state === "moved" && kind === card.kind);
    const said = moved.flatMap(({ meeting }) => (all.get(meeting) ?? NONE).focus);
    return said.at(-1)?.value.text ?? "";
  }
}
