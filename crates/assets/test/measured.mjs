// What measuring runs in the browser: the product's own modules, timed. In a page of measure.mjs, or in Node without one.
import { enrol, unlock } from "../web/js/sealed/account.js";
import { wrapping } from "../web/js/sealed/box.js";
import { random } from "../web/js/sealed/bytes.js";
import { openNote, sealNote } from "../web/js/sealed/notes.js";
import { sixWords } from "../web/js/sealed/words.js";

const TEXT = "I think I answer my own questions, because the silence feels endless. ".repeat(6);
const about = (at) => ({ thread: "t", epoch: 0, note: `n${at}`, rev: 1, author: "sam", kind: "message" });

const middle = (times) => times.sort((a, b) => a - b)[times.length >> 1];

async function timed(act) {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

async function many(times, act) {
  const taken = [];
  for (let at = 0; at < times; at += 1) taken.push(await timed(() => act(at)));
  return middle(taken);
}

/** Milliseconds of each, the median of several runs after some to warm up. */
export async function measure() {
  const key = await wrapping(random(32));
  const notes = await Promise.all(Array.from({ length: 500 }, (_, at) => sealNote(key, TEXT, about(at))));
  const words = sixWords();
  const { keys } = await enrol("sam", { words });
  const who = { uid: "sam", kid: keys.kid };
  await many(50, (at) => openNote(key, notes[at], about(at)));
  // One has to be much longer than the clock of a browser is coarse.
  const batch = async (act) => (await many(30, async () => Promise.all(Array.from({ length: 20 }, (_, at) => act(at))))) / 20;
  return {
    "seal a message": await batch((at) => sealNote(key, TEXT, about(at))),
    "open a message": await batch((at) => openNote(key, notes[at], about(at))),
    "open 500 messages": await many(5, () => Promise.all(notes.map((jwe, at) => openNote(key, jwe, about(at))))),
    "unlock by six words, 600,000 rounds": await many(5, () => unlock(keys.slots, keys.vault, who, { words })),
  };
}
