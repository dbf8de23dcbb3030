import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { look } from "../helpers/crawl.ts";
import { expect, test } from "../helpers/journey.ts";
import { filesWith } from "../helpers/markers.ts";
import { keyed, message, pair, PRACTITIONER, TEACHER, write } from "../helpers/sealed.ts";

const FIRST = "RISKMARK-first: somebody follows a student home.";
const OTHER = "RISKMARK-other: and the lesson went well.";
const WORDS = "RISKMARK-words: I think it happens on Thursdays.";
const BACK = "RISKMARK-back: what I was told frightens me.";
const LEAD = "safeguarding lead";

const main = (page: Page) => page.getByRole("main");
const told = (page: Page) => main(page).getByRole("region", { name: "What was passed on" });

/** Opens the page on which something is passed on, as somebody at risk would be found there. */
async function open(page: Page, thread: string): Promise<void> {
  await page.goto(thread);
  await main(page).getByRole("link", { name: "Somebody is at risk" }).click();
  await expect(main(page)).toContainText("Is somebody in danger now? Ring 999.");
  await expect(main(page).getByRole("link", { name: /^[\d ]+$/ })).toHaveAttribute("href", /^tel:/);
}

/** The lead opens the newest thing that was passed on, and its path is returned. */
async function reads(lead: Page): Promise<string> {
  await lead.goto("/safeguarding");
  const row = main(lead).getByRole("row").filter({ hasText: "New" });
  await expect(row).toHaveCount(1);
  await calm(lead);
  await row.getByRole("link").click();
  await expect(told(lead)).toContainText("wrote:");
  return new URL(lead.url()).pathname;
}

async function nothingFor(page: Page, path: string): Promise<void> {
  for (const one of [path, `${path}/words`]) expect((await page.request.get(one)).status(), one).toBe(404);
}

/** R-SAF-1 R-SAF-4 R-SAF-6 R-SAF-7 CON-01 */
test("what is passed on is what was chosen, for the leads and whom it is about, at once or once it is safe", async ({
  as,
  who,
  college,
}) => {
  test.setTimeout(240_000);
  const { teacher, practitioner, thread } = await pair(as, FIRST);
  await write(practitioner, OTHER);
  const [sam, priya] = [who(TEACHER).name, who(PRACTITIONER).name];

  await test.step("without a lead who has keys the page says to telephone", async () => {
    await open(practitioner, thread);
    await expect(main(practitioner)).toContainText("No safeguarding lead can read sealed words yet.");
    await calm(practitioner);
  });
  const lead = await keyed(await as(LEAD));

  await test.step("told at once", async () => {
    await open(practitioner, thread);
    const send = main(practitioner).getByRole("button", { name: `Send it to ${who(LEAD).name}` });
    await main(practitioner).getByRole("group", { name: "What is this about?" }).getByRole("radio").first().check();
    await send.click();
    await expect(main(practitioner)).toContainText("Write what the lead should know, or choose something above.");
    await calm(practitioner);
    await main(practitioner).getByRole("checkbox", { name: FIRST }).check();
    await main(practitioner).getByLabel("What the lead should know").fill(WORDS);
    const exactly = main(practitioner).locator(".card").filter({ hasText: WORDS });
    await expect(exactly).toContainText(FIRST);
    await expect(exactly).not.toContainText(OTHER);
    await expect(main(practitioner)).toContainText(`${sam} sees it at once.`);
    await calm(practitioner);
    await send.click();
    await expect(practitioner).toHaveURL(thread);

    const path = await reads(lead);
    await expect(told(lead)).toContainText(FIRST);
    await expect(told(lead)).toContainText(WORDS);
    await expect(told(lead), "nothing that was not chosen").not.toContainText(OTHER);
    await calm(lead);
    await lead.goto("/safeguarding");
    await expect(main(lead).getByRole("row").filter({ hasText: "New" })).toHaveCount(0);

    await teacher.reload();
    await main(teacher).getByRole("region", { name: "Passed to the safeguarding leads" }).getByRole("link").click();
    await expect(told(teacher)).toContainText(WORDS);
    await calm(teacher);
    for (const other of ["line manager", "programme lead", "administrator"]) {
      const page = await as(other);
      await nothingFor(page, path);
      expect((await page.request.get("/safeguarding")).status(), other).toBe(404);
    }
  });

  await test.step("not told while that is unsafe", async () => {
    const seen = async () => {
      const places = [thread, "/week", "/support", "/account", "/account/looked", "/account/data.json"];
      return Promise.all(places.map((place) => look(practitioner, place)));
    };
    const before = await seen();
    await open(teacher, thread);
    await main(teacher).getByRole("group", { name: "What is this about?" }).getByRole("radio").first().check();
    await main(teacher).getByRole("checkbox", { name: /could put somebody at risk/ }).check();
    await expect(main(teacher)).toContainText(`${priya} is not told now.`);
    await main(teacher).getByLabel("What the lead should know").fill(BACK);
    await main(teacher).getByRole("button", { name: /^Send it to/ }).click();
    await expect(main(teacher).getByLabel("Why?"), "a reason is needed").toBeFocused();
    await expect(main(teacher).getByLabel("Why?")).toHaveAttribute("aria-invalid", "true");
    await expect(main(teacher).getByLabel("Why?")).toHaveAccessibleDescription(/Choose why telling could put somebody at risk/);
    await calm(teacher);
    await main(teacher).getByLabel("Why?").selectOption({ index: 1 });
    await main(teacher).getByRole("button", { name: /^Send it to/ }).click();
    await expect(teacher).toHaveURL(thread);
    await expect(main(teacher)).toContainText(`${priya} has not been told.`);
    await calm(teacher);

    const path = await reads(lead);
    await expect(told(lead)).toContainText(BACK);
    await expect(main(lead)).toContainText(`${priya} has not been told and sees nothing of it.`);
    await calm(lead);
    expect(await seen(), "not a byte tells whom it is about").toEqual(before);
    await nothingFor(practitioner, path);

    await told(lead).getByRole("button", { name: `Tell ${priya} now` }).click();
    await expect(main(lead)).toContainText(`${priya} can see that it was passed on, what, when and to whom.`);
    await practitioner.goto(path);
    await expect(told(practitioner)).toContainText(BACK);
    await calm(practitioner);

    await lead.getByText("It has been dealt with", { exact: true }).first().click();
    await lead.getByRole("button", { name: "Close and delete it" }).click();
    await expect(lead.getByRole("alert"), "without the tick it stays").toBeVisible();
    await calm(lead);
    await lead.getByLabel(/it cannot be brought back/).check();
    await lead.getByRole("button", { name: "Close and delete it" }).click();
    await expect(lead).toHaveURL(/\/safeguarding/);
    for (const page of [lead, teacher, practitioner]) await nothingFor(page, path);
  });

  expect(await filesWith(college.files, "RISKMARK")).toEqual([]);
  expect(college.log).not.toContain("RISKMARK");
  await practitioner.goto(thread);
  await expect(message(practitioner, FIRST)).toBeVisible();
});
