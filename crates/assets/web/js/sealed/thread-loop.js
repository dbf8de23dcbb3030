// What every page of a thread does by itself: it reads, opens with the keys, sends what waits, locks when it is left alone, and
// shows nothing more once the session is over or the thread is gone.
import { el, status } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Away, SignedOut, Turned } from "./net.js";
import { IDLE, OwnKeys } from "./own-keys.js";
import { GONE, NO_CONNECTION, SIGNED_OUT, sentenceFor } from "./sentences.js";
import { Thread } from "./thread.js";

const POLL = 20_000;
const RETRY = 15_000;

/**
 * Such a page. Whoever extends it says what to show in `draw()`, how to send in `send()`, what to take off the page in `hide()`,
 * what to keep of what is typed in `keepTyped()`, and what stands there afterwards in `closed(link)`.
 */
export class ThreadLoop {
  /** @param {string} id of the thread @param {{net: object, store: object, session: Storage|null}} parts @param {string} looks of the line that tells of trouble */
  constructor(id, { net, store, session }, looks) {
    this.id = id;
    this.keys = new OwnKeys({ net, store });
    this.thread = new Thread({ id, keys: this.keys, net, store });
    this.drafts = new Drafts({ keys: this.keys, store, session });
    this.mode = null;
    this.seen = Date.now();
    this.trouble = status(looks);
    this.trouble.node.hidden = true;
    for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, () => (this.seen = Date.now()));
  }

  /** Begins: reads, unlocks if this device can, shows, and keeps looking. */
  async start() {
    await this.refresh();
    await this.begun();
    setInterval(() => this.tick(), POLL);
    setInterval(() => this.resend(), RETRY);
    addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return void this.#keep();
      this.seen = Date.now();
      this.tick();
    });
  }

  // What this browser does not keep must not stop what follows: locking least of all.
  async #keep() {
    if (this.keys.live) await this.keepTyped().catch(() => {});
  }

  /** After everything was read for the first time. */
  async begun() {}

  /** After the thread was read, before it is shown. */
  async taken() {}

  /** Every so often while the page is looked at. */
  async tick() {
    if (document.hidden) return;
    await this.#keep();
    const expired = await this.keys.expire();
    if (expired) await this.hide();
    // Nobody is there: asking on would keep the session from ending (R-ACC-2).
    if (Date.now() - this.seen > IDLE) return expired && this.thread.party && this.draw();
    await this.again();
  }

  /** The connection may be back: what waits goes at once, whatever becomes of reading; then everything is read afresh. */
  again() {
    this.resend();
    return this.refresh();
  }

  /** Sends what waits. Two at once are one after the other in the outbox, so nothing goes twice. */
  resend() {
    if (this.thread.waiting && this.keys.live) this.send();
  }

  /** Reads everything afresh and draws it. */
  async refresh() {
    if (this.reading) return;
    this.reading = true;
    try {
      if (!this.keys.uid || !this.keys.live) {
        await this.keys.load();
        if (this.keys.made && !this.keys.live) await this.keys.silently();
      }
      await this.thread.load();
      this.tell("");
      await this.taken();
      await this.draw();
      this.resend();
    } catch (fault) {
      if (fault instanceof SignedOut) await this.leave();
      else if (fault instanceof Turned && fault.status === 404) await this.#gone();
      else this.tell(fault instanceof Away && this.mode ? NO_CONNECTION : sentenceFor(fault));
    } finally {
      this.reading = false;
    }
  }

  /** Says what is the matter; nothing takes it back. */
  tell(words) {
    this.trouble.node.hidden = !words;
    this.trouble.say(words);
  }

  /** The session is over: nothing readable stays. */
  async leave() {
    if (this.mode === "signed-out") return;
    await this.#keep();
    await this.keys.lock();
    await this.#close("signed-out", SIGNED_OUT, el("a", { class: "btn", href: "/sign-in" }, "Sign in"));
  }

  // The server knows no such thread for whoever is signed in here now.
  async #gone() {
    if (this.mode === "gone") return;
    await this.#keep();
    // Keys of somebody else are dropped by this.
    await this.keys.load().catch(() => {});
    await this.#close("gone", GONE, el("a", { class: "btn", href: "/" }, "Go on"));
  }

  async #close(mode, words, link) {
    await this.hide();
    this.mode = mode;
    this.tell(words);
    this.closed(link);
  }

  /** Another page of this browser signed out. */
  async forgotten() {
    // What is typed first: it is sealed with the keys that go now.
    await this.#keep();
    this.keys.drop();
    await this.leave();
  }
}
