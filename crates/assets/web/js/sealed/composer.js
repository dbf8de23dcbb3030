// Where one writes: a message, notes of a meeting, or preparation. Enter makes a line, Ctrl or Cmd with Enter sends; a
// draft is kept while one types.
import { button, el, freshId } from "./dom.js";
import { Keeping } from "./keeping.js";
import { LABELS, WRITTEN } from "./kinds.js";
import { sentenceFor } from "./sentences.js";

const HINTS = {
  message: "",
  meeting: "Both of you can read this.",
  preparation: "Both of you can read this: there is no secret file.",
};

/** The box, its draft and its button. */
export class Composer {
  /**
   * @param {{other: string, about: string, drafts: object, kept: () => string, send: (text: string, kind: string) => Promise<void>,
   *   used: () => void, more?: Node[]}} parts `more` stands below the box
   */
  constructor(parts) {
    this.parts = parts;
    const id = freshId("write");
    this.text = el("textarea", { id, rows: "3", "aria-describedby": `${id}-line` });
    this.line = el("span");
    const hint = el("span", { class: "keyboard-only" }, "Ctrl and Enter sends.");
    const lines = el("p", { class: "small soft", id: `${id}-line` }, this.line, " ", hint);
    this.error = el("p", { class: "error-text", role: "alert", hidden: true });
    this.press = button("Send", () => this.#submit());
    this.node = el(
      "div",
      { class: "said-write" },
      el("label", { class: "f", for: id }, `Write to ${parts.other}`),
      this.#kinds(),
      this.error,
      this.text,
      el("div", { class: "between" }, lines, this.press),
      ...(parts.more ?? []),
    );
    this.keeping = new Keeping(() => this.#save());
    this.keeping.watch(this.text);
    this.text.addEventListener("input", () => parts.used());
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
  }

  #kinds() {
    const name = freshId("kind");
    this.radios = WRITTEN.map((kind) => el("input", { type: "radio", name, value: kind, onchange: () => this.#chosen() }));
    this.hint = el("p", { class: "small soft", role: "status" });
    const chips = WRITTEN.map((kind, at) =>
      el("label", { class: "chip" }, this.radios[at], el("span", {}, LABELS[kind] || "Message")),
    );
    this.radios[0].checked = true;
    return el(
      "fieldset",
      { class: "plain said-kinds" },
      el("legend", { class: "visually-hidden" }, "What you write"),
      el("div", { class: "chips" }, ...chips),
      this.hint,
    );
  }

  get kind() {
    return this.radios.find(({ checked }) => checked)?.value ?? WRITTEN[0];
  }

  set kind(kind) {
    for (const radio of this.radios) radio.checked = radio.value === kind;
    this.hint.textContent = HINTS[kind] ?? "";
  }

  #chosen() {
    this.kind = this.kind;
    this.keeping.typed();
  }

  /** Puts a kept draft into an empty box. */
  async load() {
    if (this.text.value) return;
    const { drafts, about } = this.parts;
    const [draft, kind] = [await drafts.load(about), await drafts.load(`${about}/kind`)];
    if (!draft || this.text.value) return;
    this.mine = draft;
    this.#fill(draft);
    if (WRITTEN.includes(kind)) this.kind = kind;
  }

  /** Puts words into the box, after what is there. */
  add(words, kind = WRITTEN[0]) {
    if (WRITTEN.includes(kind)) this.kind = kind;
    this.#fill([this.text.value, words].filter(Boolean).join("\n\n"));
    this.text.focus();
    this.keeping.typed();
  }

  #fill(words) {
    this.text.value = words;
    this.line.textContent = this.parts.kept();
  }

  // Keeps what stands in the box as a draft. A box nobody typed in says nothing about the draft: another window may have one.
  async #save() {
    const { drafts, about, kept } = this.parts;
    const { kind, text } = this;
    const words = text.value;
    this.mine = words;
    try {
      await drafts.save(about, words);
      await drafts.save(`${about}/kind`, words.trim() && kind !== WRITTEN[0] ? kind : "");
      this.line.textContent = text.value.trim() ? kept() : "";
    } catch (fault) {
      this.line.textContent = "This browser cannot keep a draft just now.";
      throw fault;
    }
  }

  /** Empties the box; the draft stays unless it was sent. */
  async empty() {
    this.text.value = "";
    this.line.textContent = "";
    await this.keeping.stop();
  }

  /** After sending `text`: the draft goes too. What was typed meanwhile stays. */
  async sent(text) {
    const { drafts, about } = this.parts;
    this.kind = WRITTEN[0];
    this.say("");
    const now = this.text.value;
    const since = now.startsWith(text) ? now.slice(text.length).trimStart() : now;
    // A save under way would bring the draft back.
    await this.empty();
    if (since) {
      this.text.value = since;
      return this.keeping.typed();
    }
    // Another window may have kept a draft of its own since.
    const kept = await drafts.load(about).catch(() => "");
    if (kept && kept !== text && kept !== this.mine) return;
    await Promise.all([drafts.clear(about), drafts.clear(`${about}/kind`)]).catch(() => {});
  }

  /** Says what went wrong, or nothing. */
  say(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
  }

  async #submit() {
    if (this.busy) return;
    if (!this.text.value.trim()) {
      this.say("There is nothing to send yet.");
      this.text.focus();
      return;
    }
    this.busy = true;
    this.press.setAttribute("aria-disabled", "true");
    this.say("");
    try {
      await this.parts.send(this.text.value, this.kind);
    } catch (fault) {
      this.say(sentenceFor(fault));
    } finally {
      this.busy = false;
      this.press.removeAttribute("aria-disabled");
    }
  }
}
