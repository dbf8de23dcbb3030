// The thread page as a whole: what it does when the connection, the window or the keys come and go.
import assert from "node:assert/strict";
import test from "node:test";
import { IDLE } from "../web/js/sealed/own-keys.js";
import { ThreadPage } from "../web/js/sealed/page-thread.js";
import { network } from "../web/js/sealed/net.js";
import { fakePage, types, until, withText } from "./fake-page.mjs";
import { Browser, FakeServer, LEAD, PRACTITIONER, TEACHER, THREAD, twoPeople, withKeys } from "./people.mjs";

const FIRST = "The silence feels endless.";

/** The page of one of the two, opened. */
async function opened({ line, store }, { session = null } = {}) {
  const page = fakePage();
  const section = document.createElement("section");
  const body = document.createElement("div");
  body.id = "said-body";
  section.append(body);
  page.body.append(section);
  Object.assign(section.dataset, { thread: THREAD, other: "Priya Nair" });
  const thread = new ThreadPage(section, { net: network(line), store, session });
  await thread.start();
  const write = (text) => types(thread.composer.text, text);
  const press = (words) => withText(section, "button", words).click();
  const send = async (text) => {
    write(text);
    press("Send");
    await until(() => thread.messages.node.textContent.includes(text));
  };
  return { ...page, section, thread, write, press, send, shown: () => section.textContent };
}

/** From now on the browser's storage takes and gives nothing, as after it was cleared. */
function clear(store) {
  const gone = async () => Promise.reject(new DOMException("The database connection is closing.", "InvalidStateError"));
  Object.assign(store, { get: gone, set: gone, delete: gone, names: gone });
}

const posts = (server) => server.calls.filter((call) => call === `POST /support/${THREAD}/words`).length;

/** A line that takes what is sent and gives nothing to read. */
const deaf = (line) => Object.assign((path, how = {}) => ((how.method ?? "GET") === "GET" ? Promise.reject(new TypeError()) : line(path, how)), line);

for (const what of ["online", "seen again"]) {
  test(`what could not be sent goes once, at once when the page is ${what}, also while nothing can be read`, async () => {
    const { server, sam } = await twoPeople();
    const line = { now: sam.line };
    const page = await opened({ store: sam.store, line: (...all) => line.now(...all) });
    assert.ok(page.shown().includes(FIRST));
    sam.line.down = true;
    await page.send("Written in a tunnel.");
    await until(() => page.shown().includes("not sent yet"));
    sam.line.down = false;
    line.now = deaf(sam.line);
    const before = posts(server);
    if (what === "online") {
      page.happens("online");
      page.happens("online");
    } else {
      page.look(false);
      page.look(true);
    }
    await until(() => !page.thread.thread.waiting);
    await page.thread.thread.flush();
    assert.deepEqual([posts(server) - before, server.items.length], [1, 2]);
  });
}

test("storage that is cleared under what waits: it is said what keeps it, and it is sent without odd sentences", async () => {
  const { server, sam } = await twoPeople();
  const page = await opened(sam);
  sam.line.down = true;
  await page.send("Waiting when it happens.");
  await until(() => page.shown().includes("not sent yet: it will go as soon as there is a connection"));
  clear(sam.store);
  page.happens("online");
  await until(() => page.shown().includes("kept in this open page only"));
  assert.ok(page.shown().includes("Leave the page open until it is sent, or copy the words"));
  assert.ok(!page.shown().includes("did not work"));
  sam.line.down = false;
  page.happens("online");
  await until(() => !page.thread.thread.waiting && !page.shown().includes("not sent"));
  assert.equal(server.items.length, 2);
  assert.ok(!/did not work|load the page again|This did not open/.test(page.shown()), page.shown());
});

test("a browser that keeps nothing says so of drafts and of what waits", async () => {
  const { sam } = await twoPeople();
  const { store } = sam;
  const page = await opened({ line: sam.line, store: { ...store, durable: false } });
  page.write("For a moment");
  await until(() => page.shown().includes("Draft kept while this page is open."));
  sam.line.down = true;
  page.press("Send");
  await until(() => page.shown().includes("kept in this open page only"));
});

test("a key that has not come is told as that, with the words to compare below it", async () => {
  const { server, sam } = await twoPeople();
  const kept = server.grants.splice(0);
  const page = await opened(sam);
  assert.ok(page.shown().includes("The key to this conversation has not come from the server, although your keys are not new."));
  assert.ok(!page.shown().includes("Your keys are new"));
  assert.equal(page.thread.safety.node.open, true);
  server.grants.push(...kept);
  await page.thread.refresh();
  assert.ok(!page.shown().includes("has not come") && page.shown().includes(FIRST));
});

test("a page left alone takes what was opened off the screen, also when the browser's storage is gone", async () => {
  const { sam } = await twoPeople();
  const page = await opened(sam);
  assert.ok(page.shown().includes(FIRST));
  clear(sam.store);
  page.thread.keys.live.at -= IDLE + 1000;
  page.thread.seen -= IDLE + 1000;
  await page.tick();
  assert.ok(!page.shown().includes(FIRST));
  assert.equal(page.thread.keys.live, null);
});

test("a session that ended takes it off too, then", async () => {
  const { sam } = await twoPeople();
  const page = await opened(sam);
  clear(sam.store);
  sam.line.out = true;
  await page.tick();
  assert.ok(!page.shown().includes(FIRST) && page.shown().includes("You are signed out."));
});

test("neither what was searched for nor a recovery code stays on a page that locks", async () => {
  const { sam } = await twoPeople();
  const page = await opened(sam);
  page.thread.search.input.value = "silence";
  page.press("Make my recovery code");
  await until(() => page.shown().includes("I have it on paper"));
  page.thread.keys.live.at -= IDLE + 1000;
  await page.tick();
  assert.ok(!page.shown().includes("I have it on paper"));
  assert.deepEqual([page.thread.search.query, page.thread.search.node.hidden], ["", true]);
});

test("what is typed while a message is being sent stays in the box, as a draft too", async () => {
  const { sam } = await twoPeople();
  const page = await opened(sam);
  const sent = page.thread.thread.send;
  let go;
  page.thread.thread.send = async function send(...all) {
    await new Promise((resolve) => (go = resolve));
    return sent.apply(this, all);
  };
  page.write("One thing.");
  page.press("Send");
  await until(() => go);
  page.write("One thing. And another.");
  go();
  await until(() => page.thread.composer.text.value === "And another.");
  await until(() => page.thread.messages.node.textContent.includes("One thing."));
  assert.ok(!page.thread.messages.node.textContent.includes("another"));
  await page.thread.composer.keeping.now();
  assert.equal(await page.thread.drafts.load(THREAD), "And another.");
});

test("what was changed in the box while keys were made is what is sent", async () => {
  const server = new FakeServer();
  await withKeys(server, PRACTITIONER);
  const page = await opened(new Browser(server, TEACHER));
  page.write("First try");
  page.press("Send");
  await until(() => page.shown().includes("Is this device yours alone?"));
  page.write("First try, and better");
  page.press("Yes, it is mine");
  await until(() => page.thread.messages.node.textContent.includes("First try, and better"));
  assert.equal(page.thread.composer.text.value, "");
});

test("a conversation deleted meanwhile, or another person signed in here: nothing of it stays on the screen", async () => {
  for (const another of [false, true]) {
    const { server, sam } = await twoPeople();
    const line = { now: sam.line };
    const page = await opened({ store: sam.store, line: (...all) => line.now(...all) });
    assert.ok(page.shown().includes(FIRST));
    if (another) line.now = server.fetchOf(LEAD);
    const { threads } = server;
    server.threads = [];
    await page.tick();
    assert.ok(!page.shown().includes(FIRST) && page.shown().includes("This is not open to you any more"));
    assert.equal(page.thread.composer.node.isConnected, false);
    assert.equal(page.thread.keys.live === null, another);
    line.now = sam.line;
    server.threads = threads;
    await page.tick();
    await until(() => page.shown().includes(FIRST));
    assert.ok(!page.shown().includes("not open to you"));
  }
});

test("whoever waits for keys is told when the question goes away for another one", async () => {
  const server = new FakeServer();
  await withKeys(server, PRACTITIONER);
  const page = await opened(new Browser(server, TEACHER));
  const goal = page.thread.say({ text: "{}", kind: "goal" });
  const told = assert.rejects(goal, { code: "no-keys" });
  await until(() => page.shown().includes("What you send is sealed"));
  page.write("Hello");
  page.press("Send");
  await told;
  page.press("Yes, it is mine");
  await until(() => page.thread.messages.node.textContent.includes("Hello"));
  assert.equal(page.thread.composer.text.value, "");
});
