// What is being typed: sealed to oneself in this browser, or for the length of the visit while there are no keys.
import { ASKED } from "./asked.js";
import { openDraft, sealDraft } from "./notes.js";

/** Drafts by what they are about. */
export class Drafts {
  /** @param {{keys: object, store: object, session: Storage|null}} parts */
  constructor({ keys, store, session }) {
    Object.assign(this, { keys, store, session });
  }

  #name(about) {
    return `${this.keys.uid}/draft/${about}`;
  }

  #sessionName(about) {
    return `alongside/${this.#name(about)}`;
  }

  /** Keeps a draft; an empty one is removed. */
  async save(about, text) {
    const { keys, store, session } = this;
    if (!text.trim()) return this.clear(about);
    if (!keys.live) {
      if (!keys.made) session?.setItem(this.#sessionName(about), text);
      return;
    }
    await store.set(this.#name(about), await sealDraft(keys.live, about, text));
    session?.removeItem(this.#sessionName(about));
  }

  /** The draft, or an empty text. */
  async load(about) {
    const { keys, store, session } = this;
    const typed = session?.getItem(this.#sessionName(about));
    if (typed) return typed;
    const jwe = keys.live && (await store.get(this.#name(about)));
    return jwe ? openDraft(keys.live, about, jwe).catch(() => "") : "";
  }

  /** Removes a draft. */
  async clear(about) {
    this.session?.removeItem(this.#sessionName(about));
    await this.store.delete(this.#name(about));
  }
}

/** Removes what was typed without keys; nobody who comes after may read it. */
export function forgetTyped(session) {
  const names = Array.from({ length: session.length }, (_, at) => session.key(at));
  const typed = (name) => name === ASKED || name.startsWith("alongside/");
  names.filter(typed).forEach((name) => session.removeItem(name));
}
