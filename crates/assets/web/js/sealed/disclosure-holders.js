// Who else can open a disclosure: after safety words were compared, its key is given back to somebody with new keys.
import { button, el } from "./dom.js";
import { standingOf, tellGrant } from "./disclosure.js";
import { compared, described, safetyWords } from "./pins.js";
import { SafetyView } from "./safety-view.js";
import { isoDay } from "./times.js";

/** The other one's keys as this browser knows them, and on which day they were compared, or null. */
async function lookAt(keys, other) {
  const look = await standingOf(keys.pins, other);
  if (!look) return null;
  const date = look.standing === "same" ? keys.pins[other.uid].compared : null;
  const { kid, encPublic: enc, sigPublic: sig } = keys.live;
  return { ...look, date, words: await safetyWords(await described({ kid, enc, sig }), look.shown) };
}

async function wordsView(keys, other, same) {
  const look = await lookAt(keys, other);
  if (!look) return null;
  const view = new SafetyView({
    other: other.name,
    differ: () => {},
    same: async (shown) => {
      await keys.changePins((pins) => compared(pins, other.uid, shown, isoDay(Date.now())));
      await same();
    },
  });
  view.show({ words: look.words, shown: look.shown }, look.date, "changed");
  return { node: view.node, look };
}

/**
 * A part for each of the others whose keys do not open it: ring them, compare, and their browser gets the key.
 * @param {{keys: object, json: object, grant: object, give: (to: string, jws: string) => Promise<void>,
 *   attempt: (work: () => Promise<void>) => Promise<boolean>}} parts `attempt` says what went wrong
 * @returns {Promise<HTMLElement[]>}
 */
export async function lackingParts({ keys, json, grant, give, attempt }) {
  const parts = [];
  for (const other of (json.others ?? []).filter((one) => one.keys && !one.holds)) {
    let busy = false;
    const giveBack = async () => {
      if (busy) return;
      busy = true;
      try {
        const look = await lookAt(keys, other);
        await give(other.uid, await tellGrant(keys.live, grant, look.keys));
      } finally {
        busy = false;
      }
    };
    const view = await wordsView(keys, other, giveBack);
    if (!view) continue;
    parts.push(
      el(
        "section",
        { class: "next stack-s" },
        el("h2", {}, `${other.name} has new keys`),
        el("p", {}, `They cannot open this. Ring ${other.name}: when you both see the same six words, they can read it again.`),
        view.node,
        view.look.date ? button(`Let ${other.name} read it`, () => attempt(giveBack)) : null,
      ),
    );
  }
  return parts;
}

/** What somebody sees whose keys do not open it: whom to ring, and the words to compare. */
export async function closedParts({ keys, json }) {
  const holders = (json.others ?? []).filter((one) => one.keys && one.holds);
  const views = [];
  for (const other of holders) {
    const view = await wordsView(keys, other, async () => {});
    if (view) views.push(el("section", { class: "stack-s" }, el("h3", {}, other.name), view.node));
  }
  const words = views.length
    ? "Ring one of these. When you both see the same six words, they let you read it again."
    : "Nobody else can open it here either. Ask whoever sent it to pass it on again, or use the telephone.";
  return [el("h2", {}, "It was sealed for keys that you have no more"), el("p", {}, words), ...views];
}
