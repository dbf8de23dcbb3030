// The keys of one thread, one for each epoch: taken from grants, made by the teacher, given back to the other one (R-WRD-5).
import { Refused, wrapping } from "./box.js";
import { random } from "./bytes.js";
import { makeGrant, openGrant, passOn, signerOf } from "./grants.js";
import { comparedSignersOf, signersOf } from "./pins.js";

/** The epochs of a thread that this browser has keys for. */
export class Epochs {
  #thread;
  #keys;
  #net;
  #held = new Map();

  /** @param {{thread: string, keys: object, net: object}} parts */
  constructor({ thread, keys, net }) {
    this.#thread = thread;
    this.#keys = keys;
    this.#net = net;
  }

  get size() {
    return this.#held.size;
  }

  /** The numbers of the epochs that open. */
  get numbers() {
    return [...this.#held.keys()];
  }

  /** The key of an epoch, or undefined. */
  key(epoch) {
    return this.#held.get(epoch)?.key;
  }

  /**
   * Whether something new may be sealed with an epoch's key: it came from the teacher, under the signing key of now. What
   * came back, or was granted under keys that the teacher has replaced since, is good for reading only.
   */
  isCurrent(epoch, teacher) {
    const held = this.#held.get(epoch);
    const { uid, live, pins } = this.#keys;
    const now = teacher === uid ? live.sigPublic : signersOf(pins, teacher)[0];
    return held !== undefined && held.grant.expected.by === teacher && held.signer.x === now?.x && held.signer.y === now?.y;
  }

  clear() {
    this.#held.clear();
  }

  #signers(by, { teacher, other }) {
    const { uid, pins, live } = this.#keys;
    if (by === teacher) return teacher === uid ? [live.sigPublic] : signersOf(pins, teacher);
    // The practitioner may give back to the teacher, once the two have compared; nobody else gives anything.
    return by === other && teacher === uid ? comparedSignersOf(pins, other) : [];
  }

  /** Takes what this browser may take; a grant that is not right is as good as none. */
  async take(grants, who) {
    const mine = (grant) => (grant.by === who.teacher ? 0 : 1);
    for (const { epoch, by, jws } of [...grants].sort((a, b) => mine(a) - mine(b))) {
      if (this.#held.has(epoch)) continue;
      try {
        await this.#keep({ jws, expected: { thread: this.#thread, epoch, by } }, this.#signers(by, who));
      } catch {
        // Nothing that the page could not say better: what it opens stays closed.
      }
    }
  }

  async #keep({ jws, expected }, signers) {
    const { live } = this.#keys;
    const signer = await signerOf(jws, signers);
    const raw = await openGrant(live, jws, expected, [signer]);
    try {
      this.#held.set(expected.epoch, { grant: { jws, expected, signers: [signer] }, signer, key: await wrapping(raw) });
    } finally {
      raw.fill(0);
    }
  }

  /** A new key for what is said from now on, given to both. @param {number} epoch @param {object} theirs public keys */
  async make(epoch, theirs) {
    const { uid, live } = this.#keys;
    const raw = random(32);
    try {
      const what = { thread: this.#thread, epoch, key: raw };
      const mine = { kid: live.kid, enc: live.encPublic };
      const both = await Promise.all([mine, theirs].map((to) => makeGrant({ uid, sig: live.sig }, to, what)));
      await this.#net.post(`/support/${this.#thread}/grants`, { epoch: String(epoch), grants: JSON.stringify(both) });
      const grant = { jws: both[0], expected: { thread: this.#thread, epoch, by: uid }, signers: [live.sigPublic] };
      this.#held.set(epoch, { grant, signer: live.sigPublic, key: await wrapping(raw) });
    } finally {
      raw.fill(0);
    }
  }

  /**
   * Gives the other one the keys that are missing there, all in one. Only for keys whose safety words were compared.
   * @param {number[]} missing @param {{uid: string, shown: object, theirs: object}} other
   * @returns {Promise<number>} how many
   */
  async giveBack(missing, { uid, shown, theirs }) {
    const pin = Object.hasOwn(this.#keys.pins, uid) ? this.#keys.pins[uid] : null;
    if (!pin?.compared || pin.kid !== shown.kid || pin.sig !== shown.sig) throw new Refused("not-compared");
    const epochs = missing.filter((epoch) => this.#held.has(epoch));
    if (!epochs.length) return 0;
    const grants = await Promise.all(
      epochs.map(async (epoch) => ({ epoch, jws: await passOn(this.#keys.live, this.#held.get(epoch).grant, theirs) })),
    );
    await this.#net.post(`/support/${this.#thread}/returns`, { grants: JSON.stringify(grants) });
    return grants.length;
  }
}
