import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { agree, ask, publish, said, unfold } from "../helpers/support.ts";

const PRACTITIONER = "uninvolved practitioner";

/** Both pages press their button at once; returns the page that got it and the one that did not. */
async function race(pages: [Page, Page]): Promise<{ first: Page; second: Page }> {
  await Promise.all(pages.map((page) => agree(page).click()));
  const told = await Promise.all(
    pages.map(async (page) => {
      const outcome = page.getByRole("status").or(page.getByRole("alert")).first();
      return (await outcome.getAttribute("role")) === "status";
    }),
  );
  expect(told.toSorted(), "one gets it, the other does not").toEqual([false, true]);
  const [one, other] = pages;
  return told[0] ? { first: one, second: other } : { first: other, second: one };
}

/** R-MEE-1 */
test("two colleagues wish the same time: of two windows that agree at once one gets it, the other is told", async ({
  as,
  who,
}) => {
  const { name } = who(PRACTITIONER);
  const windows: [Page, Page] = [await as(PRACTITIONER), await as(PRACTITIONER)];
  await publish(windows[0], "Wed 16:00-17:00");
  const threads = [await ask(await as("teacher who has not asked"), name, 1), await ask(await as("line manager"), name, 1)];
  for (const [n, window] of windows.entries()) await window.goto(threads[n] ?? "");
  const { first, second } = await race(windows);
  await expect(said(first)).toContainText("Agreed");
  await expect(second.getByRole("alert")).toContainText("already booked then. Offer another time");
  await expect(second.getByRole("alert")).toBeFocused();
  await calm(second);

  // The way on is on the same page.
  const form = await unfold(second, /^Offer/);
  await form.getByRole("checkbox").nth(3).check();
  await form.getByRole("button", { name: "Offer" }).click();
  await expect(said(second)).toContainText("Sent");
});

/** R-MEE-2 */
test("of two meetings that both want the last hour of the year one gets it, the other is told", async ({ as, who }) => {
  const { name } = who(PRACTITIONER);
  const windows: [Page, Page] = [await as(PRACTITIONER), await as(PRACTITIONER)];
  await publish(windows[0], "Wed 16:00-17:00");
  await leaveOneHour(windows[0]);
  const threads = [
    await ask(await as("head of department elsewhere"), name, 2),
    await ask(await as("teacher with voluntary support"), name, 3),
  ];
  for (const [n, each] of windows.entries()) await each.goto(threads[n] ?? "");
  const { second } = await race(windows);
  await expect(second.getByRole("alert")).toContainText("remitted hours");
  await calm(second);
  await windows[0].goto("/hours");
  expect(await left(windows[0]), "minutes left of the year").toBe(0);
});

/** Minutes of the year's hours that are neither used nor booked, as the record tells them. */
async function left(page: Page): Promise<number> {
  const words = await page.getByText(/^The year:/).innerText();
  const all = [...words.matchAll(/(?:(\d+) h)? ?(\d+)?(?: min)? (?:used|booked)|of (\d+) h/g)];
  const [used, booked, year] = all.map(([, hours, minutes, whole]) => Number(whole ?? hours ?? 0) * 60 + Number(minutes ?? 0));
  if (used === undefined || booked === undefined || year === undefined) throw new Error(`cannot read "${words}"`);
  return year - used - booked;
}

/** Notes long conversations until one hour of the year is left; sent as the form sends them, for there are many. */
async function leaveOneHour(page: Page): Promise<void> {
  await page.goto("/hours");
  for (let minutes = (await left(page)) - 60; minutes > 0; minutes -= 480) {
    const source = await (await page.request.get("/hours/new")).text();
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(source)?.[1] ?? "";
    const form = { csrf: value("csrf"), once: value("once"), "other-minutes": String(Math.min(480, minutes)) };
    expect((await page.request.post("/hours", { form })).ok()).toBe(true);
  }
  await page.goto("/hours");
  expect(await left(page), "minutes left of the year").toBe(60);
}
