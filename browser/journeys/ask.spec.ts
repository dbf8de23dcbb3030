import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { tabTo } from "../helpers/keyboard.ts";
import { box, LEADS, onThread, openAskForm, order, said, send, theme, times, whom } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";

/** A theme led by somebody who does not stand on top yet, so that the order has to change. */
async function led(page: Page) {
  const [first] = await order(page);
  const found = LEADS.find(({ leader }) => leader !== first);
  if (!found) throw new Error("nobody who leads on a theme stands below the top");
  return found;
}

/** R-SUP-1 R-SUP-3 R-SUP-16 */
test("a teacher asks with five taps: ask, theme, who, when, send", async ({ as }) => {
  const page = await as(TEACHER);
  await page.goto("/support");
  await calm(page);
  await openAskForm(page);
  await calm(page);
  const before = await order(page);
  const { theme: wanted, leader } = await led(page);
  await theme(page, wanted).check();
  await expect.poll(async () => (await order(page))[0], { message: "who stands on top" }).toBe(leader);
  expect((await order(page)).toSorted(), "nobody comes or goes").toEqual(before.toSorted());
  await expect(box(whom(page, leader))).toContainText(new RegExp(`leads on ${wanted}`, "i"));

  await whom(page, leader).check();
  await expect(page.getByRole("group", { name: /hours of/i }), "only the chosen one's times").toHaveCount(1);
  await calm(page);
  const wish = times(page, leader).nth(1);
  const words = await box(wish).innerText();
  await wish.check();
  await page.getByRole("radio", { name: "My own" }).check();
  await send(page).click();

  await onThread(page);
  await expect(said(page)).toContainText("Sent");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`You and ${leader}`);
  await expect(page.getByRole("main")).toContainText("waits for");
  await expect(page.getByRole("main")).toContainText(/\d\d:\d\d/.exec(words)?.[0] ?? words);
  await expect(page.getByRole("main")).toContainText(wanted);
  await calm(page);
  await page.goto("/support");
  await expect(page.getByRole("link", { name: leader })).toBeVisible();
  await calm(page);
});

/** R-SUP-8 */
test("the teacher takes the request back, and it is told as over", async ({ as }) => {
  const page = await as(TEACHER);
  await page.goto("/support");
  await page.getByRole("main").getByRole("article").getByRole("link").first().click();
  await onThread(page);
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(said(page)).toContainText("Taken back");
  await expect(page.getByRole("button", { name: "Take it back" })).toHaveCount(0);
  await calm(page);
  await page.goto("/support");
  await expect(page.getByRole("main").getByRole("article")).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText("Withdrawn");
});

/** R-SUP-3 */
test("a form sent too early says what is missing, and keeps what was chosen", async ({ as }) => {
  const page = await as(TEACHER);
  await openAskForm(page);
  await theme(page, LEADS[0].theme).check();
  await send(page).click();
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(1);
  await expect(theme(page, LEADS[0].theme)).toBeChecked();
  await calm(page);
});

/** PRO-07 */
test("asking needs nothing but Tab, Space and Enter", async ({ as }) => {
  const page = await as("line manager");
  await page.goto("/support");
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Ask for support" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Ask for support" })).toBeVisible();
  const { theme: wanted, leader } = await led(page);
  await tabTo(page, theme(page, wanted));
  await page.keyboard.press("Space");
  await expect.poll(async () => (await order(page))[0], { message: "who stands on top" }).toBe(leader);
  await expect(theme(page, wanted), "the focus stays where it was").toBeFocused();
  await tabTo(page, whom(page, leader));
  await page.keyboard.press("Space");
  await expect(whom(page, leader)).toBeChecked();
  await tabTo(page, times(page, leader).first());
  await tabTo(page, send(page));
  await page.keyboard.press("Enter");
  await onThread(page);
  await tabTo(page, page.getByRole("button", { name: "Take it back" }));
  await page.keyboard.press("Enter");
  await expect(said(page)).toContainText("Taken back");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  /** R-MAT-1 */
  test("a button puts the best fit on top, and asking works all the same", async ({ as }) => {
    const page = await as("head of department elsewhere");
    await openAskForm(page);
    const { theme: wanted, leader } = await led(page);
    await theme(page, wanted).check();
    await page.getByRole("button", { name: "Put the best fit on top" }).click();
    await expect(theme(page, wanted)).toBeChecked();
    expect((await order(page))[0]).toBe(leader);
    await whom(page, leader).check();
    await times(page, leader).nth(1).check();
    await send(page).click();
    await onThread(page);
    await expect(said(page)).toContainText("Sent");
    await page.getByRole("button", { name: "Take it back" }).click();
    await expect(said(page)).toContainText("Taken back");
  });
});
