// The messages of a thread: mine to the right, days between, earlier versions folded away.
import { button, el, freshId } from "./dom.js";
import { Keeping } from "./keeping.js";
import { dayWords, sameDay, timeWords } from "./times.js";
import { sentenceFor } from "./sentences.js";
import { LABELS } from "./kinds.js";
import { matches } from "../fold.js";

const UNOPENED = "This message does not open here. It was changed on its way, or sealed for other keys.";
const WAITING = "not sent yet: it will go as soon as there is a connection";
const UNKEPT =
  "not sent yet, and kept in this open page only: this browser’s storage was cleared, or keeps nothing. Leave the page open until it is sent, or copy the words";

/** Puts nodes in order in a list and moves only those out of place, so that nothing loses focus. */
export function placeAll(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
}

/** The entries that hold every word of a query; those that do not open stay, because nobody can know. */
export const found = (entries, query) =>
  query.trim() ? entries.filter(({ text }) => text === null || matches(text, query)) : entries;

const said = (text) => el("p", { class: text === null ? "said-text soft" : "said-text" }, text ?? UNOPENED);

const label = ({ kind }) => (LABELS[kind] ? el("p", { class: "said-kind" }, LABELS[kind]) : null);

const newLine = () => el("li", { class: "said-new" }, el("h3", {}, "New"));

function whenWords({ state, unkept, versions }) {
  if (state === "sending") return "sending …";
  if (state === "waiting") return unkept ? UNKEPT : WAITING;
  if (state === "refused") return "not sent";
  const time = timeWords(versions[0].at);
  return versions.length > 1 ? `${time} · edited ${timeWords(versions.at(-1).at)}` : time;
}

function earlier(versions) {
  if (versions.length < 2) return null;
  const rows = versions
    .slice(0, -1)
    .map((one) => el("li", {}, el("span", { class: "when" }, timeWords(one.at)), said(one.text)));
  return el(
    "details",
    { class: "more small" },
    el("summary", {}, "What it said before"),
    el("ol", { class: "plain stack-s" }, ...rows),
  );
}

/** The list of messages. */
export class MessagesView {
  /**
   * @param {{other: string, edit: (note: string, text: string) => Promise<void>, again: (entry: object) => void,
   *   drop: (entry: object) => void, drafts: object, thread: string, now?: () => number,
   *   bodies?: Record<string, (entry: object) => Node[]|null>}} parts `bodies` shows kinds that are more than a text
   */
  constructor(parts) {
    this.parts = { now: Date.now, bodies: {}, ...parts };
    this.node = el("ol", { class: "plain said-list", role: "list", "aria-label": "Messages" });
    this.kept = new Map();
    this.editing = null;
  }

  /** Shows entries; `writable` says whether one's own may be edited, `fresh` is the note before which "New" stands. */
  show(entries, { uid, writable, fresh = null }) {
    const nodes = [];
    let before = null;
    const used = new Map();
    for (const entry of entries) {
      if (!before || !sameDay(before.at, entry.at)) {
        const words = dayWords(entry.at, this.parts.now());
        nodes.push(this.#keep(used, `day ${words}`, "", () => el("li", { class: "when said-day" }, el("h3", {}, words))));
      }
      before = entry;
      if (entry.note === fresh) nodes.push(this.#keep(used, "new", "", newLine));
      const mine = entry.author === uid;
      const signature = this.editing === entry.note ? null : JSON.stringify([entry, mine, writable]);
      nodes.push(this.#keep(used, entry.note, signature, () => this.#message(entry, mine, writable)));
    }
    this.kept = used;
    placeAll(this.node, nodes);
  }

  /** Takes everything off the page. */
  clear() {
    this.editing = this.edited = null;
    this.kept = new Map();
    this.node.replaceChildren();
  }

  // What looks the same stays the same element; a signature of null keeps whatever is there.
  #keep(used, name, signature, make) {
    const old = this.kept.get(name);
    const same = old && (signature === null || old.signature === signature);
    const one = same ? old : { signature, node: make() };
    used.set(name, one);
    return one.node;
  }

  #message(entry, mine, writable) {
    const { other } = this.parts;
    const item = el("li", { class: mine ? "msg me" : "msg" });
    const buttons = [];
    if (mine && writable && entry.state === "sent" && entry.text !== null && !Object.hasOwn(this.parts.bodies, entry.kind)) {
      buttons.push(button("Edit", () => this.#edit(item, entry), "btn small quiet"));
    }
    if (entry.state === "refused") {
      buttons.push(
        ...(Object.hasOwn(this.parts.bodies, entry.kind)
          ? []
          : [button("Put it back into the box", () => this.parts.again(entry), "btn small quiet")]),
        button("Throw it away", () => this.parts.drop(entry), "btn small quiet"),
      );
    }
    item.append(
      el("p", { class: "visually-hidden" }, mine ? "You:" : `${other}:`),
      ...[label(entry)].filter(Boolean),
      ...this.#body(entry),
      ...(entry.sentence ? [el("p", { class: "error-text" }, entry.sentence)] : []),
      el("div", { class: "said-under" }, el("span", { class: "when" }, whenWords(entry)), ...buttons),
    );
    const before = earlier(entry.versions);
    if (before) item.append(before);
    return item;
  }

  // What is more than a text is shown by whoever knows it.
  #body(entry) {
    const special = Object.hasOwn(this.parts.bodies, entry.kind) ? this.parts.bodies[entry.kind] : null;
    const nodes = entry.text === null ? null : special?.(entry);
    return nodes ?? [said(special ? null : entry.text)];
  }

  async #edit(item, entry) {
    if (this.edited === item) return;
    this.edited = item;
    const { drafts, thread } = this.parts;
    const about = `${thread}/${entry.note}`;
    this.editing = entry.note;
    const id = freshId("edit");
    const text = el("textarea", { id, rows: "3" });
    text.value = (await drafts.load(about).catch(() => "")) || entry.text;
    const error = el("p", { class: "error-text", role: "alert", hidden: true });
    const before = [...item.childNodes];
    const close = () => {
      this.editing = this.edited = null;
      item.replaceChildren(...before);
      item.querySelector("button")?.focus();
    };
    let busy = false;
    const save = async () => {
      if (busy) return;
      if (!text.value.trim() || text.value === entry.text) return leave();
      busy = true;
      try {
        await this.parts.edit(entry.note, text.value);
        await keeping.stop();
        await drafts.clear(about);
        close();
        this.parts.changed();
      } catch (fault) {
        error.textContent = sentenceFor(fault);
        error.hidden = false;
      }
      busy = false;
    };
    const leave = async () => {
      await keeping.stop();
      await drafts.clear(about).catch(() => {});
      close();
    };
    const keeping = new Keeping(() => drafts.save(about, text.value));
    keeping.watch(text);
    text.addEventListener("keydown", (event) => {
      // Escape and Enter of an input method are about its own word.
      if (event.isComposing) return;
      if (event.key === "Escape") leave();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    });
    item.replaceChildren(
      el("label", { class: "f", for: id }, "Your message"),
      text,
      error,
      el("div", { class: "row said-save" }, button("Save", save, "btn small"), button("Cancel", leave, "btn small quiet")),
    );
    text.focus();
  }
}
