// Telling the safeguarding leads: who gets a key, who does not, and what must be refused.
import assert from "node:assert/strict";
import test from "node:test";
import { enrol, makeDeviceKey } from "../web/js/sealed/account.js";
import {
  LONGEST,
  disclosureAbout,
  openDisclosure,
  readDisclosure,
  recipients,
  sealDisclosure,
  standingOf,
  tellGrant,
  writeDisclosure,
} from "../web/js/sealed/disclosure.js";
import { excerptText, namesWords } from "../web/js/sealed/disclosure-view.js";
import { makeGrant } from "../web/js/sealed/grants.js";
import { closedOf, gather } from "../web/js/sealed/export.js";
import { htmlOf } from "../web/js/sealed/export-html.js";
import { random } from "../web/js/sealed/bytes.js";
import { writePlanned } from "../web/js/sealed/plan.js";
import { payloadOf } from "./fake-server.mjs";
import { Browser, LEAD, PRACTITIONER, SECOND_LEAD, TEACHER, THREAD, renewed, twoPeople, withKeys } from "./people.mjs";

const TEXT = writeDisclosure("A learner is at risk.", [
  { kind: "message", author: "Sam Okafor", at: 1_795_000_000, text: "She said so." },
]);
const kidOf = (server, uid) => server.accounts.get(uid).kid;
const read = ({ net }, id) => net.read(`/disclosures/${id}/words`);

async function withLeads() {
  const people = await twoPeople();
  const ruth = await withKeys(people.server, LEAD);
  const tom = await withKeys(people.server, SECOND_LEAD);
  return { ...people, ruth, tom };
}

/** What the page does: reads the form, seals, posts. */
async function disclose({ priya, server }, { unsafe = false, text = TEXT } = {}) {
  const to = await priya.net.read(`/support/${THREAD}/disclosure.json`);
  const leads = to.leads.filter(({ keys }) => keys);
  const mine = { kid: priya.keys.live.kid, enc: priya.keys.live.encPublic };
  const who = recipients({ leads, other: to.other, mine, unsafe });
  const { jwe, grants } = await sealDisclosure(priya.keys.live, { disclosure: to.disclosure, text, to: who });
  await priya.net.post(`/support/${THREAD}/disclosure`, {
    disclosure: to.disclosure,
    category: "learner",
    unsafe: unsafe ? "on" : "",
    reason: unsafe ? "harm" : "",
    jwe: JSON.stringify(jwe),
    grants: JSON.stringify(grants),
  });
  assert.ok(!JSON.stringify(server.disclosures.get(to.disclosure)).includes("learner is"));
  return to.disclosure;
}

test("a disclosure opens for every lead, for whoever sent it and for the other one", async () => {
  const people = await withLeads();
  const id = await disclose(people);
  for (const who of [people.ruth, people.tom, people.priya, people.sam]) {
    const { text } = await openDisclosure(who.keys, await read(who, id));
    assert.equal(readDisclosure(text).words, "A learner is at risk.");
  }
});

test("where telling is unsafe the other one gets no key, not even as a lead, until somebody tells", async () => {
  const people = await withLeads();
  const { server, sam, ruth } = people;
  const id = await disclose(people, { unsafe: true });
  const kept = server.disclosures.get(id);
  assert.deepEqual(
    kept.grants.map(({ to }) => to).sort(),
    [LEAD, SECOND_LEAD, PRACTITIONER].map((uid) => kidOf(server, uid)).sort(),
  );
  await assert.rejects(read(sam, id), { status: 404 });
  server.mayTell = true;
  const json = await read(ruth, id);
  const { grant } = await openDisclosure(ruth.keys, json);
  const told = await tellGrant(ruth.keys.live, grant, json.tell.keys);
  assert.deepEqual([payloadOf(told).by, payloadOf(told).to, payloadOf(told).thread], [LEAD, kidOf(server, TEACHER), id]);
  await ruth.net.post(`/disclosures/${id}/telling`, { grants: JSON.stringify([told]) });
  const { text } = await openDisclosure(sam.keys, await read(sam, id));
  assert.equal(text, TEXT);
  assert.equal((await read(ruth, id)).tell, null);
});

test("who gets a key", () => {
  const [a, b, mine, theirs] = ["a", "b", "mine", "theirs"].map((kid) => ({ kid }));
  const leads = [
    { uid: "a", keys: a },
    { uid: "b", keys: b },
  ];
  const kids = (who) =>
    recipients({ leads, mine, other: { uid: "sam", keys: theirs }, unsafe: false, ...who }).map(({ kid }) => kid);
  assert.deepEqual(kids({}), ["a", "b", "mine", "theirs"]);
  assert.deepEqual(kids({ unsafe: true }), ["a", "b", "mine"]);
  assert.deepEqual(kids({ other: { uid: "a", keys: a }, unsafe: true }), ["b", "mine"], "the other one is a lead too");
  assert.deepEqual(kids({ other: { uid: "a", keys: a } }), ["a", "b", "mine"]);
  assert.deepEqual(kids({ mine: b }), ["a", "b", "theirs"], "the discloser is a lead too");
  assert.deepEqual(kids({ other: { uid: "sam", keys: null } }), ["a", "b", "mine"]);
});

test("what was passed on is among what somebody takes away, and without keys it is named", async () => {
  const people = await withLeads();
  const { server, sam, priya } = people;
  const id = await disclose(people);
  const data = server.data.bind(server);
  const title = "You passed this on to the safeguarding leads";
  server.data = (uid) => ({ ...data(uid), disclosures: [{ disclosure: id, title, day: "2026-11-24" }] });
  const parts = ({ keys, net, store }) => ({ keys, net, store });
  for (const who of [priya, sam]) {
    const all = await gather(parts(who));
    const [{ items }] = all.disclosures;
    assert.deepEqual(
      items.map(({ kind, by, versions: [{ text }] }) => [kind, by, text]),
      [
        ["disclosure", "Priya Nair", "A learner is at risk."],
        ["message", "Sam Okafor", "She said so."],
      ],
    );
    const html = htmlOf(all);
    for (const words of [title, "A learner is at risk.", "She said so."]) assert.ok(html.includes(words), words);
    assert.deepEqual(closedOf(all), []);
  }
  const library = await new Browser(server, PRACTITIONER).visit();
  const closed = closedOf(await gather(parts(library)));
  assert.ok(closed.some((words) => words.startsWith(`${title}: What was passed on. It was sealed`)), closed.join("\n"));
});

test("a grant by a third key, of another disclosure, and a changed text are refused", async () => {
  const people = await withLeads();
  const { server, ruth, priya } = people;
  const id = await disclose(people);
  const json = await read(ruth, id);
  const evil = await enrol(PRACTITIONER, { device: { id: "x", key: await makeDeviceKey() } });
  const forged = await sealDisclosure(evil.live, {
    disclosure: id,
    text: "forged",
    to: [ruth.keys.live].map(({ kid, encPublic }) => ({ kid, enc: encPublic })),
  });
  const deny = (change) => assert.rejects(openDisclosure(ruth.keys, { ...json, ...change }), { code: "disclosure" });
  await deny({ grants: [{ jws: forged.grants[0], by: json.by }], jwe: forged.jwe });
  await deny({ jwe: forged.jwe });
  await deny({ grants: [] });
  await deny({ by: { ...json.by, uid: TEACHER } });
  await deny({ disclosure: THREAD });
  const elsewhere = await makeGrant({ uid: PRACTITIONER, sig: priya.keys.live.sig }, server.accounts.get(LEAD), {
    thread: THREAD,
    epoch: 0,
    key: random(32),
  });
  await deny({ grants: [{ jws: elsewhere, by: json.by }] });
  await openDisclosure(ruth.keys, { ...json, grants: [{ jws: forged.grants[0], by: json.by }, ...json.grants] });
});

test("a key for a disclosure opens no thread, and a thread's none", async () => {
  const people = await withLeads();
  const { server, sam, priya } = people;
  const id = await disclose(people);
  const { jws } = server.disclosures.get(id).grants.find(({ to }) => to === kidOf(server, TEACHER));
  server.grants.push({ epoch: 1, to: kidOf(server, TEACHER), by: PRACTITIONER, jws });
  await sam.visit();
  assert.equal(sam.thread.keyOf(1), undefined);
  assert.equal(disclosureAbout(id, priya.keys.uid).thread, id);
});

test("a disclosure by somebody who made new keys since opens where the earlier ones are known", async () => {
  const people = await withLeads();
  const { server, ruth } = people;
  const id = await disclose(people);
  const before = await read(ruth, id);
  await ruth.keys.changePins((pins) => ({
    ...pins,
    [PRACTITIONER]: { kid: before.by.keys.kid, sig: "x", key: before.by.keys.sig, compared: null },
  }));
  await renewed(server, PRACTITIONER);
  const json = await read(ruth, id);
  const { text, standing } = await openDisclosure(ruth.keys, json);
  assert.deepEqual([text, standing], [TEXT, "changed"]);
});

test("leads without keys, with keys that do not fit together, and with changed ones", async () => {
  const people = await withLeads();
  const { server, priya } = people;
  const account = server.accounts.get(LEAD);
  assert.equal(await standingOf({}, { uid: LEAD, keys: null }), null);
  assert.equal(await standingOf({}, { uid: LEAD, keys: { ...account, enc: server.accounts.get(TEACHER).enc } }), null);
  const look = await standingOf(priya.keys.pins, { uid: LEAD, keys: account });
  assert.equal(look.standing, "new");
  const changed = await standingOf({ [LEAD]: { ...look.shown, kid: "another" } }, { uid: LEAD, keys: account });
  assert.equal(changed.standing, "changed");
});

test("too much at once is said, and nothing is sealed", async () => {
  const people = await withLeads();
  await assert.rejects(disclose(people, { text: writeDisclosure("x".repeat(LONGEST), []) }), { code: "too-much" });
  assert.equal(people.server.disclosures.size, 0);
});

test("what can be chosen, in words", () => {
  assert.equal(excerptText({ kind: "message", text: "hello" }), "hello");
  assert.equal(excerptText({ kind: "message", text: null }), null);
  assert.equal(
    excerptText({
      kind: "trial",
      text: writePlanned("trial", { goal: "", tried: "Count", happened: "Two voices", verdict: "keep" }),
    }),
    "Count · Two voices",
  );
  assert.equal(excerptText({ kind: "file", text: "{}" }), null);
  assert.equal(namesWords(["Ruth", "Tom", "Ann"]), "Ruth, Tom and Ann");
  for (const bad of ["{", "null", '{"v":1,"words":"x","excerpts":[{}]}', '{"v":1,"words":3,"excerpts":[]}'])
    assert.equal(readDisclosure(bad), null);
});
