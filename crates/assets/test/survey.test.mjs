import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { blind, finish } from "../web/js/survey/blind.js";
import { base64, keeper, moment, unbase64 } from "../web/js/survey/kept.js";
import { chosen } from "../web/js/survey/pages.js";
import { send, sendDue } from "../web/js/survey/send.js";

const vector = JSON.parse(readFileSync(new URL("rfc9474.json", import.meta.url), "utf8"));
const bytes = (name) => new Uint8Array(Buffer.from(vector[name].padStart(name === "inv" ? 1024 : 0, "0"), "hex"));
const hex = (given) => Buffer.from(given).toString("hex");

/** R-SUR-11 */
test("a ticket is blinded and finished as RFC 9474 says", async () => {
  const made = await blind(bytes("n"), bytes("msg"), { salt: bytes("salt"), inverse: bytes("inv") });
  assert.equal(hex(made.blinded), vector.blinded_msg);
  assert.equal(hex(made.inverse), hex(bytes("inv")));
  const signature = await finish(bytes("n"), bytes("msg"), bytes("blind_sig"), made.inverse);
  assert.equal(hex(signature), vector.sig);
});

/** R-SUR-11 */
test("what another key signed, or what was signed for another ticket, is refused", async () => {
  const wrong = bytes("blind_sig");
  wrong[9] ^= 1;
  await assert.rejects(finish(bytes("n"), bytes("msg"), wrong, bytes("inv")), /not signed/);
  await assert.rejects(finish(bytes("n"), bytes("salt"), bytes("blind_sig"), bytes("inv")), /not signed/);
  await assert.rejects(finish(bytes("n"), bytes("msg"), wrong.subarray(1), bytes("inv")), /size/);
});

/** R-SUR-11 */
test("the same ticket is blinded differently each time, so that nothing the server sees tells which it was", async () => {
  const [one, other] = [await blind(bytes("n"), bytes("msg")), await blind(bytes("n"), bytes("msg"))];
  assert.notEqual(hex(one.blinded), hex(other.blinded));
  assert.notEqual(hex(one.inverse), hex(other.inverse));
});

function store() {
  const all = new Map();
  return { getItem: (name) => all.get(name) ?? null, setItem: (name, value) => all.set(name, value) };
}
const ticket = { survey: "s", key: "k", token: "t", signature: "g" };

/** R-SUR-11 */
test("a ticket is kept until it is used, and what cannot be read is as if there were none", () => {
  const kept = keeper(store());
  kept.ask({ survey: "s", key: "k", token: "t", blinded: "b", inverse: "i" });
  assert.equal(kept.asked("s").blinded, "b");
  kept.signed(ticket);
  assert.equal(kept.asked("s"), undefined);
  assert.deepEqual(kept.ticket("s"), ticket);
  assert.equal(kept.ticket("other"), undefined);
  kept.later({ ...ticket, answer: {}, due: 5 });
  assert.equal(kept.ticket("s"), undefined);
  kept.forget(ticket);
  assert.deepEqual(kept.letters(), []);
  const broken = store();
  broken.setItem("alongside-survey", "{");
  assert.equal(keeper(broken).ticket("s"), undefined);
  assert.deepEqual([...unbase64(base64(Uint8Array.of(251, 255, 0)))], [251, 255, 0]);
});

/** R-SUR-12 */
test("the moment of sending lies within a day and before the end", () => {
  assert.equal(moment(1000, 10 ** 9, 0), 1000);
  assert.equal(moment(1000, 10 ** 9, 0.5), 1000 + 12 * 60 * 60);
  assert.equal(moment(1000, 1000 + 3660, 1), 1000 + 3600);
  assert.equal(moment(1000, 900, 0.9), 1000);
});

/** R-SUR-12 */
test("an answer goes without cookies, and holds the ticket and what was chosen alone", async () => {
  const sent = [];
  const fetcher = async (...all) => (sent.push(all), { ok: true });
  const answer = { side: "staff", choices: ["agree"], factors: [] };
  assert.deepEqual(await send({ ...ticket, due: 7, answer }, fetcher), { done: true });
  const [[path, options]] = sent;
  assert.deepEqual([path, options.credentials], ["/survey/answers", "omit"]);
  assert.deepEqual(JSON.parse(options.body), { survey: "s", token: "t", signature: "g", ...answer });
  const used = async () => ({ ok: false, status: 409, json: async () => ({ code: "used" }) });
  assert.equal((await send({ ...ticket, answer }, used)).done, true);
  const gone = async () => {
    throw new TypeError("no connection");
  };
  assert.equal((await send({ ...ticket, answer }, gone)).again, true);
});

/** R-SUR-12 */
test("what waits is sent once its moment has come, and kept while it cannot be", async () => {
  const kept = keeper(store());
  kept.later({ ...ticket, answer: {}, due: 100 });
  kept.later({ ...ticket, token: "u", answer: {}, due: 300 });
  const tokens = [];
  const sending = (said) => async (letter) => (tokens.push(letter.token), said);
  assert.deepEqual(await sendDue(kept, 99, sending({ done: true })), { next: 100, late: false });
  assert.deepEqual(await sendDue(kept, 100, sending({ done: false, again: true })), { next: 100, late: false });
  assert.deepEqual(await sendDue(kept, 101, sending({ done: true })), { next: 300, late: false });
  assert.deepEqual(await sendDue(kept, 301, sending({ done: false, code: "closed" })), { next: null, late: true });
  assert.deepEqual(tokens, ["t", "t", "u"]);
});

/** R-SUR-10 */
test("what is missing is said at its field", () => {
  const statements = ["S1", "S2"];
  assert.equal(chosen([], statements).field, "side");
  assert.equal(chosen([["side", "staff"], ["S2", "agree"]], statements).field, "S1");
  const all = [["side", "staff"], ["S2", "agree"], ["S1", "cannot-say"]];
  const factors = ["a", "b", "c", "d", "e", "f"].map((one) => ["factor", one]);
  assert.equal(chosen([...all, ...factors], statements).field, "factors");
  const { answer } = chosen([...all, factors[0]], statements);
  assert.deepEqual(answer, { side: "staff", choices: ["cannot-say", "agree"], factors: ["a"] });
});
