// Citations of the shelf: they lie inside what is sealed, and which entry is picked is not seen.
import assert from "node:assert/strict";
import test from "node:test";
import { Shelf, citesFields, citesList, leads, readCites } from "../web/js/sealed/cites.js";
import { htmlOf } from "../web/js/sealed/export-html.js";
import { bundlesOf, handedOver } from "../web/js/sealed/hand-over.js";
import { feedbackOf, feedbackValues } from "../web/js/sealed/lesson-forms.js";
import { readLesson, writeLesson } from "../web/js/sealed/lesson.js";
import { planOf, plannedLine, readPlanned, writePlanned } from "../web/js/sealed/plan.js";
import { fakePage, withText } from "./fake-page.mjs";
import { THREAD, twoPeople } from "./people.mjs";

const MEETING = "0190a000-0000-7000-8000-0000000000cc";
const CITED = { id: "0190a000-0000-7000-8000-0000000000e1", title: "Feedback (EEF)", address: "https://example.org/feedback" };
const OTHER = { id: "0190a000-0000-7000-8000-0000000000e2", title: "Six strategies", address: "https://example.org/six" };
const GOAL = { what: "Wait after a question", size: "small", by: "", evidence: "", state: "open" };
const TRIAL = { goal: "", tried: "Count to four", happened: "", verdict: "running" };
const FEEDBACK = { seen: "Nine questions", learners: "", questions: "", next: "", targets: [], progress: [] };

// R-RES-5
test("what is cited is read by the two, and stands nowhere on the server", async () => {
  const people = await twoPeople();
  const { sam, priya, server } = people;
  await sam.thread.send(writePlanned("goal", { ...GOAL, cites: [CITED] }), "goal");
  await priya.thread.send(writePlanned("proposal", { what: "Pairs first", why: "", cites: [OTHER] }), "proposal");
  for (const round of [1, 2]) for (const { thread } of [sam, priya]) (await thread.flush(), await thread.load(), round);
  const plan = planOf(priya.thread.entries());
  assert.deepEqual(plan.goals[0].value.cites, [CITED]);
  assert.deepEqual(planOf(sam.thread.entries()).proposals[0].value.cites, [OTHER]);
  const kept = JSON.stringify(server.items);
  for (const part of [CITED.id, CITED.title, CITED.address, OTHER.id]) assert.ok(!kept.includes(part), part);
});

// R-RES-5
test("the whole shelf is read with the page, and asking for it says nothing of what is cited", async () => {
  const { sam, server } = await twoPeople();
  server.shelf = [CITED, { id: "x", title: "No link", address: "http://example.org" }, OTHER];
  const shelf = new Shelf(sam.net);
  await shelf.load();
  await shelf.load();
  assert.deepEqual(shelf.entries, [CITED, OTHER]);
  const asked = server.calls.filter((call) => call.includes("resources"));
  assert.deepEqual(asked, ["GET /resources.json"]);
  sam.line.down = true;
  const away = new Shelf(sam.net);
  await away.load();
  assert.deepEqual(away.entries, [], "without a connection the thread goes on");
});

// R-RES-5
test("only a link of https that leads somewhere is a citation, each once and five at most", () => {
  for (const wrong of ["javascript:alert(1)", "http://example.org", "https://", "https://sam:x@example.org/", "//example.org", 7, null, ""])
    assert.ok(!leads(wrong), String(wrong));
  assert.ok(leads(CITED.address));
  assert.deepEqual(readCites([CITED, CITED, { ...OTHER, more: 1 }, { ...OTHER, id: "" }, { ...OTHER, id: "z", title: "x".repeat(121) }, null, "x"]), [
    CITED,
    OTHER,
  ]);
  const many = Array.from({ length: 9 }, (_, at) => ({ ...CITED, id: `id-${at}` }));
  assert.equal(readCites(many).length, 5);
  for (const none of [undefined, null, "x", { 0: CITED }]) assert.deepEqual(readCites(none), []);
  const forged = JSON.stringify({ v: 1, ...GOAL, cites: [{ ...CITED, address: "javascript:alert(1)" }] });
  assert.deepEqual(readPlanned("goal", forged), { v: 1, ...GOAL }, "the goal stays, the link does not");
  assert.equal(writePlanned("goal", GOAL), writePlanned("goal", { ...GOAL, cites: [] }), "without one nothing is added");
});

// R-RES-5
test("goals, trials, proposals and feedback cite; what to look at and notes do not", () => {
  const read = (kind, value) => readPlanned(kind, writePlanned(kind, { ...value, cites: [CITED] }));
  assert.deepEqual(read("goal", GOAL).cites, [CITED]);
  assert.deepEqual(read("trial", TRIAL).cites, [CITED]);
  assert.deepEqual(read("proposal", { what: "x", why: "" }).cites, [CITED]);
  const feedback = readLesson("feedback", writeLesson("feedback", MEETING, { ...FEEDBACK, cites: [CITED] }));
  assert.deepEqual(feedback.cites, [CITED]);
  assert.deepEqual(feedbackOf({ ...feedbackValues(feedback, []) }, []).cites, [CITED], "changing feedback keeps them");
  assert.equal(readLesson("focus", writeLesson("focus", MEETING, { text: "x", cites: [CITED] })).cites, undefined);
  assert.ok(plannedLine("goal", writePlanned("goal", { ...GOAL, cites: [CITED] })).includes(CITED.title));
});

// R-RES-5
test("citations are taken along: in what is exported and in what is handed over", async () => {
  const { sam } = await twoPeople();
  await sam.thread.send(writePlanned("goal", { ...GOAL, cites: [CITED] }), "goal");
  const entries = sam.thread.entries();
  const { items } = await handedOver(entries, { old: THREAD, from: "Priya", nameOf: () => "", everything: false });
  assert.deepEqual(readPlanned("goal", items[0].text).cites, [CITED]);
  const text = writeLesson("feedback", MEETING, { ...FEEDBACK, cites: [OTHER] });
  const said = [{ kind: "feedback", text, author: "a", at: 1, note: "n", versions: [] }];
  assert.ok(bundlesOf(said, { from: "Priya", nameOf: () => "" }).texts[0].includes(OTHER.title));
  const version = (kind, one) => ({ item: kind, kind, by: "Sam", state: "sent", versions: [{ rev: 1, at: 1, text: one }] });
  const all = [version("goal", entries.at(-1).text), version("feedback", text)];
  const html = htmlOf({ made: "2026-11-24", server: {}, threads: [{ title: "T", from: "", items: all, files: [], closed: [] }] });
  for (const words of [CITED.title, CITED.address, OTHER.title]) assert.ok(html.includes(words), words);
});

// R-RES-5
test("the field takes up what is chosen, takes it out again, and is not there when nothing could be cited", () => {
  fakePage();
  assert.deepEqual(citesFields(undefined), []);
  assert.deepEqual(citesFields({ entries: [] }), []);
  const [field] = citesFields({ entries: [CITED, OTHER] });
  let changes = 0;
  field.node.addEventListener("input", () => (changes += 1));
  const add = withText(field.node, "button", "Cite it");
  add.click();
  assert.deepEqual(field.get(), [], "nothing is chosen yet");
  field.input.value = OTHER.id;
  add.click();
  assert.deepEqual(field.get(), [OTHER]);
  withText(field.node, "button", "Take out").click();
  assert.deepEqual([field.get(), changes], [[], 2]);
  field.set([CITED, { id: "bad" }]);
  assert.deepEqual(field.get(), [CITED], "a draft brings back what was cited");
  assert.equal(citesFields({ entries: [] }, { cites: [CITED] }).length, 1, "what was cited can be taken out when the shelf is empty");
  const [link] = citesList({ cites: [CITED] }).querySelectorAll("a");
  assert.deepEqual([link.getAttribute("href"), link.getAttribute("rel")], [CITED.address, "noopener noreferrer"]);
  assert.equal(citesList({}), null);
});
