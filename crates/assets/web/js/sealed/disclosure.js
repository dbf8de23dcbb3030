// A disclosure to the safeguarding leads: sealed like a little thread of its own, under a key of its own.
import { Refused, wrapping } from "./box.js";
import { random, utf8 } from "./bytes.js";
import { acceptGrant, makeGrant, passOn } from "./grants.js";
import { openNote, sealNote } from "./notes.js";
import { described, judge, signersOf } from "./pins.js";

/** How long its text may be, in bytes. */
export const LONGEST = 24_000;

/** The context of a disclosure: it stands in for a thread, with one key and one note. */
export const disclosureAbout = (disclosure, author) => ({
  thread: disclosure,
  epoch: 0,
  note: disclosure,
  rev: 1,
  author,
  kind: "disclosure",
});

/** The text. @param {string} words @param {{kind: string, author: string, at: number, text: string}[]} excerpts */
export const writeDisclosure = (words, excerpts) => JSON.stringify({ v: 1, words, excerpts });

/** What such a text says, or null. */
export function readDisclosure(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.v !== 1 || typeof value.words !== "string" || !Array.isArray(value.excerpts)) return null;
  const fine = value.excerpts.every(
    (one) => Number.isSafeInteger(one?.at) && ["kind", "author", "text"].every((name) => typeof one[name] === "string"),
  );
  return fine ? value : null;
}

/** Keys that fit together, and how they stand to the pins: "new", "same" or "changed"; null where there are none. */
export async function standingOf(pins, { uid, keys }) {
  const shown = keys && (await described(keys).catch(() => null));
  return shown ? { uid, keys, shown, standing: judge(pins, uid, shown) } : null;
}

/**
 * Who gets a key: every lead with keys, the discloser, and the other one unless telling them is unsafe; then not even as
 * a lead.
 * @param {{leads: {uid: string, keys: object}[], other: {uid: string, keys: object|null}, mine: object, unsafe: boolean}} who
 * @returns {object[]} public keys, each once
 */
export function recipients({ leads, other, mine, unsafe }) {
  const asked = leads.filter(({ uid }) => !unsafe || uid !== other.uid).map(({ keys }) => keys);
  const all = [...asked, mine, ...(other.keys && !unsafe ? [other.keys] : [])];
  return all.filter((one, at) => all.findIndex(({ kid }) => kid === one.kid) === at);
}

/**
 * @param {{uid: string, sig: CryptoKey}} by the discloser
 * @param {{disclosure: string, text: string, to: {kid: string, enc: object}[]}} what
 * @returns {Promise<{jwe: object, grants: string[]}>}
 */
export async function sealDisclosure(by, { disclosure, text, to }) {
  if (utf8(text).length > LONGEST) throw new Refused("too-much");
  const raw = random(32);
  try {
    const jwe = await sealNote(await wrapping(raw), text, disclosureAbout(disclosure, by.uid));
    const what = { thread: disclosure, epoch: 0, key: raw };
    const grants = await Promise.all(to.map((one) => makeGrant({ uid: by.uid, sig: by.sig }, one, what)));
    return { jwe, grants };
  } finally {
    raw.fill(0);
  }
}

function grantOf(disclosure, { live, pins }, { jws, by }) {
  const shown = by.keys ? [by.keys.sig] : [];
  // Whoever granted before making new keys is known by the earlier ones, where this browser has seen them.
  const signers = by.uid === live.uid ? [live.sigPublic] : [...shown, ...signersOf(pins, by.uid)];
  return { jws, expected: { thread: disclosure, epoch: 0, by: by.uid }, signers };
}

/**
 * Opens a disclosure with the first grant that is right.
 * @param {{live: object, pins: object}} keys @param {object} json of `GET /disclosures/{d}/words`
 * @returns {Promise<{text: string, grant: object, standing: string}>} the grant can be passed on
 */
export async function openDisclosure(keys, { disclosure, by, grants, jwe }) {
  for (const one of grants) {
    const grant = grantOf(disclosure, keys, one);
    try {
      const key = await acceptGrant(keys.live, grant.jws, grant.expected, grant.signers);
      const text = await openNote(key, jwe, disclosureAbout(disclosure, by.uid));
      const known = await standingOf(keys.pins, by);
      return { text, grant, standing: known?.standing ?? "new" };
    } catch (fault) {
      if (!(fault instanceof Refused) && !(fault instanceof RangeError)) throw fault;
    }
  }
  throw new Refused("disclosure");
}

/** A grant for whoever may be told now, signed by whoever tells. */
export const tellGrant = (live, grant, to) => passOn(live, grant, to);
