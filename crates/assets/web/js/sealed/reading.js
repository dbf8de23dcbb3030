// How far somebody has read: told to the server as one number, and shown as a line before what is new.

const theirs = (entries, uid) => entries.filter(({ author, text }) => author !== uid && text !== null);

/** The highest place among what the other one said and this browser opened; 0 for none. */
export const highest = (entries, uid) =>
  Math.max(0, ...theirs(entries, uid).flatMap(({ versions }) => versions.map(({ place }) => place)));

/** The first thing the other one said after `read`, or null. @returns {string|null} its note */
export const firstNew = (entries, uid, read) =>
  theirs(entries, uid).find(({ versions }) => versions[0].place > read)?.note ?? null;

/** Tells the server, once for each new place. */
export class Reading {
  /** @param {{net: object, thread: string}} parts */
  constructor({ net, thread }) {
    Object.assign(this, { net, thread, told: 0 });
  }

  /** @param {number} place @param {number} read what the server knows already */
  async mark(place, read) {
    const known = Math.max(this.told, read);
    if (place <= known) return;
    this.told = place;
    try {
      await this.net.post(`/support/${this.thread}/reading`, { place: String(place) });
    } catch {
      // It is told with the next look.
      this.told = known;
    }
  }
}
