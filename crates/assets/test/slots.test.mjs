import assert from "node:assert/strict";
import test from "node:test";
import { slotRules } from "../web/slot-rules.mjs";

test("each practitioner's times show when that practitioner is chosen, and no other's", () => {
  const rules = slotRules(60);
  const pairs = [...rules.matchAll(/data-n="(\d+)"\]:checked\) \.slots\[data-for="(\d+)"/g)];
  assert.equal(pairs.length, 60);
  assert.ok(pairs.every(([, chosen, shown], index) => chosen === shown && Number(chosen) === index + 1));
});

test("nothing is hidden where the browser does not know :has()", () => {
  const before = slotRules(2).split("@supports selector(:has(*))")[0];
  assert.ok(!before.includes("display: none"));
});
