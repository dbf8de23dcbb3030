// Building elements. Text is only ever text.

/**
 * An element with attributes and children. `on…` names are listeners; true sets an empty attribute, false and null none.
 * @param {string} tag
 * @param {Record<string, unknown>} [given]
 * @param {...(Node|string|null|false)} children
 */
export function el(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

/** A button that is not a submit button. */
export const button = (words, onclick, kind = "btn") => el("button", { type: "button", class: kind, onclick }, words);

let count = 0;
/** A name for an element that a label or a description points to. */
export const freshId = (what) => `sealed-${what}-${(count += 1)}`;

/**
 * A labelled field with a hint and a place for its error.
 * @param {{label: string, hint?: string, input: HTMLElement}} parts
 */
export function field({ label, hint, input }) {
  const id = freshId("field");
  input.id = id;
  const error = el("p", { class: "error-text", id: `${id}-error`, hidden: true });
  const help = hint ? el("p", { class: "hint", id: `${id}-hint` }, hint) : null;
  if (help) input.setAttribute("aria-describedby", help.id);
  const node = el("div", { class: "field" }, el("label", { class: "f", for: id }, label), help, error, input);
  return { node, wrong: wrongAt({ node, input, error, help }) };
}

/** Says what is wrong at a field, or nothing any more. */
const wrongAt =
  ({ node, input, error, help }) =>
  (words) => {
    error.textContent = words;
    error.hidden = !words;
    node.classList.toggle("bad", Boolean(words));
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    const about = [words && error.id, help?.id].filter(Boolean).join(" ");
    if (about) input.setAttribute("aria-describedby", about);
    else input.removeAttribute("aria-describedby");
    if (words) input.focus();
  };

/** The same for a field that came with the page. @returns {(words: string) => void} says what is wrong, or nothing */
export function wrongOf(input) {
  const node = input.closest(".field");
  const error = el("p", { class: "error-text", id: `${input.id}-error`, hidden: true });
  input.before(error);
  return wrongAt({ node, input, error, help: node.querySelector(".hint") });
}

/** A line that is read aloud when it changes. */
export function status(kind = "small soft") {
  const node = el("p", { class: kind, role: "status" });
  return { node, say: (words) => node.textContent !== words && (node.textContent = words) };
}

/** Moves reading to a heading or a block that came up. */
export function goTo(node) {
  node.tabIndex = -1;
  node.focus({ preventScroll: false });
}

/**
 * Does what something was typed for: says so meanwhile, and tells at the field why it did not work.
 * @param {{typed: object, said: object, meanwhile: string, work: () => Promise<void>, told: (fault: Error) => string}} parts
 */
export async function attempt({ typed, said, meanwhile, work, told }) {
  typed.wrong("");
  said.say(meanwhile);
  try {
    await work();
    said.say("");
  } catch (fault) {
    said.say("");
    typed.wrong(told(fault));
  }
}

/** A form sent by script only. `act` returns when it is done; a second press meanwhile does nothing. */
export function form(given, act, ...children) {
  let busy = false;
  const node = el("form", { novalidate: true, ...given }, ...children);
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const pressed = event.submitter;
    pressed?.setAttribute("aria-disabled", "true");
    try {
      await act();
    } finally {
      busy = false;
      pressed?.removeAttribute("aria-disabled");
    }
  });
  return node;
}
