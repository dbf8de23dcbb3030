// Pages that show something once the keys are open.
import assert from "node:assert/strict";
import test from "node:test";
import { el } from "../web/js/sealed/dom.js";
import { IDLE } from "../web/js/sealed/own-keys.js";
import { DisclosurePage } from "../web/js/sealed/page-disclosure.js";
import { ExportPage } from "../web/js/sealed/page-export.js";
import { KeysPage } from "../web/js/sealed/page-keys.js";
import { network } from "../web/js/sealed/net.js";
import { sixWords } from "../web/js/sealed/words.js";
import { fakePage, types, until, withText } from "./fake-page.mjs";
import { Browser, TEACHER, twoPeople } from "./people.mjs";

const OFFER = "Put my files together";
const UNLOCK = "Unlock your keys first";

function opened(Page, name, { line, store }) {
  const page = fakePage();
  const section = el("section", {}, el("div", { id: `${name}-body` }));
  page.body.append(section);
  const one = new Page(section, { net: network(line), store });
  return { ...page, one, section, shown: () => section.textContent };
}

test("a device of one's own opens the keys, and everything is put together", async () => {
  const { sam } = await twoPeople();
  const page = opened(ExportPage, "export", sam);
  await page.one.start();
  withText(page.section, "button", OFFER).click();
  await until(() => page.shown().includes("Both files are ready."));
  assert.equal(page.section.querySelectorAll("a").length, 2);
  await page.one.forgotten();
  assert.equal(page.shown(), "You are signed out. Sign in again; what you wrote is kept.");
  assert.equal(page.one.keys.live, null);
});

test("elsewhere they are unlocked first, and lock again when the page is left alone", async () => {
  const { server, sam } = await twoPeople();
  const words = sixWords();
  await sam.keys.addWords(words);
  const page = opened(ExportPage, "export", new Browser(server, TEACHER));
  await page.one.start();
  assert.ok(page.shown().includes(UNLOCK) && !page.shown().includes(OFFER));
  types(page.section.querySelector('input[type="password"]'), words);
  page.section.querySelector("form").dispatchEvent(new Event("submit", { cancelable: true }));
  await until(() => page.shown().includes(OFFER));
  page.one.keys.live.at -= IDLE + 1000;
  await page.tick();
  await until(() => page.shown().includes(UNLOCK));
});

test("a page that is taken up again after a long while shows nothing of what was open", async () => {
  const { sam } = await twoPeople();
  const page = opened(ExportPage, "export", sam);
  await page.one.start();
  page.look(false);
  page.one.keys.live.at -= IDLE + 1000;
  page.look(true);
  await until(() => !page.shown().includes(OFFER));
});

test("a recovery code does not stay on a page left alone", async () => {
  const { sam } = await twoPeople();
  const page = opened(KeysPage, "keys", sam);
  await page.one.start();
  withText(page.section, "button", "Make my recovery code").click();
  await until(() => page.shown().includes("I have it on paper"));
  page.one.keys.live.at -= IDLE + 1000;
  await page.tick();
  await until(() => page.shown().includes("Your keys are locked"));
  assert.ok(!page.shown().includes("I have it on paper"));
});

test("a recovery code stays marked for printing until it is printed, or left", async () => {
  const { sam } = await twoPeople();
  const page = opened(KeysPage, "keys", sam);
  await page.one.start();
  globalThis.window = { print() {} };
  const marked = () => document.documentElement.classList.contains("said-print");
  const press = async (words, then) => {
    withText(page.section, "button", words).click();
    await until(() => page.shown().includes(then));
  };
  await press("Make my recovery code", "I have it on paper");
  await press("Print it", "I have it on paper");
  assert.equal(marked(), true);
  page.happens("afterprint");
  assert.equal(marked(), false);
  await press("Print it", "I have it on paper");
  await press("I have it on paper", "Type your recovery code once");
  assert.equal(marked(), false);
  delete globalThis.window;
});

test("a lost connection is told where something was to be read", async () => {
  const { sam } = await twoPeople();
  sam.line.down = true;
  const page = opened(DisclosurePage, "disclosure", sam);
  await page.one.start();
  assert.ok(page.shown().includes("There is no connection just now."));
});

for (const [Page, name, there] of [
  [ExportPage, "export", OFFER],
  [KeysPage, "keys", "What opens your keys"],
]) {
  test(`the page "${name}" opens by itself when the connection is back, once`, async () => {
    const { server, sam } = await twoPeople();
    sam.line.down = true;
    const page = opened(Page, name, sam);
    await page.one.start();
    page.happens("online");
    await new Promise((resolve) => setTimeout(resolve, 20));
    sam.line.down = false;
    page.happens("online");
    await until(() => page.shown().includes(there));
    assert.ok(!page.shown().includes("no connection"));
    const calls = server.calls.length;
    page.happens("online");
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(server.calls.length, calls);
  });
}
