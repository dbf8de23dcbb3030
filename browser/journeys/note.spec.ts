import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { tabTo } from "../helpers/keyboard.ts";
import { box, said, unfold } from "../helpers/support.ts";

const PRACTITIONER = "practitioner who supports";
const COLLEAGUE = "teacher who has not asked";

/** R-HRS-1 REF-05 */
test("a conversation with somebody recent is noted in three taps, and taken back with one", async ({ as }) => {
  const page = await as(PRACTITIONER);
  const before = await together(page);
  await page.getByRole("link", { name: /^Note( it)?$/ }).first().click();
  await expect(page).toHaveURL(/\/hours\/new$/);
  await calm(page);
  const recent = page.getByRole("group", { name: /^Who/ }).getByRole("radio").nth(1);
  const name = (await box(recent).locator("span").last().innerText()).trim();

  await box(recent).click();
  await box(page.getByRole("radio", { name: "10 min" })).click();
  await page.getByRole("button", { name: "Note it" }).click();

  await expect(said(page)).toContainText("Noted");
  await calm(page);
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  const other = await page.context().newPage();
  expect((await together(other)) - before, "minutes in the record").toBe(10);
  await expect(other.getByRole("row").filter({ hasText: "10 min" }).filter({ hasText: name }).first()).toBeVisible();
  await other.close();
  await undo.click();
  await expect(said(page)).toContainText("Taken back");
  expect(await together(page), "minutes in the record").toBe(before);
  await calm(page);
});

test("the key n opens the note from any page, is inert in fields, and everywhere once it is switched off", async ({ as }) => {
  const page = await as(PRACTITIONER);
  for (const path of ["/week", "/practitioners", "/promise"]) {
    await page.goto(path);
    await page.keyboard.press("n");
    await expect(page, `n on ${path}`).toHaveURL(/\/hours\/new$/);
  }
  await page.goto("/practice");
  const field = page.getByRole("textbox").first();
  await field.fill("Mo");
  await field.press("n");
  await expect(field).toHaveValue("Mon");
  await page.goto("/support/new");
  await page.getByRole("checkbox").first().press("n");
  await page.goto("/account");
  const setting = page.getByRole("checkbox", { name: /note it/i });
  await setting.press("n");
  await expect(page).toHaveURL(/\/account$/);
  await calm(page);

  await setting.uncheck();
  await setting.locator("xpath=ancestor::form").getByRole("button").click();
  await expect(said(page)).toContainText("Saved");
  await expect(setting).not.toBeChecked();
  for (const path of ["/account", "/week", "/practitioners"]) {
    await page.goto(path);
    await expect(page.locator("body")).not.toHaveAttribute("data-note-key");
    await page.keyboard.press("n");
    // A page that goes elsewhere would not run this any more.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(new URL(page.url()).pathname, `n on ${path}, switched off`).toBe(path);
  }
  await page.goto("/account");
  await setting.check();
  await setting.locator("xpath=ancestor::form").getByRole("button").click();
  await expect(page.locator("body")).toHaveAttribute("data-note-key");
});

test("noting and taking it back need nothing but n, Tab, Space and Enter", async ({ as }) => {
  const page = await as(PRACTITIONER);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/hours\/new$/);
  await tabTo(page, page.getByRole("group", { name: "About" }).getByRole("checkbox").nth(1));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Note it" }));
  await page.keyboard.press("Enter");
  await expect(said(page)).toContainText("Noted");
  await tabTo(page, page.getByRole("button", { name: "Undo" }));
  await page.keyboard.press("Enter");
  await expect(said(page)).toContainText("Taken back");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("noting and taking it back work all the same", async ({ as }) => {
    const page = await as(PRACTITIONER);
    await page.getByRole("link", { name: /^Note( it)?$/ }).first().click();
    await box(page.getByRole("radio", { name: "5 min", exact: true })).click();
    await page.getByRole("button", { name: "Note it" }).click();
    await expect(said(page)).toContainText("Noted");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(said(page)).toContainText("Taken back");
  });
});

/** R-HRS-2 TIM-11 */
test("one conversation may serve several purposes and counts once", async ({ as }) => {
  const page = await as(PRACTITIONER);
  const before = await together(page);
  await page.goto("/hours/new");
  const more = await unfold(page, /another length/i);
  await more.getByLabel("Minutes").fill("40");
  const purposes = more.getByRole("group", { name: /what was it for/i }).getByRole("checkbox");
  await box(purposes.nth(1)).click();
  await box(purposes.nth(2)).click();
  await calm(page);
  await page.getByRole("button", { name: "Note it" }).click();
  await expect(said(page)).toContainText("Noted");
  expect((await together(page)) - before, "minutes in the record").toBe(40);
});

/** R-HRS-1 */
test("a length that cannot be is told at its field, and what was chosen is kept", async ({ as }) => {
  const page = await as(PRACTITIONER);
  await page.goto("/hours/new");
  const chip = page.getByRole("group", { name: "About" }).getByRole("checkbox").first();
  await box(chip).click();
  const more = await unfold(page, /another length/i);
  await more.getByLabel("Minutes").fill("481");
  await page.getByRole("button", { name: "Note it" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(chip).toBeChecked();
  await expect(page.getByLabel("Minutes", { exact: true })).toHaveValue("481");
  await calm(page);
});

/** R-HRS-3 */
test("the colleague who was named sees the note and takes the name out; the hours stay", async ({ as, who }) => {
  const { name } = who(COLLEAGUE);
  const page = await as(PRACTITIONER);
  await page.goto("/hours/new");
  await page.getByLabel("Somebody else").fill(name);
  await box(page.getByRole("radio", { name: "45 min" })).click();
  await page.getByRole("button", { name: "Note it" }).click();
  await expect(said(page)).toContainText("Noted");
  const before = await together(page);
  const named = page.getByRole("row").filter({ hasText: name });
  await expect(named).toHaveCount(1);
  await expect(named).toContainText("45 min");

  const colleague = await as(COLLEAGUE);
  await colleague.goto("/support");
  await expect(colleague.getByRole("main")).toContainText(who(PRACTITIONER).name);
  await calm(colleague);
  await colleague.getByRole("button", { name: "Take my name out" }).click();
  await expect(said(colleague)).toContainText("gone");
  await expect(colleague.getByRole("main").getByRole("listitem")).toHaveCount(0);
  expect(await together(page), "minutes in the record").toBe(before);
  await expect(named).toHaveCount(0);
});

/** Opens the record of hours; the year's minutes together: "2 h 05" or "45 min". */
async function together(page: Page): Promise<number> {
  await page.goto("/hours");
  const text = await page.getByRole("row", { name: "Together" }).innerText();
  const [, hours, rest, alone] = /(?:(\d+) h(?: (\d\d))?|(\d+) min)/.exec(text) ?? [];
  return Number(alone ?? Number(hours ?? 0) * 60 + Number(rest ?? 0));
}
