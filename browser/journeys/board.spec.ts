import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { ask, moveClock } from "../helpers/support.ts";

const ASKED = "Aisha Rahman";

test.describe.configure({ mode: "serial" });

/** One practitioner's row. */
function row(page: Page, name: string) {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name }) });
}

/** R-BRD-1 R-BRD-4 R-BRD-5 */
test("the lead's start page shows hours, waiting requests, uncovered areas and conflicts of the chart", async ({ as, who }) => {
  const lead = await as("programme lead");
  await expect(lead).toHaveURL(/\/programme$/);
  const practitioners = lead.getByRole("row").filter({ has: lead.getByRole("link") });
  await expect(practitioners).toHaveCount(5);
  for (const one of await practitioners.all()) {
    await expect(one.getByRole("img", { name: /used.*booked.*free/ })).toBeVisible();
    await expect(one).toContainText(/\d+ h/);
  }
  for (const word of ["used", "booked", "free"]) {
    await expect(lead.locator("p.legend").getByText(word, { exact: true }), "the legend").toBeVisible();
  }
  await expect(row(lead, "Carys Evans")).toContainText(/1, longest \d+ working days/);
  await expect(row(lead, ASKED)).toContainText("none");
  const card = (heading: RegExp) => lead.locator("section", { has: lead.getByRole("heading", { name: heading }) });
  await expect(card(/nobody looks after/i).getByRole("listitem")).not.toHaveCount(0);
  await expect(card(/conflicts/i).getByRole("listitem").first()).toContainText("Tom Birch manages or appraises");
  await expect(lead.getByRole("main"), "nobody who asked is named").not.toContainText(who("voluntary support").name);
  await calm(lead);
});

/** PRO-07 */
test("printed, the board is the board: no header, no navigation, no buttons", async ({ as }) => {
  const lead = await as("programme lead");
  await lead.emulateMedia({ media: "print" });
  await expect(lead.getByRole("banner")).toBeHidden();
  await expect(lead.getByRole("navigation")).toBeHidden();
  await expect(lead.getByRole("table")).toBeVisible();
  await expect(lead.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(lead.getByRole("button")).toHaveCount(0);
  const paper = await lead.pdf({ format: "A4" });
  const sheets = paper.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  expect(sheets, "sheets of A4").toBeGreaterThan(0);
  expect(sheets, "sheets of A4").toBeLessThanOrEqual(2);
});

/** R-BRD-1 */
test("a new request counts from the next Monday on, and not before", async ({ as, who }) => {
  const name = ASKED;
  await ask(await as("teacher who has not asked"), name);
  const lead = await as("programme lead");
  await expect(row(lead, name)).toContainText("none");
  const heading = await lead.getByRole("heading", { level: 1 }).innerText();
  await moveClock(lead, "2026-12-01");
  await calm(lead);
  await lead.goto("/programme");
  await expect(row(lead, name)).toContainText(/1, longest \d working days/);
  await expect(lead.getByRole("heading", { level: 1 })).not.toHaveText(heading);
  await expect(lead.getByRole("main")).not.toContainText(who("teacher who has not asked").name);
  await calm(lead);
});
