// How the notepad looks: a large field, Enter adds a line, the latest on top.
import { button, el, field, status } from "./dom.js";
import { placeAll } from "./messages-view.js";
import { sentenceFor } from "./sentences.js";
import { timeWords } from "./times.js";

const PAUSE = 300;
const FULL = "These notes are as long as they can be. Keep them, and write the rest as a message.";
const BREAKS = ["insertLineBreak", "insertParagraph"];
const EMPTY = "There is nothing to keep yet.";

const isEnter = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing;

/** The field, the lines and the button. */
export class NotepadView {
  /** @param {{pad: object, other: string, used: () => void, keep: () => Promise<void>, changed: () => Promise<void>}} parts */
  constructor(parts) {
    this.parts = parts;
    this.input = el("textarea", { rows: "3", enterkeyhint: "enter", class: "pad-field" });
    this.typed = field({ label: "What do you see?", hint: "Enter adds a line with its time.", input: this.input });
    this.state = status("small");
    this.undo = el("div", { class: "row" });
    this.list = el("ol", { class: "plain pad-lines", role: "list", "aria-label": "Notes" });
    this.press = button("Keep these notes", () => this.#keep());
    this.kept = new Map();
    this.changing = null;
    this.focus = el("p", { class: "said-text" });
    this.asked = el("div", { class: "note calm", hidden: true }, el("p", {}, el("b", {}, "What to look at")), this.focus);
    this.node = el(
      "div",
      { class: "stack" },
      this.asked,
      this.typed.node,
      el("div", { class: "row" }, button("Add the line", () => this.#add(), "btn ghost"), this.press),
      this.state.node,
      this.undo,
      this.list,
    );
    this.input.addEventListener("input", () => this.#typing());
    this.input.addEventListener("keydown", (event) => {
      this.shifted = event.shiftKey;
      if (!isEnter(event)) return;
      event.preventDefault();
      this.#add();
    });
    // Keyboards on a screen tell of Enter in this way only.
    this.input.addEventListener("beforeinput", (event) => {
      if (this.shifted || !BREAKS.includes(event.inputType)) return;
      event.preventDefault();
      this.#add();
    });
  }

  /** Shows the lines, and the words for how they stand. */
  show(words) {
    const { pad } = this.parts;
    const used = new Map();
    const nodes = [...pad.lines].reverse().map((line) => {
      const open = this.changing === line.id;
      const signature = `${line.text}\n${line.at}\n${open}`;
      const old = this.kept.get(line.id);
      const one = old?.signature === signature ? old : { signature, node: open ? this.#form(line) : this.#line(line) };
      used.set(line.id, one);
      return one.node;
    });
    this.kept = used;
    placeAll(this.list, nodes);
    this.list.hidden = nodes.length === 0;
    this.focus.textContent = pad.focus;
    this.asked.hidden = !pad.focus;
    this.state.say(words);
    if (document.activeElement !== this.input && !this.timer) this.input.value = pad.typing;
  }

  /** Keeps what stands in the field. */
  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.input.value !== this.parts.pad.typing) await this.parts.pad.type(this.input.value);
  }

  /** Takes everything off the page; what is in the field is kept first. */
  clear() {
    clearTimeout(this.timer);
    this.timer = null;
    this.changing = null;
    this.kept = new Map();
    this.input.value = "";
    this.focus.textContent = "";
    this.list.replaceChildren();
    this.undo.replaceChildren();
  }

  #typing() {
    this.parts.used();
    this.typed.wrong("");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save().catch((fault) => this.state.say(sentenceFor(fault))), PAUSE);
  }

  // Whatever is pressed meanwhile comes after.
  async #do(act) {
    this.parts.used();
    try {
      await act();
    } catch (fault) {
      this.typed.wrong(sentenceFor(fault));
    }
    await this.parts.changed();
  }

  async #addTyped() {
    clearTimeout(this.timer);
    this.timer = null;
    const text = this.input.value;
    if (!text.trim()) return true;
    this.input.value = "";
    if (await this.parts.pad.add(text)) return true;
    this.input.value = text;
    this.typed.wrong(FULL);
    return false;
  }

  #add() {
    this.undo.replaceChildren();
    return this.#do(() => this.#addTyped()).then(() => this.input.focus());
  }

  async #keep() {
    if (this.busy) return;
    this.busy = true;
    this.press.setAttribute("aria-disabled", "true");
    this.undo.replaceChildren();
    await this.#do(async () => {
      if (!(await this.#addTyped())) return;
      if (!this.parts.pad.lines.length && !this.parts.pad.changed) return this.typed.wrong(EMPTY);
      await this.parts.keep();
    });
    this.busy = false;
    this.press.removeAttribute("aria-disabled");
  }

  #line(line) {
    const time = timeWords(line.at);
    const change = button("Change", () => this.#open(line), "btn small quiet");
    const out = button("Take out", () => this.#remove(line), "btn small quiet");
    change.setAttribute("aria-label", `Change the line of ${time}: ${line.text}`);
    out.setAttribute("aria-label", `Take out the line of ${time}: ${line.text}`);
    return el(
      "li",
      {},
      el("span", { class: "when" }, time),
      el("p", { class: "said-text" }, line.text),
      el("div", { class: "pad-doing" }, change, out),
    );
  }

  #open(line) {
    this.changing = line.id;
    this.parts.changed().then(() => this.list.querySelector("textarea")?.focus());
  }

  #form(line) {
    const input = el("textarea", { rows: "2" });
    input.value = line.text;
    const one = field({ label: `The line of ${timeWords(line.at)}`, input });
    const close = () => {
      this.changing = null;
      return this.parts.changed();
    };
    const save = () =>
      this.#do(async () => {
        if (!input.value.trim()) return one.wrong("Write something, or take the line out.");
        if (!(await this.parts.pad.change(line.id, input.value))) return one.wrong(FULL);
        this.changing = null;
      });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (!isEnter(event)) return;
      event.preventDefault();
      save();
    });
    return el(
      "li",
      {},
      one.node,
      el("div", { class: "row" }, button("Save", save, "btn small"), button("Cancel", close, "btn small quiet")),
    );
  }

  #remove(line) {
    const { pad } = this.parts;
    const at = pad.lines.findIndex(({ id }) => id === line.id);
    return this.#do(() => pad.remove(line.id)).then(() => {
      const back = button(
        "Put it back",
        () => {
          this.undo.replaceChildren();
          this.#do(() => pad.restore(line, at)).then(() => this.input.focus());
        },
        "btn small ghost",
      );
      this.undo.replaceChildren(el("p", { class: "small", role: "status" }, "The line is taken out."), back);
      back.focus();
    });
  }
}
