// Search in what is said: it happens here, the server never learns for what.
import { el, freshId } from "./dom.js";

const MANY = 5;

/** The field and how much was found. */
export class SearchField {
  /** @param {() => void} changed */
  constructor(changed) {
    const id = freshId("search");
    this.input = el("input", { type: "search", id, autocomplete: "off", oninput: changed });
    this.count = el("p", { class: "small soft", role: "status" });
    this.node = el(
      "div",
      { class: "field said-search", hidden: true },
      el("label", { class: "f", for: id }, "Search in what is said"),
      this.input,
      this.count,
    );
  }

  get query() {
    return this.input.value;
  }

  /** Says how many were found; with only a few messages there is nothing to search. */
  show(found, all) {
    this.node.hidden = all <= MANY && !this.query;
    this.count.textContent = this.query.trim() ? `${found} of ${all} messages` : "";
  }

  /** Forgets what was searched for: it is a word of what was said. */
  clear() {
    this.input.value = "";
    this.show(0, 0);
  }
}
