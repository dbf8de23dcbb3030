// The words of a request, typed before there is a thread: kept for the length of the visit, until they lie sealed in it.

/** Under which name they are kept. */
export const ASKED = "alongside-ask";

/** What was typed with a request. */
export class Asked {
  /** @param {Storage|null} session */
  constructor(session) {
    this.session = session;
  }

  /** @returns {{once: string, uid: string, to: string, text: string, sent: boolean}|null} */
  load() {
    try {
      const kept = JSON.parse(this.session?.getItem(ASKED) ?? "null");
      return typeof kept?.text === "string" && kept.text.trim() ? kept : null;
    } catch {
      return null;
    }
  }

  /** Keeps it; an empty text is removed. `once` is the form's token, `to` who was asked, `uid` by whom. */
  keep({ once, uid, to, text, sent }) {
    if (!text.trim()) return this.clear();
    try {
      this.session?.setItem(ASKED, JSON.stringify({ once, uid, to, text, sent }));
    } catch {
      // A browser that keeps nothing: the text stays in the box.
    }
  }

  clear() {
    this.session?.removeItem(ASKED);
  }

  /** The text for a form, when the form comes back. */
  forForm(once) {
    const kept = this.load();
    return kept?.once === once ? kept.text : "";
  }

  /** The text for a thread: asked by this visitor, of the other one in it; "" if there is none. */
  forThread({ uid, to }) {
    const kept = this.load();
    return kept?.sent && kept.uid === uid && kept.to === to ? kept.text : "";
  }
}
