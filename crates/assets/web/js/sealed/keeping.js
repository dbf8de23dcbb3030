// Keeping what is typed while it is typed: at once, then after each rest, and when the page is left or put away. One save
// follows the other, so that the last one holds what was typed last.

/** How long rests last between two saves, in milliseconds. */
export const REST = 150;

const unkept = new Set();
let listens = null;

/** Keeps everything of this page that is not kept yet. */
export const keepAll = () => Promise.all([...unkept].map((one) => one.now()));

function listen() {
  if (listens === document) return;
  listens = document;
  addEventListener("pagehide", keepAll);
  document.addEventListener("visibilitychange", () => document.hidden && keepAll());
}

/** What is typed in one place. */
export class Keeping {
  #save;
  #running = null;
  #resting = null;
  #failed = false;
  #over = false;

  /** @param {() => Promise<void>} save keeps what stands there now */
  constructor(save) {
    this.#save = save;
  }

  /** Something was typed in `field`, or in one of several. */
  watch(field) {
    field.addEventListener("input", () => this.typed());
    for (const left of ["change", "focusout"]) field.addEventListener(left, () => this.now());
  }

  /** Something was typed. */
  typed() {
    listen();
    unkept.add(this);
    this.#failed = this.#over = false;
    if (!this.#running && !this.#resting) this.now();
  }

  /** Keeps at once what is not kept yet. A save that fails is tried again when more is typed, or when this is called. */
  async now() {
    while (this.#running) await this.#running;
    this.#rested();
    if (!unkept.delete(this)) return;
    this.#running = this.#run();
    await this.#running;
  }

  /** What was typed is not to be kept any more; afterwards no save is under way. */
  async stop() {
    this.#rested();
    unkept.delete(this);
    this.#over = true;
    while (this.#running) await this.#running;
  }

  #rested() {
    clearTimeout(this.#resting);
    this.#resting = null;
  }

  async #run() {
    try {
      await this.#save();
    } catch {
      this.#failed = true;
      if (!this.#over) unkept.add(this);
    }
    this.#running = null;
    this.#resting = setTimeout(() => {
      this.#rested();
      if (!this.#failed) this.now();
    }, REST);
  }
}
