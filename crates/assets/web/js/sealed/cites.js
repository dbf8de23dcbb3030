// Citations of the shelf "What works": which entry is cited stands inside what is sealed, by its identifier, title and address
// at that time (R-RES-5). The server hands out all of the shelf to everybody, so it does not learn which one was picked.
import { button, el, freshId } from "./dom.js";

/** One goal, trial, proposal or feedback cites at most so many. */
export const MOST_CITED = 5;
const LONGEST_TITLE = 120;
const LONGEST_ADDRESS = 500;

/** Whether a link may lead there: https, without a name or password in it. */
export function leads(address) {
  if (typeof address !== "string" || address.length > LONGEST_ADDRESS || !address.startsWith("https://")) return false;
  try {
    const url = new URL(address);
    return url.protocol === "https:" && !url.username && !url.password;
  } catch {
    return false;
  }
}

const isText = (value) => typeof value === "string" && value.trim() !== "";
const isCitation = (one) => isText(one?.id) && isText(one.title) && one.title.length <= LONGEST_TITLE && leads(one.address);

/** The citations of something, each once; what is no citation is left out. @returns {{id: string, title: string, address: string}[]} */
export function readCites(value) {
  if (!Array.isArray(value)) return [];
  const found = new Map();
  for (const one of value) {
    if (isCitation(one) && !found.has(one.id)) found.set(one.id, { id: one.id, title: one.title, address: one.address });
  }
  return [...found.values()].slice(0, MOST_CITED);
}

/** As a member of what is sealed: nothing where nothing is cited. */
export const citing = (value) => (readCites(value?.cites).length ? { cites: readCites(value.cites) } : {});

/** Citations in words, a line each. */
export const citedWords = (value) => readCites(value?.cites).map(({ title, address }) => `From the shelf: ${title}, ${address}`);

/** Citations as links, or null where there are none. */
export function citesList(value) {
  const cites = readCites(value?.cites);
  if (!cites.length) return null;
  const link = ({ title, address }) => el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, title);
  return el("ul", { class: "plain small cites" }, ...cites.map((one) => el("li", {}, el("b", {}, "From the shelf: "), link(one))));
}

/** What stands on the shelf, read once for each page whether or not anything is cited. */
export class Shelf {
  #net;
  entries = [];

  constructor(net) {
    this.#net = net;
  }

  /** Reads it; without a connection the thread goes on, and nothing can be cited until the next try. */
  async load() {
    if (this.read || this.reading) return;
    this.reading = true;
    try {
      const { entries } = await this.#net.read("/resources.json");
      this.entries = Array.isArray(entries) ? entries.filter(isCitation) : [];
      this.read = true;
    } catch {
      // Whatever is the matter with the line is told where the thread itself is read.
      this.read = false;
    } finally {
      this.reading = false;
    }
  }
}

/**
 * A field of a kept form in which entries of the shelf are cited; none where nothing could be.
 * @param {Shelf} [shelf] @param {object} [values] what the form begins with
 * @returns {object[]} no field or one, see kept-form.js
 */
export function citesFields(shelf, values = {}) {
  if (!shelf?.entries.length && !readCites(values.cites).length) return [];
  let cites = [];
  const entries = shelf?.entries ?? [];
  const id = freshId("cite");
  const choose = el("select", { id });
  const list = el("ul", { class: "plain stack-s", role: "list", "aria-label": "Cited" });
  const add = button("Cite it", () => chosen(), "btn small ghost");
  const said = el("p", { class: "small", role: "status" });
  const node = el(
    "div",
    { class: "field" },
    el("label", { class: "f", for: id }, "From the shelf “What works” (optional)"),
    el("p", { class: "hint" }, "Which one you cite is sealed like the rest: nobody but the two of you learns it."),
    choose,
    el("div", { class: "row cites-doing" }, add),
    said,
    list,
  );
  const change = (next, words) => {
    cites = readCites(next);
    draw();
    said.textContent = words;
    // What was cited is kept with the draft like what is typed.
    node.dispatchEvent(new Event("input", { bubbles: true }));
  };
  function chosen() {
    const one = entries.find((entry) => entry.id === choose.value);
    if (one && cites.length < MOST_CITED) change([...cites, one], `Cited: ${one.title}`);
  }
  function draw() {
    const left = entries.filter((entry) => !cites.some((one) => one.id === entry.id));
    const full = cites.length >= MOST_CITED || !left.length;
    choose.replaceChildren(
      el("option", { value: "" }, full ? "Nothing more to cite" : "Choose …"),
      ...(full ? [] : left.map((entry) => el("option", { value: entry.id }, entry.title))),
    );
    const out = (one) => {
      const press = button("Take out", () => change(cites.filter(({ id: other }) => other !== one.id), `Taken out: ${one.title}`), "btn small quiet");
      press.setAttribute("aria-label", `Take out: ${one.title}`);
      return press;
    };
    list.replaceChildren(...cites.map((one) => el("li", { class: "row" }, el("span", {}, one.title), out(one))));
    list.hidden = cites.length === 0;
  }
  draw();
  const set = (value) => {
    cites = readCites(value);
    draw();
  };
  return [{ name: "cites", node, input: choose, wrong: () => {}, get: () => cites, set }];
}
