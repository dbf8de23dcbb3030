// What is said, and drafts: padded text under the thread key or under one's own account key.
import { fromUtf8, pad, unpad, utf8 } from "./bytes.js";
import { WRAP, open, seal } from "./box.js";

/** The context of one revision of a note. */
export const noteContext = ({ thread, epoch, note, rev, author, kind }) => ({
  v: 1,
  t: "note",
  thread,
  epoch,
  note,
  rev,
  author,
  kind,
});

/** @param {CryptoKey} key of the thread's epoch @param {string} text @param {object} about see {@link noteContext} */
export const sealNote = (key, text, about) => seal(WRAP, key, pad(utf8(text)), noteContext(about));

/** The text, if the item is what the row says it is. */
export async function openNote(key, jwe, about) {
  return fromUtf8(unpad(await open(WRAP, key, jwe, noteContext(about))));
}

const draftContext = ({ uid, kid }, about) => ({ v: 1, t: "draft", uid, kid, about });

/** A draft sealed to oneself. @param {{uid: string, kid: string, amk: CryptoKey}} live @param {string} about */
export const sealDraft = (live, about, text) => seal(WRAP, live.amk, pad(utf8(text)), draftContext(live, about));

/** The text of a draft of one's own. */
export async function openDraft(live, about, jwe) {
  return fromUtf8(unpad(await open(WRAP, live.amk, jwe, draftContext(live, about))));
}
