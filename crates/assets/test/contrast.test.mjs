// Measures the colours of tokens.css that are used together (WCAG 2.2: 1.4.3 text, 1.4.11 controls and focus).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const css = readFileSync(new URL("../web/css/tokens.css", import.meta.url), "utf8");
const [light, dark] = css.split("@media");

function colours(text) {
  return Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["paper", "card"];
const TEXT = [
  ...["ink", "ink-soft", "ink-faint", "sea", "buoy"].flatMap((ink) => GROUNDS.map((ground) => [ink, ground])),
  ...["sand", "sea-wash", "gold-wash", "moss-wash", "buoy-wash", "plum-wash"].flatMap((wash) => [["ink", wash], ["ink-soft", wash]]),
  ...["sea-wash", "gold-wash", "moss-wash", "buoy-wash"].map((wash) => ["sea", wash]),
  ["sea-ink", "sea-wash"],
  ["moss-ink", "moss-wash"],
  ["gold-ink", "gold-wash"],
  ["slate-ink", "slate-wash"],
  ["ink-soft", "slate-wash"],
  ["on-sea", "sea-fill"],
  ["on-sea", "sea-press"],
  ["paper", "buoy-fill"],
  ["on-seal", "seal-fill"],
  ["bar-ink", "bar"],
  ["bar-on", "bar"],
];
const SHAPES = [
  ...["edge", "sea", "seal-edge", "buoy", "focus", "bar-used", "moss", "gold", "plum"].flatMap((edge) => GROUNDS.map((ground) => [edge, ground])),
  ["sea", "sea-wash"],
  ["focus", "sea-wash"],
  ["bar-mark", "bar"],
  ["bar-used", "sand"],
  ["moss", "moss-wash"],
];

for (const [theme, values] of [["light", colours(light)], ["dark", { ...colours(light), ...colours(dark) }]]) {
  for (const [pairs, least] of [[TEXT, 4.5], [SHAPES, 3]]) {
    for (const [front, ground] of pairs) {
      test(`${theme}: ${front} on ${ground} is at least ${least} to 1`, () => {
        const found = ratio(values[front], values[ground]);
        assert.ok(found >= least, `${values[front]} on ${values[ground]} is ${found.toFixed(2)}`);
      });
    }
  }
}

test("the measure itself is right", () => {
  assert.equal(ratio("#000000", "#ffffff"), 21);
  assert.equal(ratio("#777777", "#ffffff").toFixed(2), "4.48");
});
