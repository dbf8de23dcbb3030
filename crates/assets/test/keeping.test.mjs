// Drafts: kept as one types and before the page goes, sealed, and gone once sent.
import assert from "node:assert/strict";
import test from "node:test";
import { Composer } from "../web/js/sealed/composer.js";
import { Drafts } from "../web/js/sealed/drafts.js";
import { Keeping, REST } from "../web/js/sealed/keeping.js";
import { fakePage, types, until } from "./fake-page.mjs";
import { TEACHER, THREAD, twoPeople } from "./people.mjs";

const NAME = `${TEACHER}/draft/${THREAD}`;

/** Rests that never end, so that nothing is kept by waiting. */
function restless(t) {
  const real = globalThis.setTimeout;
  globalThis.setTimeout = (act, time, ...all) => (time === REST ? real(() => {}, 0) : real(act, time, ...all));
  t.after(() => (globalThis.setTimeout = real));
}

/** What a box shows after a reload, as soon as it is this. */
async function comesBack(person, text) {
  let again;
  for (let left = 300; left > 0 && again?.text.value !== text; left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    again = box(person);
    await again.load();
  }
  assert.equal(again.text.value, text);
  return again;
}

function box({ keys, store }) {
  const drafts = new Drafts({ keys, store, session: null });
  const kept = () => "Draft kept on this device.";
  return new Composer({ other: "Priya Nair", about: THREAD, drafts, kept, used: () => {}, send: async () => {} });
}

test("what is typed is kept at once, sealed, and stands in the box after a reload", async (t) => {
  const { sam } = await twoPeople();
  fakePage();
  restless(t);
  types(box(sam).text, "Typed, and the lid is shut");
  const again = await comesBack(sam, "Typed, and the lid is shut");
  assert.equal(again.line.textContent, "Draft kept on this device.");
  const kept = JSON.stringify(await sam.store.get(NAME));
  assert.ok(kept.includes("ciphertext") && !kept.includes("lid"));
});

const LEAVING = {
  "the page goes": (page) => page.happens("pagehide"),
  "the window is put away": (page) => page.look(false),
  "the field is left": (_, { text }) => text.dispatchEvent(new Event("focusout")),
  "the field has changed": (_, { text }) => text.dispatchEvent(new Event("change")),
};

for (const [what, leave] of Object.entries(LEAVING)) {
  test(`the last words are kept without a rest when ${what}`, async (t) => {
    const { sam } = await twoPeople();
    const page = fakePage();
    restless(t);
    const one = box(sam);
    types(one.text, "First");
    await one.keeping.now();
    types(one.text, "First and");
    types(one.text, "First and last");
    leave(page, one);
    await comesBack(sam, "First and last");
  });
}

test("a save under way does not bring back the draft of what was sent", async () => {
  const { sam } = await twoPeople();
  fakePage();
  const one = box(sam);
  types(one.text, "Sent at once");
  await one.sent("Sent at once");
  await new Promise((resolve) => setTimeout(resolve, REST * 2));
  assert.equal(await sam.store.get(NAME), undefined);
  assert.equal(one.line.textContent, "");
});

test("sending leaves the draft that another window has kept since", async () => {
  const { sam } = await twoPeople();
  fakePage();
  const [here, there] = [box(sam), box(sam)];
  types(here.text, "From here");
  await here.keeping.now();
  types(there.text, "From there, not sent yet");
  await there.keeping.now();
  await here.sent("From here");
  const again = box(sam);
  await again.load();
  assert.equal(again.text.value, "From there, not sent yet");
  await again.sent("From there, not sent yet");
  assert.equal(await sam.store.get(NAME), undefined);
});

test("one save follows the other, the last one holds what was typed last, and a failed one is not tried for ever", async () => {
  fakePage();
  const saved = [];
  let value = "";
  let under = 0;
  let broken = false;
  const keeping = new Keeping(async () => {
    const now = value;
    assert.equal((under += 1), 1, "never two at once");
    await new Promise((resolve) => setTimeout(resolve, 5));
    under -= 1;
    saved.push(now);
    if (broken) throw new Error("full");
  });
  for (value of ["a", "ab", "abc"]) keeping.typed();
  await until(() => saved.length === 2);
  assert.deepEqual(saved, ["a", "abc"]);
  broken = true;
  keeping.typed();
  await new Promise((resolve) => setTimeout(resolve, REST * 4));
  assert.equal(saved.length, 3);
  broken = false;
  await keeping.now();
  await keeping.now();
  assert.equal(saved.length, 4, "kept when it is asked for again, and once");
});
