// The notepad as a whole page: what it does when the connection, the thread or the session goes.
import assert from "node:assert/strict";
import test from "node:test";
import { NotepadPage } from "../web/js/sealed/page-notepad.js";
import { el } from "../web/js/sealed/dom.js";
import { network } from "../web/js/sealed/net.js";
import { fakePage, types, until, withText } from "./fake-page.mjs";
import { THREAD, twoPeople } from "./people.mjs";

const MEETING = "0190a000-0000-7000-8000-0000000000cc";
const LINE = "Nine questions before one answer.";

async function opened({ line, store }) {
  const page = fakePage();
  const section = el("section", {}, el("div", { id: "notepad-body" }));
  Object.assign(section.dataset, { thread: THREAD, meeting: MEETING, other: "Sam Okafor", home: `/support/${THREAD}` });
  page.body.append(section);
  const one = new NotepadPage(section, { net: network(line), store, session: null });
  await one.start();
  const note = async (text) => {
    types(section.querySelector("textarea"), text);
    withText(section, "button", "Add the line").click();
    await until(() => section.textContent.includes(text));
  };
  return { ...page, one, section, note, shown: () => section.textContent };
}

// R-OBS-6
test("notes that wait go at once when the connection is back, once", async () => {
  const { server, priya } = await twoPeople();
  const page = await opened(priya);
  priya.line.down = true;
  await page.note(LINE);
  withText(page.section, "button", "Keep these notes").click();
  await until(() => page.shown().includes("It goes as soon as there is a connection."));
  priya.line.down = false;
  page.happens("online");
  page.happens("online");
  await until(() => page.shown().includes("Sam Okafor can read it."));
  assert.equal(server.items.length, 2, "a message from before, and the notes");
});

test("when the thread is deleted meanwhile, nothing of the notes stays on the screen", async () => {
  const { server, priya } = await twoPeople();
  const page = await opened(priya);
  await page.note(LINE);
  assert.ok(page.shown().includes(LINE));
  server.threads = [];
  page.look(true);
  await until(() => page.shown().includes("This is not open to you any more"));
  assert.ok(!page.shown().includes(LINE), page.shown());
});

test("when the session is over, nothing of the notes stays, and they are there again afterwards", async () => {
  const { priya } = await twoPeople();
  const page = await opened(priya);
  await page.note(LINE);
  priya.line.out = true;
  page.look(true);
  await until(() => page.shown().includes("Sign in"));
  assert.ok(!page.shown().includes(LINE));
  assert.equal(page.one.keys.live, null);
  priya.line.out = false;
  const again = await opened(priya);
  assert.ok(again.shown().includes(LINE), "kept sealed on the device");
});
