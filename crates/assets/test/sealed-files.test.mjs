// Files of a thread: sealed for one place, refused in any other, and tried again without beginning anew.
import assert from "node:assert/strict";
import test from "node:test";
import {
  Files,
  MOST,
  fileContext,
  openFile,
  readFileItem,
  safeName,
  safeType,
  sealFile,
  sizeWords,
  writeFileItem,
} from "../web/js/sealed/files.js";
import { canon, random } from "../web/js/sealed/bytes.js";
import { wrapping } from "../web/js/sealed/box.js";
import { Away, Stopped } from "../web/js/sealed/net.js";
import { base64url } from "jose";
import { THREAD, twoPeople } from "./people.mjs";

const about = { thread: "th1", epoch: 0, file: "f1", author: "sam" };
const blob = (text = "who sits where", name = "seating plan.pdf", type = "application/pdf") =>
  new File([text], name, { type });
const files = ({ thread, net }) => new Files({ id: THREAD, thread, net });

test("a file goes to the other one, sealed", async () => {
  const { server, sam, priya } = await twoPeople();
  const steps = [];
  const from = files(sam);
  await from.send(from.begin(blob()), "for Tuesday", { told: (step) => steps.push(step) });
  await sam.thread.flush();
  assert.deepEqual(steps, ["sealing", "sending"]);
  await priya.thread.load();
  const entry = priya.thread.entries().at(-1);
  const item = readFileItem(entry.text);
  assert.deepEqual([entry.kind, item.name, item.size, item.note], ["file", "seating plan.pdf", 14, "for Tuesday"]);
  const opened = await files(priya).open(entry);
  assert.equal(new TextDecoder().decode(opened.bytes), "who sits where");
  assert.deepEqual([opened.name, opened.type], ["seating plan.pdf", "application/pdf"]);
  assert.ok(!JSON.stringify([...server.files.values(), ...server.items]).includes("seating"));
});

test("a file changed on its way, put under another name or given to another author is refused", async () => {
  const { server, sam, priya } = await twoPeople();
  const from = files(sam);
  for (const name of ["one.pdf", "two.pdf"]) await from.send(from.begin(blob(name, name)), "");
  await sam.thread.flush();
  await priya.thread.load();
  const [one, two] = priya.thread.entries().slice(-2);
  const [first, second] = [one, two].map(({ text }) => server.files.get(readFileItem(text).file));
  const { jwe } = first;
  const flip = (text) => (text[0] === "A" ? "B" : "A") + text.slice(1);
  for (const [change, code] of [
    [{ jwe: { ...jwe, ciphertext: flip(jwe.ciphertext) } }, "key"],
    [{ jwe: second.jwe }, "context"],
    [{ jwe: { ...second.jwe, aad: jwe.aad } }, "key"],
    [{ epoch: 1 }, "key"],
    [{ jwe: { broken: true } }, "shape"],
  ]) {
    server.files.set(first.file, { ...first, ...change });
    await assert.rejects(files(priya).open(one), { code });
  }
  server.files.set(first.file, first);
  await assert.rejects(files(priya).open({ ...one, author: priya.keys.uid }), { code: "context" });
  await files(priya).open(one);
});

test("a sealed file opens in its own place only", async () => {
  const key = await wrapping(random(32));
  const jwe = await sealFile(key, new Uint8Array([1, 2, 3]), about);
  assert.deepEqual(await openFile(key, jwe, about), new Uint8Array([1, 2, 3]));
  for (const change of [{ thread: "th2" }, { epoch: 1 }, { file: "f2" }, { author: "priya" }]) {
    const other = { ...about, ...change };
    await assert.rejects(openFile(key, jwe, other), { code: "context" });
    await assert.rejects(openFile(key, { ...jwe, aad: base64url.encode(canon(fileContext(other))) }, other), {
      code: "key",
    });
  }
});

test("trying again does not seal or send twice", async () => {
  const { server, sam } = await twoPeople();
  const from = files(sam);
  const upload = from.begin(blob());
  sam.line.down = true;
  await assert.rejects(from.send(upload, ""), Away);
  const { sealed } = upload;
  sam.line.down = false;
  sam.line.lostReplies = 1;
  await assert.rejects(from.send(upload, ""), Away);
  assert.equal(upload.sealed, sealed);
  await from.send(upload, "");
  assert.equal(server.files.size, 1);
  assert.deepEqual(server.files.get(upload.file).jwe, sealed.jwe);
});

test("a file can be stopped, and nothing is said of it", async () => {
  const { server, sam } = await twoPeople();
  const from = files(sam);
  const stop = new AbortController();
  const upload = from.begin(blob());
  await assert.rejects(
    from.send(upload, "", { signal: stop.signal, told: (step) => step === "sending" && stop.abort() }),
    Stopped,
  );
  assert.deepEqual([server.files.size, server.items.length], [0, 1]);
});

test("a stale epoch: the file is sealed again", async () => {
  const { server, sam } = await twoPeople();
  const from = files(sam);
  const add = server.addFile.bind(server);
  let refusals = 1;
  server.addFile = (...all) =>
    refusals-- > 0 ? { type: "basic", status: 409, json: async () => ({ code: "keys", sentence: "" }) } : add(...all);
  const upload = from.begin(blob());
  await from.send(upload, "");
  assert.equal(upload.sealed.epoch, 1);
  await sam.thread.flush();
  assert.equal(server.items.at(-1).epoch, 1);
});

test("sizes, names and types", () => {
  const from = new Files({ id: "t", thread: {}, net: {} });
  assert.throws(() => from.begin({ size: MOST + 1 }), { code: "large" });
  assert.throws(() => from.begin({ size: 0 }), { code: "empty" });
  assert.ok(from.begin({ size: MOST }).file);
  assert.equal(safeName("../..\\etc/passwd"), "etc passwd");
  assert.equal(safeName("plan\u202egnp.exe"), "plan gnp.exe");
  assert.equal(safeName("\u0000 . "), "file");
  assert.equal(safeName(`${"a".repeat(300)}.pdf`).length, 120);
  assert.ok(safeName(`${"a".repeat(300)}.pdf`).endsWith(".pdf"));
  assert.deepEqual(["text/html", "image/svg+xml", "image/png"].map(safeType), [
    "application/octet-stream",
    "application/octet-stream",
    "image/png",
  ]);
  assert.deepEqual([1, 840_000, 3_210_000].map(sizeWords), ["1 kB", "840 kB", "3.2 MB"]);
  const item = { file: "0190a000-0000-7000-8000-0000000000ff", name: "a", type: "b", size: 1, note: "" };
  assert.deepEqual(readFileItem(writeFileItem(item)), { v: 1, ...item });
  for (const change of [{ file: "../x" }, { size: -1 }, { size: 1.5 }, { name: 3 }])
    assert.equal(readFileItem(writeFileItem({ ...item, ...change })), null);
});
