// A lead who lost every key: who can give a disclosure's key back, what both see, and what must not happen.
import assert from "node:assert/strict";
import test from "node:test";
import { el } from "../web/js/sealed/dom.js";
import { network } from "../web/js/sealed/net.js";
import { recipients, sealDisclosure, writeDisclosure } from "../web/js/sealed/disclosure.js";
import { DisclosurePage } from "../web/js/sealed/page-disclosure.js";
import { fakePage, until, withText } from "./fake-page.mjs";
import { LEAD, PRACTITIONER, SECOND_LEAD, THREAD, renewed, twoPeople, withKeys } from "./people.mjs";

const WORDS = "A learner is at risk.";

async function passedOn(leads) {
  const people = await twoPeople();
  const { priya, server } = people;
  for (const lead of leads) people[lead] = await withKeys(server, lead);
  const to = await priya.net.read(`/support/${THREAD}/disclosure.json`);
  const mine = { kid: priya.keys.live.kid, enc: priya.keys.live.encPublic };
  const who = recipients({ leads: to.leads.filter(({ keys }) => keys), other: to.other, mine, unsafe: true });
  const what = { disclosure: to.disclosure, text: writeDisclosure(WORDS, []), to: who };
  const { jwe, grants } = await sealDisclosure(priya.keys.live, what);
  const fields = { disclosure: to.disclosure, category: "learner", unsafe: "on", reason: "harm" };
  await priya.net.post(`/support/${THREAD}/disclosure`, { ...fields, jwe: JSON.stringify(jwe), grants: JSON.stringify(grants) });
  return { ...people, id: to.disclosure };
}

async function pageOf({ line, store }, id) {
  const page = fakePage();
  const section = el("section", { "data-disclosure": id }, el("div", { id: "disclosure-body" }));
  section.dataset.disclosure = id;
  page.body.append(section);
  const one = new DisclosurePage(section, { net: network(line), store });
  await one.start();
  return { ...page, one, section, shown: () => section.textContent };
}

const six = (page) => page.section.querySelector(".said-code").textContent;

test("a lead with new keys and whoever sent it see the same six words, and once they are the same it opens again", async () => {
  const { server, priya, id } = await passedOn([LEAD]);
  const lead = await renewed(server, LEAD);
  const closed = await pageOf(lead, id);
  assert.ok(closed.shown().includes("It was sealed for keys that you have no more"), closed.shown());
  assert.ok(!closed.shown().includes(WORDS));
  const theirs = six(closed);
  const page = await pageOf(priya, id);
  assert.ok(page.shown().includes(WORDS) && page.shown().includes("has new keys"), page.shown());
  assert.equal(six(page), theirs);
  assert.equal(server.disclosures.get(id).grants.length, 2, "nothing is given before they were compared");
  withText(page.section, "button", "They are the same").click();
  await until(() => page.shown().includes("They can read it again."));
  assert.ok(!page.shown().includes("has new keys"));
  const again = await pageOf(lead, id);
  assert.ok(again.shown().includes(WORDS), again.shown());
});

test("another lead gives it back as well, and whoever cannot open it is offered nothing to give", async () => {
  const { server, id, ...people } = await passedOn([LEAD, SECOND_LEAD]);
  await renewed(server, LEAD);
  const second = await pageOf(people[SECOND_LEAD], id);
  assert.ok(second.shown().includes("has new keys"));
  const closed = await pageOf(await renewed(server, PRACTITIONER), id);
  assert.ok(!closed.shown().includes("has new keys"), closed.shown());
});

test("when nobody can open it any more, the way out is said", async () => {
  const { server, id } = await passedOn([LEAD]);
  await renewed(server, PRACTITIONER);
  const page = await pageOf(await renewed(server, LEAD), id);
  assert.ok(page.shown().includes("Nobody else can open it here either."), page.shown());
});
