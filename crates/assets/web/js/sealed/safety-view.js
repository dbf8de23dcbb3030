// Six safety words that two people read to each other.
import { button, el, status } from "./dom.js";
import { shortDay } from "./times.js";
import { sentenceFor } from "./sentences.js";

/** The disclosure with the words. */
export class SafetyView {
  /** @param {{other: string, same: (shown: object) => Promise<void>, differ: () => void}} parts */
  constructor(parts) {
    this.parts = parts;
    this.mark = el("span", { class: "badge" });
    this.inside = el("div", { class: "stack-s" });
    this.node = el(
      "details",
      { class: "more said-safety", hidden: true },
      el("summary", {}, el("span", {}, "Compare safety words"), " ", this.mark),
      this.inside,
    );
    this.said = status("small");
    this.drawn = "";
  }

  /** @param {{words: string[], shown: object}|null} safety @param {string|null} date @param {string} situation of the thread */
  show(safety, date, situation) {
    const changed = situation === "changed" || situation === "renewed";
    const asked = changed || (situation === "not-come" && !date);
    this.node.hidden = !safety;
    if (!safety) {
      this.drawn = "";
      this.inside.replaceChildren();
      return;
    }
    this.mark.textContent = date ? `compared on ${shortDay(date)}` : changed ? "new keys" : "not yet compared";
    this.mark.className = date ? "badge good" : changed ? "badge warn" : "badge";
    const drawn = JSON.stringify([safety.words, date, changed, asked]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    if (asked) this.node.open = true;
    this.#draw(safety, date);
  }

  #draw({ words, shown }, date) {
    const { other, same, differ } = this.parts;
    let busy = false;
    const agree = async () => {
      if (busy) return;
      busy = true;
      this.said.say("One moment …");
      try {
        await same(shown);
        this.said.say("Noted: the words are the same.");
      } catch (fault) {
        this.said.say(sentenceFor(fault));
      }
      busy = false;
    };
    const deny = () => {
      this.said.say(
        `Stop writing here. Tell ${other} face to face or by telephone, and tell your data protection officer: somebody may be between you.`,
      );
      differ();
    };
    this.inside.replaceChildren(
      el(
        "p",
        { class: "small" },
        date
          ? "You compared these. They stay the same as long as neither of you makes new keys."
          : `When you next meet, read these to each other. If ${other} sees the same six, nobody is between you.`,
      ),
      el("p", { class: "said-code", translate: "no" }, words.join(" ")),
      el(
        "div",
        { class: "row" },
        date ? null : button("They are the same", agree, "btn small"),
        button("They are not the same", deny, "btn small ghost"),
      ),
      this.said.node,
    );
  }
}
