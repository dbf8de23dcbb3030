import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { type Answer, crawl, look } from "../helpers/crawl.ts";
import { expect, test } from "../helpers/journey.ts";
import { ask, onThread, said } from "../helpers/support.ts";

const TEACHER = "teacher with voluntary support";
const ASKED = "practitioner who supports";
/** Everybody else. The lead's row of waiting requests changes with the week, never within it. */
const OTHERS = [
  "line manager",
  "administrator",
  "head of department elsewhere",
  "senior leader",
  "safeguarding lead",
  "coordinator",
  "uninvolved practitioner",
  "teacher who has not asked",
  "programme lead",
];
const UNKNOWN = "/support/00000000-0000-4000-8000-000000000000";
const ACTS = ["offers", "acceptance", "withdrawal", "end", "end-proposal", "reopening", "kind", "practitioner"];

/** Everything these people see: each page they have a link to, and a search for the teacher who asks. */
async function everything(people: Map<string, Page>, name: string): Promise<Map<string, Map<string, Answer>>> {
  const [first = "", last = ""] = name.split(" ");
  const searches = ["/people", "/practitioners", "/support", "/hours", "/week", "/programme"];
  const more = searches.flatMap((path) => [first, last].map((word) => `${path}?find=${word}`));
  const all = new Map<string, Map<string, Answer>>();
  for (const [who, page] of people) all.set(who, await crawl(page, more));
  return all;
}

/** Asks for the best fit with the first theme, as the ask form's script does. */
async function suggestions(page: Page): Promise<string> {
  const source = await (await page.request.get("/support/new")).text();
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(source)?.[1] ?? "";
  const reply = await page.request.post("/support/suggestions", { form: { csrf: value("csrf"), theme: value("theme") } });
  return `${reply.status()} ${reply.ok() ? await reply.text() : ""}`;
}

/** R-SUP-1 */
test("nobody but the two learns of a request: every page of everybody else stays the same, byte for byte", async ({
  as,
  who,
}) => {
  const teacher = await as(TEACHER);
  await teacher.goto("/support");
  await teacher.getByRole("article").getByRole("link").click();
  await teacher.getByRole("button", { name: "We are done" }).click();
  await expect(said(teacher)).toContainText("Ended");

  const people = new Map<string, Page>();
  for (const one of [...OTHERS, ASKED]) people.set(one, await as(one));
  const suggested = async () => Promise.all([...people.values()].map(suggestions));
  const before = await everything(people, who(TEACHER).name);
  const [fitBefore, ownBefore] = [await suggested(), await crawl(teacher)];
  const thread = await ask(teacher, who(ASKED).name, 1);
  const after = await everything(people, who(TEACHER).name);

  for (const one of OTHERS) {
    expect([...(after.get(one) ?? [])], `the pages of the ${one}`).toEqual([...(before.get(one) ?? [])]);
    expect(after.get(one)?.size, `pages of the ${one}`).toBeGreaterThan(10);
    const id = thread.split("/").at(-1) ?? thread;
    for (const [path, { source }] of after.get(one) ?? []) expect(source.includes(id), `${path} of the ${one}`).toBe(false);
  }
  expect(await suggested()).toEqual(fitBefore);
  // The comparison would notice: the two do see it.
  expect([...(after.get(ASKED) ?? [])]).not.toEqual([...(before.get(ASKED) ?? [])]);
  expect([...(after.get(ASKED)?.keys() ?? [])]).toContain(thread);
  expect([...(await crawl(teacher))]).not.toEqual([...ownBefore]);
});

/** R-SUP-1 */
test("the request's address is to everybody else an address that does not exist, for looking and for acting", async ({
  as,
}) => {
  const teacher = await as(TEACHER);
  await teacher.goto("/support");
  await teacher.getByRole("article").getByRole("link").first().click();
  const thread = await onThread(teacher);
  expect((await look(teacher, thread)).status).toBe(200);
  for (const one of OTHERS) {
    const page = await as(one);
    const shown = await look(page, thread);
    expect(shown.status, one).toBe(404);
    expect(await look(page, UNKNOWN), one).toEqual(shown);
    expect(await look(page, "/nothing/of/the/kind"), one).toEqual(shown);

    const source = await (await page.request.get("/account")).text();
    const csrf = /name="csrf" value="([^"]*)"/.exec(source)?.[1] ?? "";
    const act = async (path: string) => {
      const answer = await page.request.post(path, { form: { csrf, version: "1" }, maxRedirects: 0 });
      return { status: answer.status(), text: await answer.text() };
    };
    for (const noun of ACTS) {
      const answer = await act(`${thread}/${noun}`);
      expect(answer.status, `${one}: ${noun}`).not.toBe(200);
      expect(answer, `${one}: ${noun}`).toEqual(await act(`${UNKNOWN}/${noun}`));
    }
  }
  const manager = await as("line manager");
  await manager.goto(thread);
  await calm(manager);
});

/** R-WRD-2 */
test("the two see the request, and the page says who else can: nobody by name", async ({ as }) => {
  const page = await as(TEACHER);
  await page.goto("/support");
  await page.getByRole("article").getByRole("link").first().click();
  const seal = page.getByRole("region", { name: "Who can see this" });
  const row = (who: string | RegExp) => seal.locator("dt").filter({ hasText: who });
  await expect(row("You and")).toContainText("everything");
  for (const other of ["manager", "Administrator", "Other colleagues"]) await expect(row(other)).toContainText("nothing");
  await calm(page);
});
