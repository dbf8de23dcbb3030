// The words of a request, typed before there is a thread.
import assert from "node:assert/strict";
import test from "node:test";
import { ASKED, Asked } from "../web/js/sealed/asked.js";
import { forgetTyped } from "../web/js/sealed/drafts.js";
import { el } from "../web/js/sealed/dom.js";
import { AskPage } from "../web/js/sealed/page-ask.js";
import { network } from "../web/js/sealed/net.js";
import { fakePage, types, until } from "./fake-page.mjs";
import { PRACTITIONER, TEACHER, twoPeople } from "./people.mjs";

function storage() {
  const kept = new Map();
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
    key: (at) => [...kept.keys()][at],
    get length() {
      return kept.size;
    },
  };
}

const typed = { once: "once-1", uid: TEACHER, to: PRACTITIONER, text: "Hard group on Tuesdays.", sent: true };

test("words come back with a form that is shown again, and with no other", () => {
  const asked = new Asked(storage());
  asked.keep({ ...typed, sent: false });
  assert.equal(asked.forForm("once-1"), typed.text);
  assert.equal(asked.forForm("once-2"), "");
  assert.equal(asked.forThread({ uid: TEACHER, to: PRACTITIONER }), "", "not asked yet");
});

test("words are for the one who was asked, by the one who asked", () => {
  const session = storage();
  const asked = new Asked(session);
  asked.keep(typed);
  assert.equal(asked.forThread({ uid: TEACHER, to: PRACTITIONER }), typed.text);
  assert.equal(asked.forThread({ uid: TEACHER, to: "somebody-else" }), "");
  assert.equal(asked.forThread({ uid: "next-person", to: PRACTITIONER }), "");
  forgetTyped(session);
  assert.equal(session.kept.size, 0, "signing out leaves nothing");
});

test("nothing, something broken and a browser that keeps nothing", () => {
  const session = storage();
  const asked = new Asked(session);
  asked.keep(typed);
  asked.keep({ ...typed, text: "  " });
  assert.equal(session.kept.size, 0);
  for (const broken of ["{", "null", "[]", '{"text":7}']) {
    session.setItem(ASKED, broken);
    assert.equal(asked.load(), null, broken);
  }
  assert.equal(new Asked(null).load(), null);
  new Asked(null).keep(typed);
  const full = { ...session, setItem: () => assert.fail("full") };
  new Asked(full).keep(typed);
});

test("a request goes as its own kind, and the other one reads it", async () => {
  const { server, sam, priya } = await twoPeople();
  await sam.thread.send(typed.text, "request");
  await sam.thread.flush();
  await priya.thread.load();
  const last = priya.thread.entries().at(-1);
  assert.deepEqual([last.kind, last.text, server.items.at(-1).kind], ["request", typed.text, "request"]);
});

test("words typed without a connection are known as one's own before they are left to the thread", async () => {
  const { sam } = await twoPeople();
  const page = fakePage();
  const place = el("div");
  const radio = el("input", { type: "radio", name: "practitioner", value: PRACTITIONER, checked: true });
  const once = el("input", { type: "hidden", name: "once", value: "once-1" });
  const press = el("button", { type: "submit" }, "Ask for support");
  const form = el("form", {}, once, radio, place, press);
  page.body.append(form);
  const session = storage();
  const asked = new Asked(session);
  const left = [];
  const submit = () => {
    const event = Object.assign(new Event("submit", { cancelable: true }), { submitter: press });
    if (form.dispatchEvent(event)) left.push(asked.forThread({ uid: TEACHER, to: PRACTITIONER }));
  };
  press.addEventListener("click", submit);
  sam.line.down = true;
  const one = new AskPage(place, { net: network(sam.line), session });
  await one.start();
  types(one.text, typed.text);
  press.click();
  await until(() => one.box.node.textContent.includes("There is no connection just now."));
  assert.deepEqual(left, [], "it stays on the form");
  sam.line.down = false;
  press.click();
  await until(() => left.length);
  assert.deepEqual(left, [typed.text]);
});
