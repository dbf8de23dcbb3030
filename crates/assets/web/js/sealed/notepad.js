// Notes that somebody takes in a lesson: kept sealed in this browser with every change, and said as one sealed item when
// they are kept. Knows nothing of the page (R-OBS-6).
import { MOST_KEPT, fits, lessonsOf, merged, notesId, readLesson, writeLesson } from "./lesson.js";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const shortId = (uuid) => uuid.slice(0, 8);

function readDraft(text) {
  try {
    const kept = JSON.parse(text || "null");
    const fine = [kept.base, kept.lines].every(Array.isArray) && [kept.part, kept.rev].every(Number.isSafeInteger);
    return fine ? kept : null;
  } catch {
    return null;
  }
}

/** Under which name what is not kept yet lies in this browser. */
export const padName = (thread, meeting) => `${thread}/notes/${meeting}`;

/** The notes of one lesson. */
export class Notepad {
  #parts;
  #ids = [];
  // `part` and `rev`: which item, and which revision of it, `base` is; `sent`: what is on its way.
  #state = { part: 0, rev: 0, base: [], lines: [], typing: "", sent: null };

  /**
   * @param {{thread: object, id: string, meeting: string, drafts: object, uid: () => string, now?: () => number,
   *   uuid?: () => string}} parts `id` is the thread's, `uid` who takes the notes
   */
  constructor(parts) {
    this.#parts = { now: Date.now, uuid: () => crypto.randomUUID(), ...parts };
    /** Whether another device had gone on with the same notes; until they are kept again. */
    this.met = false;
  }

  get #about() {
    return padName(this.#parts.id, this.#parts.meeting);
  }

  async #id(part) {
    const { id, meeting, uid } = this.#parts;
    this.#ids[part] ??= await notesId(id, meeting, uid(), part);
    return this.#ids[part];
  }

  /** Takes up what this browser kept, then what was kept with the thread. */
  async load() {
    const kept = readDraft(await this.#parts.drafts.load(this.#about));
    if (kept) this.#state = { ...this.#state, ...kept };
    await this.take();
  }

  async #entry(part) {
    const note = await this.#id(part);
    return this.#parts.thread.entries().find((one) => one.note === note) ?? null;
  }

  // What was kept last, on whichever device: the server has it.
  async #kept() {
    let last = null;
    for (let part = 0; ; part += 1) {
      const entry = await this.#entry(part);
      const version = entry?.versions.filter(({ state, text }) => state === "sent" && text !== null).at(-1);
      const value = version && readLesson("notes", version.text);
      if (!value) return last;
      last = { part, rev: version.rev, at: version.at, lines: value.lines };
    }
  }

  /** After the thread was read or something was sent: goes on from what was kept last. */
  async take() {
    const kept = await this.#kept();
    const state = this.#state;
    this.keptAt = kept?.at ?? null;
    if (!kept || kept.part < state.part || (kept.part === state.part && kept.rev <= state.rev)) return;
    const note = await this.#id(kept.part);
    // Whatever of this browser's had the same number came too late: its lines are put together with the others below.
    for (let rev = state.rev + 1; rev <= kept.rev; rev += 1) await this.#parts.thread.drop(note, rev);
    const own = same(kept.lines, state.sent);
    const copy = (line) => ({ ...line, id: shortId(this.#parts.uuid()) });
    const now = own ? { lines: state.lines, both: false } : merged(state.base, state.lines, kept.lines, copy);
    this.met = this.met || now.both;
    Object.assign(state, { part: kept.part, rev: kept.rev, base: kept.lines, lines: now.lines, sent: null });
    await this.save();
  }

  /** Keeps everything in this browser, sealed; what is kept with the thread needs no second place. */
  async save() {
    const { typing } = this.#state;
    const needed = this.changed || typing.trim() || this.#state.sent;
    await this.#parts.drafts.save(this.#about, needed ? JSON.stringify(this.#state) : "");
  }

  /** The lines, in the order in which they were written. */
  get lines() {
    return this.#state.lines;
  }

  /** What the teacher would like to be looked at, or "". */
  get focus() {
    const { thread, meeting } = this.#parts;
    const said = lessonsOf(thread.entries()).get(meeting)?.focus ?? [];
    return said.map(({ value }) => value.text).join("\n");
  }

  /** What stands in the field and is no line yet. */
  get typing() {
    return this.#state.typing;
  }

  /** Whether something is here that was not kept with the thread. */
  get changed() {
    return !same(this.#state.lines, this.#state.base);
  }

  /** What is being typed. */
  type(text) {
    this.#state.typing = text;
    return this.save();
  }

  /** Adds a line with its time of day. @returns {Promise<boolean>} false where there is no room for it */
  async add(text) {
    const line = { id: shortId(this.#parts.uuid()), at: Math.floor(this.#parts.now() / 1000), text: text.trim() };
    return this.#set([...this.#state.lines, line], "");
  }

  /** Corrects a line. @returns {Promise<boolean>} false where there is no room for it */
  change(id, text) {
    return this.#set(this.#state.lines.map((line) => (line.id === id ? { ...line, text: text.trim() } : line)));
  }

  /** Takes a line out. */
  remove(id) {
    return this.#set(this.#state.lines.filter((line) => line.id !== id));
  }

  /** Puts a line back where it stood. */
  restore(line, at) {
    return this.#set([...this.#state.lines.slice(0, at), line, ...this.#state.lines.slice(at)]);
  }

  async #set(lines, typing = this.#state.typing) {
    if (lines.length >= this.#state.lines.length && !fits(lines)) return false;
    Object.assign(this.#state, { lines, typing });
    await this.save();
    return true;
  }

  /** Seals the notes as they stand, to be sent at the next flush of the thread. */
  async keep() {
    const { thread, meeting } = this.#parts;
    const state = this.#state;
    // What has not gone yet is out of date.
    for (const { rev } of await this.#unsent()) await thread.drop(await this.#id(this.#next()), rev);
    const note = await this.#id(this.#next());
    const text = writeLesson("notes", meeting, { lines: state.lines });
    state.sent = state.lines;
    await this.save();
    await ((await this.#entry(this.#next())) ? thread.edit(note, text) : thread.sendAs(note, text, "notes"));
    this.met = false;
  }

  // An item is kept fifty times at most; then the next one goes on.
  #next() {
    return this.#state.rev >= MOST_KEPT ? this.#state.part + 1 : this.#state.part;
  }

  async #unsent() {
    const entry = await this.#entry(this.#next());
    return entry ? entry.versions.filter(({ state }) => state !== "sent") : [];
  }

  /** After sending: how it went. @returns {Promise<"here"|"waiting"|"refused"|"kept"|"empty">} */
  async standing() {
    const last = (await this.#unsent()).at(-1);
    if (last?.state === "refused") return "refused";
    if (last && same(this.#state.lines, this.#state.sent)) return "waiting";
    if (this.changed) return "here";
    return this.#state.rev > 0 ? "kept" : "empty";
  }

  /** Why the server did not take it, or "". */
  async sentence() {
    return (await this.#unsent()).at(-1)?.sentence ?? "";
  }
}
