// The words of a request, typed before there is a thread.
import assert from "node:assert/strict";
import test from "node:test";
import { ASKED, Asked } from "../web/js/sealed/asked.js";
import { forgetTyped } from "../web/js/sealed/drafts.js";
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
