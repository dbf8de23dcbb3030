import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

/** R-FIG-1 R-FIG-2 R-FIG-4 OBS-07 EVI-04 */
test("the lead enters what the quality team counted, is told at the field what cannot be, and reads a range", async ({ as }) => {
  const page = await as("programme lead");
  await page.getByRole("link", { name: "Indicators" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Indicators" })).toBeVisible();
  await page.getByLabel("What is counted").selectOption({ label: "Teaching staff who stayed" });
  await page.getByLabel("Term", { exact: true }).selectOption({ label: "Summer term 2026" });
  await page.getByLabel("So many").fill("8");
  await page.getByLabel("of", { exact: true }).fill("9");
  await page.getByRole("button", { name: "Enter it" }).click();
  await expect(page.locator(".error-text").first()).toContainText("Of fewer than 10 nothing is held");
  await expect(page.getByLabel("So many")).toHaveValue("8");
  await calm(page);
  await page.getByLabel("So many").fill("287");
  await page.getByLabel("of", { exact: true }).fill("301");
  await page.getByRole("button", { name: "Enter it" }).click();
  const card = page.getByRole("region", { name: "Teaching staff who stayed" });
  await expect(card).toContainText("285–289 of 301 (95–96 %)");
  await expect(card).not.toContainText("287");
  await calm(page);
  await card.getByRole("button", { name: /^Take off/ }).click();
  await expect(page.getByText("Taken back.")).toBeVisible();
  await expect(card).toHaveCount(0);
});

const TITLES = "Indicator,Term,Area,Group,Counted,Of\n";

/** Chooses a file on the page one is on. */
async function choose(page: Page, text: string, button: string): Promise<void> {
  await page.locator("#file").setInputFiles({ name: "figures.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: button }).click();
}

/** R-FIG-10 R-FIG-11 R-FIG-12 EVI-04 */
test("the lead brings in a file line by line, mends it, and writes a milestone down", async ({ as }) => {
  const page = await as("programme lead");
  await page.goto("programme/indicators");
  await calm(page);
  await choose(page, `${TITLES}Punctuality,Summer term 2026,,,1105,1000\nPunctuality,Spring term 2026,Plumbing,,900,1000\n`, "Read the file");
  await expect(page.getByRole("heading", { level: 1, name: "2 lines to put right" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("1105 of 1000 is more than 100 per cent");
  await expect(page.getByRole("main")).toContainText("No area is called “Plumbing”.");
  await expect(page.getByRole("button", { name: "Enter them" })).toHaveCount(0);
  await calm(page);
  await choose(page, `${TITLES}Punctuality,Summer term 2026,,,905,1000\nPunctuality,Spring term 2026,,,890,1000\n`, "Read the mended file");
  await expect(page.getByRole("heading", { level: 1, name: "What this file would enter" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("2 new");
  await calm(page);
  await page.getByRole("button", { name: "Enter them" }).click();
  await expect(page.getByText("Entered. They stand below.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Punctuality" })).toContainText("91 % of 1,000");

  await page.getByLabel("Day", { exact: true }).fill("2026-03-02");
  await page.getByLabel("What kind of day").selectOption({ label: "Of the programme" });
  await page.getByRole("button", { name: "Write it down" }).click();
  await expect(page.locator("#milestone-error")).toContainText("Write in a few words what happened.");
  await expect(page.getByLabel("Day", { exact: true })).toHaveValue("2026-03-02");
  await page.getByLabel("What happened").fill("Two more practitioners");
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByRole("link", { name: "Change Two more practitioners" }).click();
  await calm(page);
  await page.getByLabel("What happened").fill("Three more practitioners");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "Milestones" })).toContainText("Three more practitioners");
  await calm(page);
});

/** R-FIG-5 R-FIG-7 R-FIG-8 R-FIG-9 R-FIG-13 EVI-04 EVI-05 EVI-10 */
test("a senior leader finds the lines from the evidence, reads a gap as a range, and looks at an area", async ({ as }) => {
  const page = await as("senior leader");
  await page.goto("evidence");
  await page.getByRole("link", { name: "Indicators" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Indicators" })).toBeVisible();
  const parts = page.getByRole("heading", { level: 2 });
  await expect(parts).toHaveText(["What happened meanwhile", "About teaching", "About results", "What learners say"]);
  await expect(page.getByRole("listitem").filter({ hasText: "Inspection of the whole college: good" })).toBeVisible();
  await expect(page.getByRole("img", { name: "Attendance of the whole college, term by term" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Time with a practitioner" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Achievement" })).toContainText(/Women: \d+ to \d+ percentage points above men/);
  await expect(page.getByRole("button", { name: /Enter|Take off/ })).toHaveCount(0);
  await calm(page);
  await page.getByLabel("Of which part of the college").selectOption({ label: "Health & Care" });
  await page.getByRole("button", { name: "Show it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Indicators: Health & Care" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Attendance" })).toContainText("the whole college");
  await calm(page);
});
