// The visitor's own keys in this browser: made, unlocked, kept while in use, cleared.
import { Refused } from "./box.js";
import { enrol, makeDeviceKey, makeRecovery, openSlot, openVault, sealSlot, sealVault, unlock } from "./account.js";
import { Away, Turned } from "./net.js";

/** How long unlocked keys stay without being used. */
export const IDLE = 30 * 60_000;
/** How long this device unlocks silently after it was last set up. */
export const DEVICE_DAYS = 30;
const REFRESH = 60_000;
const TRIES = 4;
const NEXT = "device-next";

/** Removes every unlocked key from this browser; keys of own devices and sealed drafts stay. */
export async function forgetLive(store) {
  const names = await store.names();
  await Promise.all(names.filter((name) => name.endsWith("/live")).map((name) => store.delete(name)));
}

/** The visitor's keys. */
export class OwnKeys {
  #parts;
  #state = { uid: null, own: null, live: null, pins: {}, prepared: null, pending: null, renewal: null };

  /** @param {{net: object, store: object, now?: () => number, uuid?: () => string}} parts */
  constructor(parts) {
    this.#parts = { now: Date.now, uuid: () => crypto.randomUUID(), ...parts };
  }

  get uid() {
    return this.#state.uid;
  }

  /** Whether there are keys at all. */
  get made() {
    return this.#state.own !== null;
  }

  /** The name of the keys there are, or null. */
  get kid() {
    return this.#state.own?.kid ?? null;
  }

  /** The unlocked keys, or null. */
  get live() {
    return this.#state.live;
  }

  get pins() {
    return this.#state.pins;
  }

  /** Whether these keys took the place of others, which went with what was sealed for them. */
  get anew() {
    return this.#state.pins[this.#state.uid]?.anew === true;
  }

  /** The names of the slots. */
  get slots() {
    return this.#slots().map(({ slot }) => slot);
  }

  /** Whether a recovery code was made and not yet filed. */
  get hasPrepared() {
    return this.#state.prepared !== null;
  }

  /** When new keys may take the place of those there are, in seconds, or null. */
  get renewalDue() {
    return this.#state.renewal?.due ?? null;
  }

  /** Whether the server calls that wait over: this device's clock may be wrong. */
  get mayRenew() {
    return this.#state.renewal?.ripe === true;
  }

  /** Whether this device opens the keys by itself. */
  async hasDevice() {
    return (await this.#ownDevice()) !== null;
  }

  /** Whether there is a slot of this name. */
  hasSlot(name) {
    return this.#slots().some(({ slot }) => slot === name);
  }

  /** Forgets what this page holds, after another page of this browser signed out. */
  drop() {
    Object.assign(this.#state, { live: null, pins: {}, prepared: null, pending: null });
  }

  #who() {
    return { uid: this.#state.uid, kid: this.#state.own.kid };
  }

  #name(what) {
    return `${this.#state.uid}/${what}`;
  }

  #slots() {
    return this.#state.own?.slots ?? [];
  }

  async #keep(live, pins) {
    this.#state.live = { ...live, at: this.#parts.now() };
    this.#state.pins = pins;
    // Where they cannot be kept they last as long as the page.
    await this.#parts.store.set(this.#name("live"), this.#state.live).catch(() => {});
  }

  #stale(live) {
    return this.#parts.now() - live.at > IDLE || live.at > this.#parts.now() + REFRESH;
  }

  async lock() {
    this.#state.live = null;
    this.#state.pins = {};
    this.#state.prepared = null;
    // A storage that is gone keeps nothing: what is unlocked here locks all the same.
    if (this.#state.uid) await this.#parts.store.delete(this.#name("live")).catch(() => {});
  }

  /** Reads the account; takes up the keys this browser still holds, and drops those of anybody else. */
  async load() {
    const { uid, keys, renewal = null } = await this.#parts.net.read("/keys/own");
    if (this.#state.uid && this.#state.uid !== uid)
      Object.assign(this.#state, { live: null, pins: {}, prepared: null, pending: null });
    this.#state.uid = uid;
    this.#state.own = keys;
    this.#state.renewal = renewal;
    await this.#settle();
    for (const other of (await this.#parts.store.names()).filter(
      (one) => one.endsWith("/live") && one !== this.#name("live"),
    )) {
      await this.#parts.store.delete(other);
    }
    const live = this.#state.live ?? (await this.#parts.store.get(this.#name("live")));
    if (!live) return;
    if (!keys || live.kid !== keys.kid || this.#stale(live)) return this.lock();
    try {
      const contents = await openVault(live.amk, this.#who(), keys.vault);
      this.#state.live = live;
      this.#state.pins = contents.pins;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.lock();
    }
  }

  /** Notes that the keys are in use. */
  touch() {
    if (!this.#state.live || this.#stale(this.#state.live)) return;
    const before = this.#state.live.at;
    if (this.#parts.now() - before < REFRESH) return;
    this.#state.live.at = this.#parts.now();
    this.#parts.store.set(this.#name("live"), this.#state.live).catch(() => {});
  }

  /** Locks if the keys were used too long ago, here or in another window. Whether it did. */
  async expire() {
    if (!this.#state.live || !this.#stale(this.#state.live)) return false;
    const kept = await this.#parts.store.get(this.#name("live")).catch(() => null);
    if (kept && kept.kid === this.#state.live.kid && !this.#stale(kept)) {
      this.#state.live.at = kept.at;
      return false;
    }
    await this.lock();
    return true;
  }

  // A device made for keys that take the place of others takes its own place once those keys are there.
  async #settle() {
    const next = await this.#parts.store.get(this.#name(NEXT));
    if (!next || !this.hasSlot(`device:${next.id}`)) return;
    await this.#parts.store.set(this.#name("device"), next);
    await this.#parts.store.delete(this.#name(NEXT));
  }

  async #ownDevice() {
    const device = await this.#parts.store.get(this.#name("device"));
    if (!device) return null;
    // As long as nothing else opens the keys this device does: otherwise they would be lost by waiting.
    const others = this.hasSlot("words") || this.hasSlot("recovery");
    const old = others && this.#parts.now() - device.made > DEVICE_DAYS * 86_400_000;
    const slot = `device:${device.id}`;
    if (old || !this.hasSlot(slot)) {
      // The slot is of no more use to anybody; that it goes is only tidiness.
      if (old && this.hasSlot(slot)) this.#parts.net.post("/keys/slots/removal", { slot }).catch(() => {});
      // Before there are keys the slot may be on its way.
      if (this.#state.own) await this.#parts.store.delete(this.#name("device"));
      return null;
    }
    return { device: { id: device.id, key: device.key } };
  }

  /** @param {import("./account.js").Way} way */
  async open(way) {
    const { live, pins } = await unlock(this.#slots(), this.#state.own.vault, this.#who(), way);
    await this.#keep(live, pins);
  }

  /** Unlocks by this device's own key, if it has one. */
  async silently() {
    const way = await this.#ownDevice();
    if (!way) return false;
    try {
      await this.open(way);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return false;
    }
  }

  async #firstWay(choice, place = "device") {
    if (choice.words) return { words: choice.words };
    const device = { id: this.#parts.uuid(), key: await makeDeviceKey() };
    // Kept first: keys whose only slot this browser cannot open would be lost at once.
    await this.#parts.store.set(this.#name(place), { ...device, made: this.#parts.now() });
    const { key } = await this.#parts.store.get(this.#name(place));
    globalThis.navigator?.storage?.persist?.().catch(() => {});
    return { device: { id: device.id, key } };
  }

  async #file(made) {
    let stop = null;
    try {
      await this.#parts.net.post("/keys/own", { keys: JSON.stringify(made.keys) });
    } catch (error) {
      if (!(error instanceof Turned) || error.status !== 409) throw error;
      stop = error;
    }
    const before = this.#state.own?.kid;
    await this.load();
    if (!this.#state.own) throw new Away();
    if (this.#state.own.kid === made.keys.kid) return;
    if (stop && before === this.#state.own.kid) throw stop;
    throw new Turned(409, { sentence: "You made keys in another window just now. Unlock those." });
  }

  /** Begins the wait of 72 hours after which new keys may take the place of those there are. */
  async beginRenewal() {
    const { body } = await this.#parts.net.post("/keys/renewal", {});
    this.#state.renewal = { due: body.due };
  }

  /** Ends that wait: the keys there are stay. */
  async cancelRenewal() {
    await this.#parts.net.post("/keys/renewal/cancellation", {});
    this.#state.renewal = null;
  }

  /**
   * Makes keys and files them; after a renewal has come due, in place of those there are. After a lost connection the same keys are filed when it is called again.
   * @param {{words?: string}} choice words, or nothing for a device of one's own
   */
  async make(choice) {
    const sort = choice.words ?? "device";
    if (this.#state.pending?.sort !== sort) {
      // The device of the keys there are stays until the new ones are filed.
      const made = await enrol(this.#state.uid, await this.#firstWay(choice, this.made ? NEXT : "device"), this.made);
      this.#state.pending = { sort, made };
    }
    const { made } = this.#state.pending;
    try {
      await this.#file(made);
    } catch (error) {
      if (error instanceof Turned) this.#state.pending = null;
      throw error;
    }
    this.#state.pending = null;
    await this.#keep(made.live, made.pins);
    this.#state.prepared = made.recovery;
  }

  /** The bare account key for a moment: by this device, or by the way given. */
  async #withAmk(way, act) {
    const opener = way ?? (await this.#ownDevice());
    if (!opener) throw new Refused("ask");
    const raw = await openSlot(this.#slots(), this.#who(), opener);
    try {
      return await act(raw);
    } finally {
      raw.fill(0);
    }
  }

  async #postSlot({ slot, jwe }) {
    await this.#parts.net.post("/keys/slots", { slot, jwe: JSON.stringify(jwe) });
    this.#state.own = { ...this.#state.own, slots: [...this.#slots().filter((one) => one.slot !== slot), { slot, jwe }] };
  }

  /** A recovery code to be shown and typed back; see {@link fileRecovery}. */
  async recovery(way) {
    this.#state.prepared ??= await this.#withAmk(way, (raw) => makeRecovery(raw, this.#who()));
    return this.#state.prepared.code;
  }

  /** Files the recovery slot once its code was typed back. */
  async fileRecovery() {
    const { slot, jwe } = this.#state.prepared;
    await this.#postSlot({ slot, jwe });
    this.#state.prepared = null;
  }

  /** Adds a slot for six words. */
  async addWords(words, way) {
    await this.#postSlot(await this.#withAmk(way, (raw) => sealSlot(raw, this.#who(), { words })));
  }

  /** Makes this device unlock silently from now on. */
  async addDevice(way) {
    const first = await this.#firstWay({});
    await this.#postSlot(await this.#withAmk(way, (raw) => sealSlot(raw, this.#who(), first)));
  }

  /** Removes this device's slot and everything unlocked here. */
  async forgetDevice() {
    const device = await this.#parts.store.get(this.#name("device"));
    if (device && this.hasSlot(`device:${device.id}`)) {
      const slot = `device:${device.id}`;
      await this.#parts.net.post("/keys/slots/removal", { slot });
      this.#state.own = { ...this.#state.own, slots: this.#slots().filter((one) => one.slot !== slot) };
    }
    await this.#parts.store.delete(this.#name("device"));
    await this.lock();
  }

  /** Changes the pins in the vault; if another browser was faster, theirs are read and the change is made to those. */
  async changePins(change) {
    for (let left = TRIES; left > 0; left -= 1) {
      const contents = await openVault(this.#state.live.amk, this.#who(), this.#state.own.vault);
      const pins = change(contents.pins);
      const vault = await sealVault(this.#state.live.amk, this.#who(), { ...contents, pins });
      try {
        const reply = await this.#parts.net.post("/keys/vault", {
          version: String(this.#state.own.version),
          vault: JSON.stringify(vault),
        });
        this.#state.own = { ...this.#state.own, vault, version: reply.body.version };
        this.#state.pins = pins;
        return;
      } catch (error) {
        if (!(error instanceof Turned) || error.status !== 409) throw error;
        await this.load();
        if (!this.#state.live) throw error;
      }
    }
    throw new Away();
  }
}
