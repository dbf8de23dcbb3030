// One thread: read, opened, written. Knows nothing of the page.
import { Refused } from "./box.js";
import { canon } from "./bytes.js";
import { Epochs } from "./epochs.js";
import { maySay } from "./kinds.js";
import { openNote, sealNote } from "./notes.js";
import { compared, described, judge, pinned, safetyWords } from "./pins.js";
import { conversation, situation, united } from "./conversation.js";
import { Outbox } from "./outbox.js";
import { SignedOut, Turned } from "./net.js";

const TRIES = 4;
const names = ({ kid, sig }) => ({ kid, sig });

/** One thread of two people. */
export class Thread {
  #id;
  #keys;
  #net;
  #now;
  #uuid;
  #out;
  #epochs;
  #state = { words: null, items: [], texts: new Map(), theirs: null, shown: null, standing: null };

  /** @param {{id: string, keys: object, net: object, store: object, now?: () => number, uuid?: () => string}} parts */
  constructor({ id, keys, net, store, now = Date.now, uuid = () => crypto.randomUUID() }) {
    this.#id = id;
    this.#keys = keys;
    this.#net = net;
    this.#now = now;
    this.#uuid = uuid;
    const saved = (item) => (this.#state.items = united(this.#state.items, [item]));
    this.#epochs = new Epochs({ thread: id, keys, net });
    this.#out = new Outbox({ net, store, thread: id, saved, reseal: (item) => this.#reseal(item) });
  }

  #about({ epoch, note, rev, author, kind }) {
    return { thread: this.#id, epoch, note, rev, author, kind };
  }

  #textName(item) {
    return JSON.stringify([this.#about(item), item.jwe?.iv, item.jwe?.tag]);
  }

  #teacher() {
    return this.#state.words.party === "teacher" ? this.#keys.uid : this.#state.words.other.uid;
  }

  #parts() {
    return new Set([this.#keys.uid, this.#state.words.other.uid]);
  }

  /** Reads the thread afresh and opens what this browser has keys for. */
  async load() {
    const words = await this.#net.read(`/support/${this.#id}/words`);
    if (words.uid !== this.#keys.uid) throw new SignedOut();
    this.#state.words = words;
    this.#state.items = united(
      words.items.filter((item) => item?.jwe),
      this.#state.items,
    );
    await this.#out.load(this.#keys.uid);
    await this.open();
  }

  /** Opens everything that can be opened by now; called after unlocking too. */
  async open() {
    if (!this.#keys.live) return this.close();
    await this.#look();
    await this.#epochs.take(this.#state.words.grants, { teacher: this.#teacher(), other: this.#state.words.other.uid });
    await Promise.all([...this.#state.items, ...this.#out.items].map((item) => this.#openItem(item)));
    await this.#giveBack();
  }

  /** Forgets all that was opened. */
  close() {
    this.#epochs.clear();
    this.#state.texts.clear();
  }

  // Whoever has new keys gets the old thread keys from the other one, and only once the two have compared.
  async #giveBack() {
    const { words, shown, theirs } = this.#state;
    if (!this.comparedOn || !words.missing?.length) return;
    try {
      await this.#epochs.giveBack(words.missing, { uid: words.other.uid, shown, theirs });
      words.missing = words.missing.filter((epoch) => !this.#epochs.key(epoch));
    } catch {
      // It is tried again whenever the thread is read.
    }
  }

  /** How the other's keys stand to those pinned; first ones are pinned. */
  async #look() {
    const { uid, keys: theirs } = this.#state.words.other;
    const shown = theirs && (await described(theirs).catch(() => null));
    if (!shown) {
      Object.assign(this.#state, { theirs: null, shown: null, standing: theirs ? "false" : null });
      return;
    }
    if (judge(this.#keys.pins, uid, shown) === "new") await this.#keys.changePins((pins) => pinned(pins, uid, shown));
    // Only now, and together: nothing is ever sealed to keys that were not looked at.
    Object.assign(this.#state, { theirs, shown, standing: judge(this.#keys.pins, uid, shown) });
  }

  async #openItem(item) {
    const name = this.#textName(item);
    const key = this.#epochs.key(item.epoch);
    if (typeof this.#state.texts.get(name) === "string" || !key) return;
    try {
      if (!this.#parts().has(item.author)) throw new Refused("author");
      if (!maySay(item.kind, item.author === this.#teacher() ? "teacher" : "practitioner")) throw new Refused("kind");
      this.#state.texts.set(name, await openNote(key, item.jwe, this.#about(item)));
    } catch {
      this.#state.texts.set(name, null);
    }
  }

  // Where nothing can be said any more no key is needed for it.
  #makesKeys() {
    const { may_write: mayWrite, may_plan: mayPlan } = this.#state.words;
    return this.#teacher() === this.#keys.uid && Boolean(mayWrite || mayPlan);
  }

  #nextEpoch() {
    const { items, words } = this.#state;
    const known = [...items, ...words.grants].map(({ epoch }) => epoch);
    return Math.max(-1, ...this.#epochs.numbers, ...known, ...(words.missing ?? [])) + 1;
  }

  async #newEpoch(theirs, enough) {
    if (this.#teacher() !== this.#keys.uid) throw new Refused("not-granted");
    let epoch = this.#nextEpoch();
    for (let left = TRIES; left > 0; left -= 1) {
      try {
        await this.#epochs.make(epoch, theirs);
        return epoch;
      } catch (error) {
        if (!(error instanceof Turned) || error.status !== 409) throw error;
      }
      await this.load();
      const usable = this.#usable();
      if (enough() && usable !== null) return usable;
      epoch = Math.max(epoch + 1, this.#nextEpoch());
    }
    throw new Refused("epochs");
  }

  // The last key, unless it is good for reading only, or one that the other does not have: what is said from now on is
  // for the keys of now.
  #usable() {
    if (!this.#epochs.size) return null;
    const last = Math.max(...this.#epochs.numbers);
    return this.#epochs.isCurrent(last, this.#teacher()) && !this.#state.words.missing?.includes(last) ? last : null;
  }

  async #writingEpoch() {
    return this.#usable() ?? this.#newEpoch(this.#state.theirs, () => true);
  }

  async #sealed(text, { note, rev, kind }) {
    const { epoch, key, author } = await this.forWriting();
    const item = { note, rev, epoch, author, kind };
    const jwe = await sealNote(key, text, this.#about(item));
    const whole = { ...item, jwe, at: Math.floor(this.#now() / 1000) };
    this.#state.texts.set(this.#textName(whole), text);
    return whole;
  }

  async #write(text, about) {
    const whole = await this.#sealed(text, about);
    await this.#out.add(whole);
    return whole;
  }

  // The server wants a newer key than the one an item was sealed with: the same words, sealed again.
  async #reseal(item) {
    const before = this.#state.texts.get(this.#textName(item));
    if (typeof before !== "string") throw new Refused("earlier-keys");
    await this.renewEpoch(item.epoch);
    return this.#sealed(before, item);
  }

  /** After the server called an epoch stale: reads again and makes the next one if nobody has. */
  async renewEpoch(stale) {
    await this.load();
    await this.#safeToWrite();
    if (this.#usable() === stale) await this.#newEpoch(this.#state.theirs, () => this.#usable() !== stale);
  }

  /** What something is sealed with now. @returns {Promise<{epoch: number, key: CryptoKey, author: string}>} */
  async forWriting() {
    this.#keys.touch();
    await this.#safeToWrite();
    const epoch = await this.#writingEpoch();
    return { epoch, key: this.#epochs.key(epoch), author: this.#keys.uid };
  }

  /** The key of an epoch, or undefined. */
  keyOf(epoch) {
    return this.#epochs.key(epoch);
  }

  async #safeToWrite() {
    if (!this.#keys.live) throw new Refused("locked");
    if (!this.#state.shown) await this.#look();
    if (this.#state.standing !== "same") throw new Refused("pin");
    const { situation } = this;
    if (situation === "renewed" || situation === "not-come") throw new Refused(situation);
  }

  /** Seals something new and keeps it for sending. @param {string} text @param {string} [kind] */
  send(text, kind = "message") {
    return this.#write(text, { note: this.#uuid(), rev: 1, kind });
  }

  /** The same under an identifier chosen by the caller. */
  sendAs(note, text, kind) {
    return this.#write(text, { note, rev: 1, kind });
  }

  /** Seals another version of something one said oneself. */
  edit(note, text) {
    const entry = this.entries().find((one) => one.note === note);
    if (entry?.author !== this.#keys.uid) throw new Refused("author");
    return this.#write(text, { note, rev: entry.rev + 1, kind: entry.kind });
  }

  entries() {
    return conversation(this.#state.items, (item) => this.#state.texts.get(this.#textName(item)) ?? null, this.#out.items);
  }

  /** Takes the keys whose safety words were shown as the other's, after the safety words were the same; the teacher starts a new epoch for new keys. */
  async acceptKeys(shown, date) {
    const { uid } = this.#state.words.other;
    const { theirs } = this.#state;
    if (!this.#state.shown || canon(names(shown)) !== canon(names(this.#state.shown))) throw new Refused("pin");
    const before = this.#state.standing === "changed" && this.#epochs.size > 0;
    const after = this.#state.standing === "same" && this.lost;
    if (before && this.#makesKeys()) await this.#newEpoch(theirs, () => false);
    await this.#keys.changePins((pins) => compared(pins, uid, shown, date));
    // What the other one lacks by now is known to the server.
    await this.load();
    // One's own keys are new: the other one can write again once there is a key by these. Writing would make it too.
    if (after && this.#makesKeys() && this.#usable() === null)
      await this.#newEpoch(this.#state.theirs, () => true).catch(() => {});
  }

  /** The six safety words of the two and the keys they stand for, or null while the other has no keys. */
  async safety() {
    const { shown } = this.#state;
    if (!shown || !this.#keys.live) return null;
    const { kid, encPublic: enc, sigPublic: sig } = this.#keys.live;
    return { words: await safetyWords(await described({ kid, enc, sig }), shown), shown };
  }

  /** Sends what waits; `changed` is called whenever there is something new to show. */
  flush(changed) {
    return this.#out.flush(changed);
  }

  /** Takes a message out of those on their way. */
  drop(note, rev) {
    return this.#out.drop(note, rev);
  }

  /** Whether something waits to be sent. */
  get waiting() {
    return this.#out.items.some(({ state }) => state !== "refused");
  }

  /** Why the last sending stopped: null, "away" or "signed-out". */
  get trouble() {
    return this.#out.trouble;
  }

  /** When safety words were compared with the keys of now, or null. */
  get comparedOn() {
    const pin = this.#keys.pins[this.#state.words.other.uid];
    return this.#state.standing === "same" ? (pin?.compared ?? null) : null;
  }

  /** "teacher" or "practitioner". */
  get party() {
    return this.#state.words?.party ?? null;
  }

  /** Who the other one is. */
  get otherUid() {
    return this.#state.words?.other.uid ?? null;
  }

  get otherName() {
    return this.#state.words?.other.name ?? "";
  }

  /** Whether goals and trials may be written now; a proposal goes like a message. */
  get mayPlan() {
    const { may_plan: mayPlan, may_write: mayWrite } = this.#state.words;
    return ["write", "read-only", "first-words"].includes(this.situation) && (mayPlan ?? mayWrite);
  }

  /** The highest place this visitor had read when the thread was last loaded. */
  get read() {
    return this.#state.words?.read ?? 0;
  }

  /** Whether something was said that needs keys which this browser does not have (any more). */
  get lost() {
    return this.#keys.live !== null && this.#lostEpochs().length > 0;
  }

  #lostEpochs() {
    return this.#state.items.map(({ epoch }) => epoch).filter((epoch) => !this.#epochs.key(epoch));
  }

  /**
   * Whether such a key should have come from the server, and did not: every key is given to both when it is made, so only
   * those from before one's own keys were made anew can be missing, and never one that is later than a key that is here.
   */
  get keptBack() {
    if (!this.lost) return false;
    const { numbers, size } = this.#epochs;
    return !this.#keys.anew || (size > 0 && Math.max(...this.#lostEpochs()) > Math.max(...numbers));
  }

  /** One of the names the page draws by. */
  get situation() {
    const { party, other, may_write: mayWrite } = this.#state.words;
    return situation({
      own: this.#keys.made,
      live: this.#keys.live !== null,
      party,
      other,
      items: this.#state.items.length,
      grants: this.#epochs.size,
      standing: this.#state.standing,
      usable: this.#keys.live !== null && this.#usable() !== null,
      lost: this.lost,
      keptBack: this.keptBack,
      compared: this.comparedOn !== null,
      mayWrite,
    });
  }
}
