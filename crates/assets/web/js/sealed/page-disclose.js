// Telling the safeguarding leads: what is chosen here goes, and nothing else.
import { el, field, goTo, status, wrongOf } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Keeping, keepAll } from "./keeping.js";
import { OwnKeys } from "./own-keys.js";
import { lockWhenIdle } from "./idle.js";
import { KeySteps } from "./key-steps.js";
import { Thread } from "./thread.js";
import { recipients, sealDisclosure, standingOf, writeDisclosure } from "./disclosure.js";
import { disclosureBody, excerptLine, excerptText, namesWords } from "./disclosure-view.js";
import { pinned } from "./pins.js";
import { SIGNED_OUT, sentenceFor } from "./sentences.js";
import { SignedOut, Turned } from "./net.js";
import { untilDone } from "./until-done.js";

const NO_LEAD =
  "No safeguarding lead can read sealed words yet. Use the telephone: the number is on this page, and it is the quickest way.";
const inPlace = (to) => typeof to === "string" && /^\/(?!\/)/.test(to);

/** The page. */
export class DisclosePage {
  /** @param {HTMLElement} section @param {{net: object, store: object, session: Storage|null, go?: (to: string) => void}} parts */
  constructor(section, { net, store, session, go = (to) => location.assign(to) }) {
    Object.assign(this, { net, go, id: section.dataset.thread, about: section.dataset.about });
    this.keys = new OwnKeys({ net, store });
    this.thread = new Thread({ id: this.id, keys: this.keys, net, store });
    this.drafts = new Drafts({ keys: this.keys, store, session });
    this.steps = new KeySteps({
      keys: this.keys,
      durable: store.durable,
      say: (words) => this.said.say(words),
      after: () => this.#open(),
    });
    this.said = status("error-text");
    this.said.node.hidden = true;
    this.form = section.querySelector("#disclose-form");
    this.body = section.querySelector("#disclose-body");
    this.body.classList.add("stack");
    // A form of its own, so it cannot stand in this one.
    this.form.after(this.steps.node);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.reason = this.form.querySelector('select[name="reason"]');
    this.wrongReason = wrongOf(this.reason);
    this.form.addEventListener("change", () => {
      if (this.reason.value || !this.#unsafe) this.wrongReason("");
      this.#preview();
    });
  }

  /** Reads, unlocks if this device can, and shows. */
  async start() {
    lockWhenIdle(this.keys, () => this.#open().catch((fault) => this.#fail(fault)));
    await untilDone(() => this.#begin());
  }

  async #begin() {
    try {
      await this.keys.load();
      if (this.keys.made && !this.keys.live) await this.keys.silently();
      await this.#open();
      this.#say("");
      return true;
    } catch (fault) {
      this.#fail(fault);
      return false;
    }
  }

  #say(words) {
    this.said.node.hidden = !words;
    this.said.say(words);
  }

  #fail(fault) {
    this.#say(fault instanceof SignedOut ? SIGNED_OUT : sentenceFor(fault));
    if (!this.said.node.isConnected) this.body.append(this.said.node);
  }

  async #open() {
    const { keys } = this;
    if (!keys.made) {
      this.body.replaceChildren();
      const why = "What you tell is sealed for the safeguarding leads. For that your keys are made now, in this browser.";
      return this.steps.ask(why);
    }
    if (!keys.live) {
      this.body.replaceChildren(el("p", {}, "What goes to the safeguarding lead is sealed. Unlock your keys below first."));
      const opened = async () => {
        this.steps.clear();
        await this.#open();
      };
      const unlock = this.steps.unlock({
        title: "Unlock your keys",
        why: "Then choose what the lead should read.",
        opened,
        level: "h2",
      });
      return this.steps.node.replaceChildren(unlock.node);
    }
    await this.#read();
    await this.#draw();
  }

  async #read() {
    const to = await this.net.read(`/support/${this.id}/disclosure.json`);
    await this.thread.load();
    const looked = await Promise.all(to.leads.map((lead) => standingOf(this.keys.pins, lead)));
    this.leads = to.leads.map((lead, at) => ({ ...lead, look: looked[at] })).filter(({ look }) => look);
    this.without = to.leads.filter(({ uid }) => !this.leads.some((lead) => lead.uid === uid));
    this.other = { uid: to.other.uid, keys: (await standingOf(this.keys.pins, to.other))?.keys ?? null };
    this.disclosure = to.disclosure;
    const fresh = this.leads.filter(({ look }) => look.standing === "new");
    if (fresh.length)
      await this.keys.changePins((pins) => fresh.reduce((all, { uid, look }) => pinned(all, uid, look.shown), pins));
  }

  async #draw() {
    if (!this.leads.length) return this.body.replaceChildren(el("p", { class: "note act" }, NO_LEAD));
    this.choices = this.thread
      .entries()
      .map((entry) => ({ entry, text: excerptText(entry), box: el("input", { type: "checkbox" }) }))
      .filter(({ text }) => text);
    this.words = el("textarea", { rows: "5" });
    this.typed = field({
      label: "What the lead should know",
      hint: "Needed if you choose nothing of what was said.",
      input: this.words,
    });
    this.words.value = await this.drafts.load(this.#draft).catch(() => "");
    this.words.addEventListener("input", () => this.#typing());
    this.keeping = new Keeping(() => this.drafts.save(this.#draft, this.words.value));
    this.keeping.watch(this.words);
    this.shown = el("div", { class: "stack-s" });
    this.press = el("button", { class: "btn", type: "submit" }, `Send it to ${this.#names()}`);
    const notes = this.#notes().map((words) => el("p", { class: "note" }, words));
    const parts = [...notes, this.#chosen(), this.typed.node, this.shown, this.said.node, this.press];
    this.body.replaceChildren(...parts.filter(Boolean));
    this.#preview();
  }

  get #draft() {
    return `${this.id}/disclosure`;
  }

  get #unsafe() {
    return this.form.querySelector('input[name="unsafe"]')?.checked ?? false;
  }

  #names() {
    return namesWords(this.#told().map(({ name }) => name));
  }

  // The other one is not told as a lead either while that is unsafe.
  #told() {
    return this.leads.filter(({ uid }) => !this.#unsafe || uid !== this.other.uid);
  }

  #notes() {
    const changed = this.leads.filter(({ look }) => look.standing === "changed").map(({ name }) => name);
    const notes = changed.map(
      (name) => `The keys of ${name} are new to this browser. It can be sent all the same; if in doubt, telephone.`,
    );
    if (this.without.length)
      notes.push(
        `${namesWords(this.without.map(({ name }) => name))} cannot read sealed words yet and does not get it here.`,
      );
    return notes;
  }

  #chosen() {
    if (!this.choices.length) return null;
    const rows = this.choices.map(({ entry, text, box }) =>
      el(
        "label",
        { class: "check" },
        box,
        el(
          "span",
          {},
          el("span", { class: "when" }, excerptLine(entry, this.#by(entry) || "You")),
          el("br"),
          el("span", { class: "said-text" }, text),
        ),
      ),
    );
    return el(
      "fieldset",
      { class: "disclose-choices" },
      el("legend", { class: "f" }, "What was said: choose what the lead should read"),
      ...rows,
    );
  }

  // One's own words stand under the name of whoever sends.
  #by({ author }) {
    return author === this.keys.uid ? "" : this.thread.otherName;
  }

  #value() {
    const excerpts = this.choices
      .filter(({ box }) => box.checked)
      .map(({ entry, text }) => ({ kind: entry.kind, author: this.#by(entry), at: entry.at, text }));
    return { words: this.words.value.trim(), excerpts };
  }

  #typing() {
    this.keys.touch();
    this.#preview();
  }

  #preview() {
    if (!this.shown) return;
    const value = this.#value();
    const names = this.#names();
    const them = this.#unsafe ? `${this.about} is not told now.` : `${this.about} sees it at once.`;
    const empty = !value.words && !value.excerpts.length;
    if (!empty) this.typed.wrong("");
    this.press.textContent = `Send it to ${names}`;
    this.shown.replaceChildren(
      el("h2", {}, `This is exactly what goes to ${names}`),
      empty ? el("p", { class: "soft" }, "Nothing yet.") : el("div", { class: "card" }, disclosureBody(value, "You")),
      el("p", { class: "small" }, `You can read it again. ${them}`),
    );
  }

  async #send() {
    if (this.busy || !this.press?.isConnected) return;
    const value = this.#value();
    this.typed.wrong(
      value.words || value.excerpts.length ? "" : "Write what the lead should know, or choose something above.",
    );
    if (!value.words && !value.excerpts.length) return;
    this.busy = true;
    this.press.setAttribute("aria-disabled", "true");
    try {
      this.#say("");
      this.wrongReason("");
      if (await this.keys.expire()) return await this.#open();
      const to = await this.#post(writeDisclosure(value.words, value.excerpts));
      await this.keeping.stop();
      await this.drafts.clear(this.#draft).catch(() => {});
      this.go(inPlace(to) ? to : `/support/${this.id}`);
    } catch (fault) {
      if (fault instanceof Turned && fault.code === "reason") return this.wrongReason(fault.sentence);
      this.#fail(fault);
      goTo(this.said.node);
    } finally {
      this.busy = false;
      this.press.removeAttribute("aria-disabled");
    }
  }

  // The same words to the same people are sealed once, so that pressing again after a lost answer says it once.
  async #post(text) {
    const { live } = this.keys;
    const unsafe = this.#unsafe;
    const mine = { kid: live.kid, enc: live.encPublic };
    const to = recipients({ leads: this.leads, other: this.other, mine, unsafe });
    const what = JSON.stringify([text, to.map(({ kid }) => kid)]);
    if (this.sealed?.what !== what)
      this.sealed = { what, ...(await sealDisclosure(live, { disclosure: this.disclosure, text, to })) };
    const { body } = await this.net.post(`/support/${this.id}/disclosure`, {
      disclosure: this.disclosure,
      category: this.form.querySelector('input[name="category"]:checked')?.value ?? "",
      unsafe: unsafe ? "on" : "",
      reason: this.reason.value,
      jwe: JSON.stringify(this.sealed.jwe),
      grants: JSON.stringify(this.sealed.grants),
    });
    return body.to;
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    // The draft first: it is sealed with the keys that go now.
    await keepAll();
    this.keys.drop();
    this.steps.clear();
    this.body.replaceChildren(el("p", {}, SIGNED_OUT));
  }
}
