// Take everything with you: what is in the two files, and what is said of what is not.
import assert from "node:assert/strict";
import test from "node:test";
import { base64, closedOf, gather } from "../web/js/sealed/export.js";
import { escaped, htmlOf } from "../web/js/sealed/export-html.js";
import { Files } from "../web/js/sealed/files.js";
import { random } from "../web/js/sealed/bytes.js";
import { writePlanned } from "../web/js/sealed/plan.js";
import { SignedOut } from "../web/js/sealed/net.js";
import { Browser, TEACHER, THREAD, twoPeople } from "./people.mjs";

const parts = ({ keys, net, store }) => ({ keys, net, store, now: () => Date.UTC(2026, 10, 24) });
const EVIL = `<script>alert(1)</script><img src=x onerror="alert('2')">`;

test("everything that opens is in both files, with every version and every file", async () => {
  const { server, sam, priya } = await twoPeople();
  const [{ note }] = sam.thread.entries();
  await sam.thread.edit(note, `Changed. ${EVIL}`);
  const goal = { what: "Wait & see", size: "small", by: "", evidence: "", state: "open" };
  await sam.thread.send(writePlanned("goal", goal), "goal");
  const files = new Files({ id: THREAD, thread: priya.thread, net: priya.net });
  await files.send(files.begin(new File(["who sits where"], `plan"><b>.pdf`, { type: "application/pdf" })), "for Tuesday");
  for (const { thread } of [sam, priya]) await thread.flush();
  const steps = [];
  const all = await gather({ ...parts(sam), told: (at, many) => steps.push(`${at}/${many}`) });
  assert.deepEqual(steps, ["1/1"]);
  const [thread] = all.threads;
  assert.deepEqual(
    thread.items.map(({ kind, by, versions }) => [kind, by, versions.length]),
    [
      ["message", "Sam Okafor", 2],
      ["goal", "Sam Okafor", 1],
      ["file", "Priya Nair", 1],
    ],
  );
  assert.equal(atob(thread.files[0].base64), "who sits where");
  assert.deepEqual(all.server.more, { slots: 2 });
  assert.deepEqual(closedOf(all), []);
  const html = htmlOf(all);
  for (const words of ["The silence feels endless.", "Wait &amp; see", "for Tuesday", "data:application/pdf;base64,"])
    assert.ok(html.includes(words), words);
  for (const bad of ["<script", "<img", "<b>"]) assert.ok(!html.includes(bad), bad);
  assert.ok(server);
});

test("what does not open is named with its reason, and does not stop the rest", async () => {
  const { server, sam } = await twoPeople();
  const files = new Files({ id: THREAD, thread: sam.thread, net: sam.net });
  await files.send(files.begin(new File(["x"], "lost.pdf")), "");
  await sam.thread.send("two");
  await sam.thread.flush();
  server.files.clear();
  server.items[0].jwe = server.items.at(-1).jwe;
  server.threads.push("0190a000-0000-7000-8000-0000000000cc");
  const words = server.words.bind(server);
  server.words = (uid, thread) =>
    thread === THREAD ? words(uid, thread) : { type: "basic", status: 404, json: async () => ({}) };
  await sam.visit();
  const all = await gather(parts(sam));
  assert.equal(all.threads.length, 2);
  const told = closedOf(all).join("\n");
  for (const part of [
    "message. It was sealed for keys",
    "lost.pdf. ",
    "All that was said. The server did not take it (404)",
  ])
    assert.ok(told.includes(part), told);
  assert.ok(htmlOf(all).includes("What could not be opened"));
  assert.ok(JSON.stringify(all).includes('"two"'));
});

test("without unlocked keys nothing is opened, and a session that ended stops it", async () => {
  const { server, sam } = await twoPeople();
  const library = await new Browser(server, TEACHER).visit();
  const all = await gather(parts(library));
  assert.ok(!JSON.stringify(all).includes("silence"));
  assert.equal(closedOf(all).length, 1);
  sam.line.out = true;
  await assert.rejects(gather(parts(sam)), SignedOut);
});

test("base 64 and escaping", () => {
  const bytes = random(60_000);
  assert.deepEqual(new Uint8Array(Buffer.from(base64(bytes), "base64")), bytes);
  assert.equal(escaped(`<a href="x" id='y'>&`), "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;");
});
