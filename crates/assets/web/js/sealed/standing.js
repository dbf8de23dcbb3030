// What the thread page says where nothing can be written just now, and above what does not open any more.
import { el } from "./dom.js";

const ACT = new Set(["changed", "false", "differ", "renewed", "not-come"]);

const SENTENCES = {
  "other-cannot-read": (other) =>
    `${other} cannot read words here yet: no keys were made on that side. You can still agree times.`,
  "wait-for-teacher": (other) => `You can write here once ${other} has written first.`,
  renewed: (other) =>
    `Your keys are new. Compare the six safety words below with ${other}, face to face or by telephone; then ${other}’s browser gives back what was said.`,
  "not-come": (other) =>
    `The key to this conversation has not come from the server, although your keys are not new. Nothing is lost, but nothing can be opened or written here just now. Load the page again. If it stays so, tell whoever looks after Alongside, and compare the six safety words below with ${other}: then ${other}’s browser can give the key back.`,
  compared: (other) =>
    `You have compared the safety words. As soon as ${other} has done the same, what was said is here again and you can write.`,
  "wait-for-key": (other) =>
    `${other}’s keys are new. You can write again once ${other} has compared the safety words too and opened this page.`,
  changed: (other) =>
    `${other}’s keys are not the ones this browser knows. Perhaps ${other} made new ones; perhaps somebody is between you. Compare the safety words below, face to face or by telephone: until then nothing is sent. When they are the same, this browser gives ${other} back what was said.`,
  false: (other) =>
    `The keys the server shows for ${other} do not fit together. Nothing is sent. Tell whoever looks after Alongside.`,
  differ: (other) =>
    `You said that the safety words are not the same, so nothing is sent from here. Tell ${other} face to face or by telephone.`,
  "read-only": () => "Nothing more can be written here. What was said stays readable.",
  "make-keys": (other) => `What you and ${other} write here is sealed for you two. For that you need keys of your own.`,
};

/** The sentence for a situation, or "" where there is none. @param {string} mode @param {string} other name */
export const standingWords = (mode, other) => SENTENCES[mode]?.(other) ?? "";

/** The same as a note, with what one can do. */
export function standingNote(mode, other, ...doing) {
  const kind = ACT.has(mode) ? "note act" : "note calm";
  return el("div", { class: kind }, el("p", {}, standingWords(mode, other)), ...doing);
}

// While some need keys that went with one's earlier ones.
const lostWords = (other) =>
  `What was said before you made new keys does not open yet. It comes back as soon as ${other} has compared the safety words too.`;

// When the key to some should have come from the server, and did not.
const keptBackWords = (other) =>
  `The key to some of what was said has not come from the server, so that does not open here. Nothing is lost. Load the page again. If it stays so, tell whoever looks after Alongside, and ask ${other} whether it opens there.`;

/** Said above the messages while some of them do not open for want of a key, or "". */
export const missedWords = ({ lost, keptBack }, other) => (lost ? (keptBack ? keptBackWords : lostWords)(other) : "");

/** Said while something waits for keys that fit on both sides. */
export const waitingWords = (other) =>
  `What you wrote is kept here. It goes once ${other} has opened this page again, or the two of you have compared safety words.`;
