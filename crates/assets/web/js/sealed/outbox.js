// Messages on their way: kept sealed in this browser until the server has them.
import { Refused } from "./box.js";
import { Away, SignedOut, Turned } from "./net.js";
import { sentenceFor } from "./sentences.js";

// How often one item is sealed anew before somebody is told.
const RESEALS = 2;

const path = (thread) => `/support/${thread}/words`;

/** The messages of one thread on their way. */
export class Outbox {
  #parts;
  #waiting = [];
  #uid = null;
  #running = null;
  #trouble = null;

  /**
   * @param {{net: object, store: object, thread: string, saved: (item: object) => void,
   *   reseal: (item: object) => Promise<object>}} parts
   */
  constructor(parts) {
    this.#parts = parts;
  }

  get items() {
    return this.#waiting;
  }

  /** Why the last try stopped: null, "away", "signed-out" or "keys". */
  get trouble() {
    return this.#trouble;
  }

  #name({ note, rev }) {
    return `${this.#uid}/out/${this.#parts.thread}/${note}/${rev}`;
  }

  /** Takes up what was left from an earlier visit. */
  async load(person) {
    if (this.#uid === person) return;
    const { store, thread } = this.#parts;
    const names = (await store.names()).filter((name) => name.startsWith(`${person}/out/${thread}/`));
    const kept = (await Promise.all(names.map((name) => store.get(name)))).filter(Boolean);
    this.#uid = person;
    this.#waiting.length = 0;
    this.#waiting.push(
      ...kept.sort((a, b) => a.at - b.at).map((item) => (item.state === "refused" ? item : { ...item, state: "waiting" })),
    );
  }

  /** Keeps a sealed message, to be sent at the next {@link flush}. */
  async add(item) {
    const kept = { ...item, state: "sending" };
    this.#waiting.push(kept);
    await this.#keep(kept);
  }

  // Where nothing can be kept it is sent all the same; until then it lasts as long as the page, and the page says so.
  async #keep(item) {
    const { store } = this.#parts;
    const { unkept: _, ...plain } = item;
    try {
      await store.set(this.#name(item), plain);
      item.unkept = store.durable === false;
    } catch {
      item.unkept = true;
    }
  }

  // Somebody may have cleared the browser's storage under what waits here.
  async #keepAgain(item) {
    const there = await this.#parts.store.get(this.#name(item)).catch(() => null);
    if (!there) await this.#keep(item);
  }

  async drop(note, rev) {
    const at = this.#waiting.findIndex((item) => item.note === note && item.rev === rev);
    if (at < 0) return;
    const [item] = this.#waiting.splice(at, 1);
    // What cannot be taken out is sent once more at the next visit, and the server has it already.
    await this.#parts.store.delete(this.#name(item)).catch(() => {});
  }

  async #post({ note, rev, epoch, kind, jwe, ...item }) {
    const reply = await this.#parts.net.post(path(this.#parts.thread), {
      note,
      rev: String(rev),
      epoch: String(epoch),
      kind,
      jwe: JSON.stringify(jwe),
    });
    const { at = item.at, place } = reply.body;
    this.#parts.saved({ note, rev, epoch, kind, jwe, author: item.author, at, ...(place ? { place } : {}) });
  }

  async #refuse(item, sentence) {
    Object.assign(item, { state: "refused", sentence });
    await this.#keep(item);
  }

  // What is said lies sealed for keys that are not the ones of now. Whether it can be sent after all.
  async #again(item) {
    try {
      const { epoch, jwe } = await this.#parts.reseal(item);
      Object.assign(item, { epoch, jwe });
      await this.#keep(item);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "earlier-keys") await this.#refuse(item, sentenceFor(error));
      else this.#trouble = "keys";
      return false;
    }
  }

  async #sendOne(item) {
    for (let left = RESEALS; ; left -= 1) {
      try {
        await this.#post(item);
        await this.drop(item.note, item.rev);
        return true;
      } catch (error) {
        if (!(error instanceof Turned)) return this.#stopped(error);
        if (error.code === "keys" && left > 0) {
          if (await this.#again(item).catch((fault) => this.#stopped(fault))) continue;
          return this.#trouble === null;
        }
        await this.#refuse(item, error.sentence || turnedSentence(error.status));
        return true;
      }
    }
  }

  #stopped(error) {
    if (!(error instanceof Away || error instanceof SignedOut)) throw error;
    this.#trouble = error instanceof SignedOut ? "signed-out" : "away";
    return false;
  }

  async #run(changed) {
    this.#trouble = null;
    for (const item of [...this.#waiting]) {
      if (item.state === "refused" || !this.#waiting.includes(item)) continue;
      if (!(await this.#sendOne(item))) break;
      changed();
    }
    if (this.#trouble) await this.#wait();
    changed();
  }

  async #wait() {
    const left = this.#waiting.filter(({ state }) => state !== "refused");
    for (const item of left) item.state = "waiting";
    await Promise.all(left.map((item) => this.#keepAgain(item)));
  }

  /** Sends what waits, one after the other. `changed` is called whenever there is something new to show. */
  async flush(changed = () => {}) {
    while (this.#running) await this.#running;
    this.#running = this.#run(changed).finally(() => (this.#running = null));
    return this.#running;
  }
}

function turnedSentence(status) {
  if (status === 413) return "It is too long to be sent in one piece.";
  if (status === 404) return "This page is not open to you any more.";
  return "The server did not take it.";
}
