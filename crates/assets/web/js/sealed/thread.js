// One thread: read, opened, written. Knows nothing of the page.
import { Refused, wrapping } from "./box.js";
import { canon, random } from "./bytes.js";
import { acceptGrant, makeGrant } from "./grants.js";
import { openNote, sealNote } from "./notes.js";
import { compared, described, judge, pinned, safetyWords, signersOf } from "./pins.js";
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
  #state = { words: null, items: [], epochs: new Map(), texts: new Map(), theirs: null, shown: null, standing: null };

  /** @param {{id: string, keys: object, net: object, store: object, now?: () => number, uuid?: () => string}} parts */
  constructor({ id, keys, net, store, now = Date.now, uuid = () => crypto.randomUUID() }) {
    this.#id = id;
    this.#keys = keys;
    this.#net = net;
    this.#now = now;
    this.#uuid = uuid;
    const saved = (item) => (this.#state.items = united(this.#state.items, [item]));
    this.#out = new Outbox({ net, store, thread: id, saved });
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
    await this.#takeGrants();
    await Promise.all([...this.#state.items, ...this.#out.items].map((item) => this.#openItem(item)));
  }

  /** Forgets all that was opened. */
  close() {
    this.#state.epochs.clear();
    this.#state.texts.clear();
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

  async #takeGrants() {
    const signers =
      this.#teacher() === this.#keys.uid ? [this.#keys.live.sigPublic] : signersOf(this.#keys.pins, this.#teacher());
    for (const grant of this.#state.words.grants) {
      if (this.#state.epochs.has(grant.epoch)) continue;
      try {
        const expected = { thread: this.#id, epoch: grant.epoch, by: this.#teacher() };
        this.#state.epochs.set(grant.epoch, await acceptGrant(this.#keys.live, grant.jws, expected, signers));
      } catch {
        // A grant that is not right is as good as none.
      }
    }
  }

  async #openItem(item) {
    const name = this.#textName(item);
    const key = this.#state.epochs.get(item.epoch);
    if (typeof this.#state.texts.get(name) === "string" || !key) return;
    try {
      if (!this.#parts().has(item.author)) throw new Refused("author");
      this.#state.texts.set(name, await openNote(key, item.jwe, this.#about(item)));
    } catch {
      this.#state.texts.set(name, null);
    }
  }

  async #grant(epoch, theirs) {
    const raw = random(32);
    try {
      const by = { uid: this.#keys.uid, sig: this.#keys.live.sig };
      const what = { thread: this.#id, epoch, key: raw };
      const mine = { kid: this.#keys.live.kid, enc: this.#keys.live.encPublic };
      const both = await Promise.all([mine, theirs].map((to) => makeGrant(by, to, what)));
      await this.#net.post(`/support/${this.#id}/grants`, { epoch: String(epoch), grants: JSON.stringify(both) });
      this.#state.epochs.set(epoch, await wrapping(raw));
    } finally {
      raw.fill(0);
    }
  }

  #nextEpoch() {
    return (
      Math.max(
        -1,
        ...this.#state.epochs.keys(),
        ...this.#state.items.map(({ epoch }) => epoch),
        ...this.#state.words.grants.map(({ epoch }) => epoch),
      ) + 1
    );
  }

  async #newEpoch(theirs, enough) {
    if (this.#teacher() !== this.#keys.uid) throw new Refused("not-granted");
    let epoch = this.#nextEpoch();
    for (let left = TRIES; left > 0; left -= 1) {
      try {
        await this.#grant(epoch, theirs);
        return epoch;
      } catch (error) {
        if (!(error instanceof Turned) || error.status !== 409) throw error;
      }
      await this.load();
      if (enough() && this.#state.epochs.size) return Math.max(...this.#state.epochs.keys());
      epoch = Math.max(epoch + 1, this.#nextEpoch());
    }
    throw new Refused("epochs");
  }

  #writingEpoch() {
    return this.#state.epochs.size ? Math.max(...this.#state.epochs.keys()) : this.#newEpoch(this.#state.theirs, () => true);
  }

  async #write(text, note, rev) {
    this.#keys.touch();
    await this.#safeToWrite();
    const item = { note, rev, epoch: await this.#writingEpoch(), author: this.#keys.uid, kind: "message" };
    const jwe = await sealNote(this.#state.epochs.get(item.epoch), text, this.#about(item));
    const whole = { ...item, jwe, at: Math.floor(this.#now() / 1000) };
    this.#state.texts.set(this.#textName(whole), text);
    await this.#out.add(whole);
    return whole;
  }

  async #safeToWrite() {
    if (!this.#keys.live) throw new Refused("locked");
    if (!this.#state.shown) await this.#look();
    if (this.#state.standing !== "same") throw new Refused("pin");
  }

  /** Seals a new message and keeps it for sending. */
  send(text) {
    return this.#write(text, this.#uuid(), 1);
  }

  /** Seals another version of one's own message. */
  edit(note, text) {
    const entry = this.entries().find((one) => one.note === note);
    if (entry?.author !== this.#keys.uid) throw new Refused("author");
    return this.#write(text, note, entry.rev + 1);
  }

  entries() {
    return conversation(this.#state.items, (item) => this.#state.texts.get(this.#textName(item)) ?? null, this.#out.items);
  }

  /** Takes the keys whose safety words were shown as the other's, after the safety words were the same; the teacher starts a new epoch for new keys. */
  async acceptKeys(shown, date) {
    const { uid } = this.#state.words.other;
    const { theirs } = this.#state;
    if (!this.#state.shown || canon(names(shown)) !== canon(names(this.#state.shown))) throw new Refused("pin");
    if (this.#state.standing === "changed" && this.#teacher() === this.#keys.uid && this.#state.epochs.size)
      await this.#newEpoch(theirs, () => false);
    await this.#keys.changePins((pins) => compared(pins, uid, shown, date));
    await this.open();
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

  /** One of the names the page draws by. */
  get situation() {
    const { party, other, may_write: mayWrite } = this.#state.words;
    return situation({
      own: this.#keys.made,
      live: this.#keys.live !== null,
      party,
      other,
      items: this.#state.items.length,
      grants: this.#state.epochs.size,
      standing: this.#state.standing,
      mayWrite,
    });
  }
}
