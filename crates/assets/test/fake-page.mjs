// As much of a browser's page as the modules use: a tree of elements, events, focus. Nothing is drawn.

const PART = /([a-z][a-z0-9]*)|\.([\w-]+)|#([\w-]+)|\[([\w-]+)(?:="([^"]*)")?\]|:\w+/gy;

/** A node of text. */
class Text {
  constructor(text) {
    this.textContent = text;
  }

  remove() {
    this.parentNode?.childNodes.splice(this.parentNode.childNodes.indexOf(this), 1);
    this.parentNode = null;
  }
}

/** An element. */
class Element extends EventTarget {
  constructor(tag) {
    super();
    Object.assign(this, { tag, childNodes: [], parentNode: null, attributes: new Map(), hidden: false, dataset: {} });
    Object.assign(this, { value: "", checked: false, className: "", id: "", isBody: false });
    this.classList = {
      contains: (name) => this.className.split(" ").includes(name),
      add: (name) => this.classList.toggle(name, true),
      toggle: (name, on) => {
        const rest = this.className.split(" ").filter((one) => one && one !== name);
        this.className = (on ? [...rest, name] : rest).join(" ");
      },
    };
  }

  get children() {
    return this.childNodes.filter((one) => one instanceof Element);
  }

  get firstElementChild() {
    return this.children[0] ?? null;
  }

  get isConnected() {
    return this.isBody || (this.parentNode?.isConnected ?? false);
  }

  get textContent() {
    return this.childNodes.map((one) => one.textContent).join("");
  }

  set textContent(text) {
    this.replaceChildren(...(text === "" ? [] : [text]));
  }

  hasChildNodes() {
    return this.childNodes.length > 0;
  }

  insertBefore(node, before) {
    const child = typeof node === "string" ? new Text(node) : node;
    child.remove();
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(at, 0, child);
    child.parentNode = this;
  }

  append(...nodes) {
    for (const node of nodes) this.insertBefore(node, null);
  }

  replaceChildren(...nodes) {
    for (const child of [...this.childNodes]) child.remove();
    this.append(...nodes);
  }

  before(node) {
    this.parentNode.insertBefore(node, this);
  }

  after(node) {
    const { childNodes } = this.parentNode;
    this.parentNode.insertBefore(node, childNodes[childNodes.indexOf(this) + 1] ?? null);
  }

  remove() {
    Text.prototype.remove.call(this);
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
    if (["hidden", "checked"].includes(name)) this[name] = true;
    else if (["id", "value", "name", "type", "class"].includes(name)) this[name === "class" ? "className" : name] = String(value);
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  hasAttribute(name) {
    return this.attributes.has(name);
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  focus() {
    document.activeElement = this;
  }

  click() {
    this.dispatchEvent(new Event("click"));
  }

  // Tags, classes, ids, attributes and :checked, and one inside another.
  matches(selector) {
    const steps = selector.split(" ");
    const last = steps.pop();
    const fine = [...last.matchAll(PART)].every(([part, tag, name, id, attribute, value]) => {
      if (tag) return this.tag === tag;
      if (name) return this.classList.contains(name);
      if (id) return this.id === id;
      if (attribute) return value === undefined ? this.hasAttribute(attribute) : this.getAttribute(attribute) === value;
      return part === ":checked" && this.checked;
    });
    return fine && (!steps.length || Boolean(this.parentNode?.closest(steps.join(" "))));
  }

  closest(selector) {
    return this.matches(selector) ? this : (this.parentNode?.closest(selector) ?? null);
  }

  querySelectorAll(selector) {
    const wanted = selector.split(", ");
    return this.children.flatMap((one) => [
      ...(wanted.some((each) => one.matches(each)) ? [one] : []),
      ...one.querySelectorAll(selector),
    ]);
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
}

/** An empty page in place of the one before, with `body` to put things in. */
export function fakePage() {
  const document = new EventTarget();
  const body = Object.assign(new Element("body"), { isBody: true });
  const documentElement = new Element("html");
  Object.assign(document, { body, documentElement, hidden: false, activeElement: body });
  document.createElement = (tag) => new Element(tag);
  document.querySelector = (selector) => body.querySelector(selector);
  const window = new EventTarget();
  globalThis.document = document;
  globalThis.addEventListener = window.addEventListener.bind(window);
  // What is done every so often is done when a test says so.
  const often = [];
  globalThis.setInterval = (act) => often.push(act);
  return {
    body,
    /** Everything that is done every so often, now. */
    tick: () => Promise.all(often.map((act) => act())),
    /** Something happens to the whole page: "online", "pagehide" … */
    happens: (what) => window.dispatchEvent(new Event(what)),
    /** The page is looked at, or not any more. */
    look(seen) {
      document.hidden = !seen;
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

/** The element with this text, among those of a tag. */
export const withText = (root, tag, text) => root.querySelectorAll(tag).find((one) => one.textContent === text);

/** Types into a field. */
export function types(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input"));
}

/** Waits until something is so. */
export async function until(fine, within = 3000) {
  for (const end = performance.now() + within; !fine(); ) {
    if (performance.now() > end) throw new Error(`never: ${fine}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
