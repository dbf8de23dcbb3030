// The plan on the thread page: the teacher's own; the practitioner sees it and proposes.
import { button, el, goTo, status } from "./dom.js";
import { placeAll } from "./messages-view.js";
import { planOf, writePlanned } from "./plan.js";
import { FORMS } from "./plan-forms.js";
import { goalItem, proposalItem, trialItem } from "./plan-items.js";
import { sentenceFor } from "./sentences.js";

const TITLES = { goal: "A goal of mine", trial: "A small trial", proposal: "Something to propose" };
const TOP = "top";

/** The plan. */
export class PlanView {
  /**
   * @param {HTMLElement} body
   * @param {{other: string, thread: string, drafts: object, say: (said: object, after?: object) => Promise<void>,
   *   drop: (entry: object) => Promise<void>, redraw: () => void, used: () => void,
   *   shelf?: object, now?: () => number}} parts
   */
  constructor(body, parts) {
    this.parts = { now: Date.now, ...parts };
    this.lede = el("p", { class: "small soft" });
    this.list = el("ul", { class: "plain plan-list", role: "list" });
    this.said = status("small");
    this.doing = el("div", { class: "row" });
    this.kept = new Map();
    this.open = null;
    body.replaceChildren(this.lede, this.list, this.said.node, this.doing);
    body.classList.add("stack");
    for (const sign of ["input", "pointerdown"]) body.addEventListener(sign, () => this.parts.used());
  }

  /** Takes everything off the page; what was typed is kept as a draft. */
  clear() {
    this.open = null;
    this.kept = new Map();
    this.list.replaceChildren();
    this.doing.replaceChildren();
    this.wanted = null;
    this.lede.textContent = "Unlock your keys above to see the plan.";
  }

  /** @param {object[]} entries @param {{uid: string, party: string, mayPlan: boolean, mayWrite: boolean}} who */
  show(entries, who) {
    this.who = who;
    this.plan = planOf(entries);
    const { goals, loose, proposals, unread } = this.plan;
    this.lede.textContent = this.#ledeWords(goals.length + loose.length + proposals.length, unread);
    const used = new Map();
    const nodes = [];
    const add = (note, one, make) => {
      const open = this.open?.at === note ? this.open : null;
      if (!open?.instead) nodes.push(this.#keep(used, note, JSON.stringify([one, who, open !== null]), make));
      if (open) nodes.push(open.item);
    };
    const now = this.parts.now();
    const [goalDoing, trialDoing, proposalDoing] = [this.#goalDoing, this.#trialDoing, this.#proposalDoing].map((one) =>
      one.bind(this),
    );
    for (const one of proposals.filter(({ answer }) => answer === null))
      add(one.entry.note, one, () => proposalItem(one, this.#whose(one), proposalDoing, now));
    for (const one of goals) add(one.entry.note, one, () => goalItem(one, goalDoing, trialDoing, now));
    for (const one of loose) add(one.entry.note, one, () => trialItem(one, trialDoing, now));
    for (const one of proposals.filter(({ answer }) => answer === "aside"))
      add(one.entry.note, one, () => proposalItem(one, this.#whose(one), proposalDoing, now));
    if (this.open && !nodes.includes(this.open.item)) nodes.push(this.open.item);
    this.kept = used;
    placeAll(this.list, nodes);
    this.list.hidden = nodes.length === 0;
    this.#drawDoing();
  }

  /** From which proposals and targets the goals of the plan were made. */
  get taken() {
    return (this.plan?.goals ?? []).map(({ value }) => value.from).filter(Boolean);
  }

  #whose({ entry }) {
    return entry.author === this.who.uid ? "you" : this.parts.other;
  }

  #ledeWords(many, unread) {
    const { other } = this.parts;
    const mine = this.who.party === "teacher";
    const missing = unread ? ` ${unread === 1 ? "One part does" : `${unread} parts do`} not open here.` : "";
    if (many)
      return (
        (mine ? `Yours. ${other} can propose; you decide.` : `${other}’s own. You can propose; ${other} decides.`) + missing
      );
    return (
      (mine
        ? "What would you like to be able to do? A goal that you can try within two weeks is a good start."
        : `${other} has no goal here yet. You can propose something small.`) + missing
    );
  }

  // What looks the same stays the same element.
  #keep(used, name, signature, make) {
    const old = this.kept.get(name);
    const one = old?.signature === signature ? old : { signature, node: make() };
    used.set(name, one);
    return one.node;
  }

  #drawDoing() {
    const { party, mayPlan, mayWrite } = this.who;
    const top = this.open?.at === TOP;
    const wanted = top ? "" : party === "teacher" ? (mayPlan ? "goal" : "") : mayWrite ? "proposal" : "";
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    const words = wanted === "goal" ? "Add a goal" : "Propose something";
    this.doing.replaceChildren(...(wanted ? [button(words, () => this.edit(wanted, { at: TOP }), "btn ghost")] : []));
  }

  /**
   * Opens a form at an item, in its place or below it.
   * @param {"goal"|"trial"|"proposal"} kind
   * @param {{at: string, instead?: boolean, note?: string, values?: object, done?: () => Promise<void>}} where
   */
  edit(kind, { at, instead = false, note, values = {}, done = async () => {} }) {
    const { drafts, thread, shelf } = this.parts;
    const close = () => {
      if (this.open?.item === item) this.open = null;
      this.#again();
      goTo(this.lede);
    };
    const send = async (value) => {
      await this.parts.say({ text: writePlanned(kind, value), kind, note });
      await done();
      this.said.say("");
    };
    const about = `${thread}/plan/${kind}/${note ?? values.from ?? values.goal ?? "new"}`;
    const press = kind === "proposal" ? "Propose it" : "Keep it in the plan";
    const one = FORMS[kind]({ title: TITLES[kind], values, about, drafts, press, send, close, shelf });
    const item = el("li", {}, one.node);
    this.open = { at, instead, item };
    this.#again();
    one.focus();
  }

  #again() {
    this.parts.redraw();
  }

  #set(kind, { entry, value }, change) {
    return this.#say({ text: writePlanned(kind, { ...value, ...change }), kind, note: entry.note });
  }

  // A second press while the first is under way does nothing.
  async #say(said) {
    if (this.busy) return;
    this.busy = true;
    try {
      this.said.say("");
      await this.parts.say(said);
    } catch (fault) {
      this.said.say(sentenceFor(fault));
    }
    this.busy = false;
  }

  #common(kind) {
    return {
      again: (entry, value) =>
        this.edit(kind, {
          at: TOP,
          values: value,
          note: entry.rev > 1 ? entry.note : undefined,
          done: () => this.parts.drop(entry),
        }),
      drop: (entry) => this.parts.drop(entry),
    };
  }

  #doing(kind, one, buttons) {
    return { ...this.#common(kind), buttons: one.entry.state === "sent" ? buttons : [] };
  }

  #small(words, act) {
    return button(words, act, "btn small quiet");
  }

  #goalDoing(goal) {
    if (this.who.party !== "teacher" || !this.who.mayPlan) return this.#doing("goal", goal, []);
    const { entry, value } = goal;
    const { note } = entry;
    const edit = this.#small("Edit", () => this.edit("goal", { at: note, instead: true, note, values: value }));
    const set = (words, state) => this.#small(words, () => this.#set("goal", goal, { state }));
    const buttons =
      value.state === "open"
        ? [
            this.#small("Add a small trial", () => this.edit("trial", { at: note, values: { goal: note } })),
            set("I have reached it", "reached"),
            edit,
            set("Put it aside", "dropped"),
          ]
        : [set("Take it up again", "open"), edit];
    return this.#doing("goal", goal, buttons);
  }

  #trialDoing(trial) {
    if (this.who.party !== "teacher" || !this.who.mayPlan) return this.#doing("trial", trial, []);
    const { entry, value } = trial;
    const words = value.verdict === "running" ? "Say what happened" : "Edit";
    // The form stands below the goal that the trial belongs to.
    const known = this.plan.goals.some((goal) => goal.entry.note === value.goal);
    const where = known ? { at: value.goal } : { at: entry.note, instead: true };
    const edit = () => this.edit("trial", { ...where, note: entry.note, values: value });
    return this.#doing("trial", trial, [this.#small(words, edit)]);
  }

  #proposalDoing(proposal) {
    const { entry, value, answer } = proposal;
    const { note } = entry;
    const { party, mayPlan, mayWrite } = this.who;
    if (party === "practitioner") {
      const edit = () => this.edit("proposal", { at: note, instead: true, note, values: value });
      return this.#doing("proposal", proposal, mayWrite && answer === null ? [this.#small("Edit", edit)] : []);
    }
    if (!mayPlan) return this.#doing("proposal", proposal, []);
    const values = { what: value.what, size: "small", by: "", evidence: value.why, from: note, cites: value.cites };
    const take = () => this.edit("goal", { at: note, instead: true, values });
    const text = writePlanned("goal", { ...values, evidence: "", cites: [], state: "dropped" });
    const aside = () => this.#say({ kind: "goal", text });
    const buttons = [button("Make it my goal", take, "btn small ghost")];
    if (answer === null) buttons.push(this.#small("Not now", aside));
    return this.#doing("proposal", proposal, buttons);
  }
}
