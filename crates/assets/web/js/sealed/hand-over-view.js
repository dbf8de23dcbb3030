// The card that asks what the new practitioner may read, and how what was handed over is shown.
import { button, el, status } from "./dom.js";
import { handedOver, readEarlier, say } from "./hand-over.js";
import { LABELS } from "./kinds.js";
import { Turned } from "./net.js";
import { sentenceFor } from "./sentences.js";
import { dayMonth, momentWords } from "./times.js";

const HANDLED = (thread) => `alongside/before/${thread}`;

function leftWords({ files, closed }) {
  const many = closed === 1 ? "One part did not open and stays behind." : `${closed} parts did not open and stay behind.`;
  return [files ? "Files were not taken over: send them again if they are needed." : "", closed ? many : ""];
}

/** The card. */
export class HandOverCard {
  /**
   * @param {{id: string, old: string, before: string, other: string, thread: object, open: () => Promise<object>,
   *   changed: () => Promise<void>, kept: Storage|null}} parts `open` loads the old thread
   */
  constructor(parts) {
    this.parts = parts;
    this.node = el("div");
    this.said = status("small");
  }

  get #handled() {
    try {
      return this.parts.kept?.getItem(HANDLED(this.parts.id)) ?? "";
    } catch {
      return "";
    }
  }

  #remember(what) {
    try {
      this.parts.kept?.setItem(HANDLED(this.parts.id), what);
    } catch {
      // Then it is asked again next time.
    }
  }

  /** Shows the card while something can be handed over and nobody has answered. */
  show(possible) {
    const wanted = possible && !this.#handled && !this.over;
    if (wanted === this.node.hasChildNodes()) return;
    if (!wanted && (this.busy || this.over)) return;
    this.node.replaceChildren(...(wanted ? [this.#card()] : []));
  }

  #card() {
    const { before, other } = this.parts;
    this.buttons = el(
      "div",
      { class: "row" },
      button("The plan only", () => this.#hand(false), "btn ghost"),
      button("The plan and everything that was said", () => this.#hand(true), "btn ghost"),
      button("Nothing", () => this.#nothing(), "btn quiet"),
    );
    return el(
      "section",
      { class: "card stack" },
      el("h3", {}, `You worked with ${before} before`),
      el(
        "p",
        {},
        `What may ${other} read of it? It is said again here by your own browser; nobody is let into what you and ${before} share. Files are not taken over.`,
      ),
      this.buttons,
      this.said.node,
    );
  }

  #nothing() {
    this.#remember("nothing");
    this.over = true;
    this.node.replaceChildren();
  }

  async #hand(everything) {
    if (this.busy) return;
    this.busy = true;
    const { old, before, other, thread } = this.parts;
    try {
      this.said.say("Opening …");
      const earlier = await this.parts.open();
      const nameOf = (uid) => (uid === earlier.otherUid ? earlier.otherName : "");
      const { items, left } = await handedOver(earlier.entries(), { old, from: before, nameOf, everything });
      const why = await say(thread, items, (at, all) => this.said.say(`Sealing ${at} of ${all} …`));
      await this.parts.changed();
      // Some of it stands below as not sent; the card stays, so that it can be tried again.
      if (why) throw new Turned(422, { sentence: why });
      if (thread.waiting) {
        this.said.say("Sealed. It goes as soon as there is a connection; this page sees to it.");
      } else {
        const words = items.length ? `${other} can read it now.` : "There was nothing to hand over.";
        this.said.say([words, ...leftWords(left)].filter(Boolean).join(" "));
      }
      this.#remember(everything ? "everything" : "plan");
      this.over = true;
      this.buttons.remove();
    } catch (fault) {
      this.said.say(`${sentenceFor(fault)} You can press it again: nothing is said twice.`);
    } finally {
      this.busy = false;
    }
  }
}

/** What was handed over, folded; null if the entry says something else. @param {string} by name of who did, "" for oneself */
export function earlierBody(entry, by, now = Date.now()) {
  const value = readEarlier(entry.text);
  if (!value) return null;
  const days = value.items.map(({ at }) => at);
  const from = dayMonth(Math.min(...days), now);
  const to = dayMonth(Math.max(...days), now);
  const span = !days.length ? "" : from === to ? `, ${from}` : `, ${from} – ${to}`;
  const rows = value.items.map(({ kind, author, at, text }) =>
    el(
      "li",
      {},
      el("p", { class: "when" }, [author || by || "You", LABELS[kind], momentWords(at)].filter(Boolean).join(" · ")),
      el("p", { class: "said-text" }, text),
    ),
  );
  return [
    el(
      "details",
      { class: "more" },
      el("summary", {}, `Handed over by ${by || "you"}: said with ${value.from}${span}`),
      el("ol", { class: "plain stack-s" }, ...rows),
    ),
  ];
}
