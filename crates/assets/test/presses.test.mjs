// A button pressed twice on a slow line does its work once.
import assert from "node:assert/strict";
import test from "node:test";
import { el } from "../web/js/sealed/dom.js";
import { MessagesView } from "../web/js/sealed/messages-view.js";
import { PlanView } from "../web/js/sealed/plan-view.js";
import { writePlanned } from "../web/js/sealed/plan.js";
import { SafetyView } from "../web/js/sealed/safety-view.js";
import { fakePage, types, until, withText } from "./fake-page.mjs";

/** Something slow that counts how often it was begun. */
function slow() {
  const one = async () => {
    one.times += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    one.over = true;
  };
  return Object.assign(one, { times: 0, over: false });
}

test("an edit is saved once", async () => {
  fakePage();
  const edit = slow();
  const drafts = { load: async () => "", save: async () => {}, clear: async () => {} };
  const view = new MessagesView({ other: "Priya Nair", thread: "t", drafts, edit, changed: () => {}, again() {}, drop() {} });
  const version = { rev: 1, at: 1_795_000_000, text: "Before", state: "sent", sentence: "" };
  const entry = { note: "n", author: "me", kind: "message", versions: [version], ...version };
  view.show([entry], { uid: "me", writable: true });
  const open = withText(view.node, "button", "Edit");
  open.click();
  open.click();
  await until(() => view.node.querySelector("textarea"));
  types(view.node.querySelector("textarea"), "After");
  const save = withText(view.node, "button", "Save");
  save.click();
  save.click();
  await until(() => edit.over && !view.node.querySelector("textarea"));
  assert.equal(edit.times, 1);
  assert.ok(withText(view.node, "button", "Edit"));
});

test("safety words are noted once, and it is said that something happens", async () => {
  fakePage();
  const same = slow();
  const view = new SafetyView({ other: "Priya Nair", same, differ: () => {} });
  view.show({ words: ["a", "b"], shown: {} }, null, "write");
  const agree = withText(view.node, "button", "They are the same");
  agree.click();
  agree.click();
  assert.equal(view.said.node.textContent, "One moment …");
  await until(() => view.said.node.textContent === "Noted: the words are the same.");
  assert.equal(same.times, 1);
});

test("a proposal is put aside once", async () => {
  fakePage();
  const say = slow();
  const body = el("div");
  const view = new PlanView(body, { other: "Priya Nair", thread: "t", drafts: {}, say, drop() {}, redraw() {}, used() {} });
  const text = writePlanned("proposal", { what: "Pairs first", why: "" });
  const version = { rev: 1, at: 1_795_000_000, text, state: "sent", sentence: "" };
  const entry = { note: "p", author: "them", kind: "proposal", versions: [version], ...version };
  view.show([entry], { uid: "me", party: "teacher", mayPlan: true, mayWrite: true });
  const aside = withText(body, "button", "Not now");
  aside.click();
  aside.click();
  await until(() => say.over);
  assert.equal(say.times, 1);
});
