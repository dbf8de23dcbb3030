import assert from "node:assert/strict";
import test from "node:test";
import { countWords } from "../web/js/filter.js";
import { fold, matches } from "../web/js/fold.js";
import { asksForNote } from "../web/js/note-key.js";
import { PAUSE, tooSoon } from "../web/js/once.js";
import { reordered, tagClass, themeBody } from "../web/js/suggest.js";

const press = (more) => ({ key: "n", target: { closest: () => null }, ...more });

test("the letter n asks for a note", () => assert.equal(asksForNote(press()), true));

test("n in a field, with a modifier or held down does not ask for a note", () => {
  const inField = { closest: (selector) => (selector.includes("textarea") ? {} : null) };
  for (const more of [{ target: inField }, { ctrlKey: true }, { altKey: true }, { metaKey: true }, { shiftKey: true }]) {
    assert.equal(asksForNote(press(more)), false, JSON.stringify(more));
  }
  for (const more of [{ key: "m" }, { repeat: true }, { isComposing: true }, { defaultPrevented: true }]) {
    assert.equal(asksForNote(press(more)), false, JSON.stringify(more));
  }
});

test("a form may be sent again only after the pause", () => {
  assert.equal(tooSoon(undefined, 10), false);
  assert.equal(tooSoon(1000, 1000 + PAUSE - 1), true);
  assert.equal(tooSoon(1000, 1000 + PAUSE), false);
});

test("names are found without accents, case or order", () => {
  assert.equal(fold("  Seán  O’Brien "), "sean o'brien");
  assert.equal(matches("Seán O’Brien, Construction", "SEAN"), true);
  assert.equal(matches("Seán O’Brien, Construction", "construction sean"), true);
  assert.equal(matches("Seán O’Brien, Construction", "sean maths"), false);
  assert.equal(matches("Anybody", "  "), true);
});

test("the count is said in words", () => {
  assert.equal(countWords(14, 14), "All 14 shown");
  assert.equal(countWords(3, 14), "3 of 14 shown");
  assert.equal(countWords(0, 14), "Nobody by that name");
});

test("only the token and the themes leave the page while asking for suggestions", () => {
  const entries = [["csrf", "t0"], ["theme", "4"], ["words", "private"], ["theme", "9"], ["person", "p1"]];
  assert.equal(themeBody(entries).toString(), "csrf=t0&theme=4&theme=9");
});

test("people not named in the answer keep their order at the end, and strangers are ignored", () => {
  assert.deepEqual(reordered(["a", "b", "c", "d"], ["c", "x", "a"]), ["c", "a", "b", "d"]);
  assert.deepEqual(reordered(["a"], []), ["a"]);
});

test("an unknown kind of reason is a plain tag", () => {
  assert.equal(tagClass("good"), "tag good");
  assert.equal(tagClass("plain"), "tag");
  assert.equal(tagClass("constructor"), "tag");
});
