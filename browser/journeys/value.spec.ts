import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

/** R-VAL-7 R-VAL-9 R-VAL-10 EVI-11 EVI-12 */
test("a senior leader reads what a year cost and what came of it, looks what would change, and has the case on one page", async ({ as }) => {
  const page = await as("senior leader");
  await page.getByRole("link", { name: "Evidence" }).first().click();
  await page.getByRole("link", { name: "What it costs, and what came of it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("The programme cost £");
  await expect(page.getByRole("region", { name: "What it cost" })).toContainText("Not counted, because it is not known: training.");
  await expect(page.getByRole("region", { name: "What came of it" })).toContainText("had voluntary one-to-one support");
  await calm(page);
  await page.getByLabel("Practitioners more").fill("2");
  await page.getByLabel("Hours for each").fill("120");
  await page.getByRole("button", { name: "Look" }).click();
  await expect(page.getByRole("status").filter({ hasText: "more in the year" })).toBeVisible();
  await page.getByRole("link", { name: "The business case on one page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("The case for");
  await expect(page.getByText("There is no return on investment")).toBeVisible();
  await calm(page);
});

/** R-VAL-7 R-VAL-8 */
test("the lead puts the costs right, and what cannot be read is told at its field with nothing lost", async ({ as }) => {
  const page = await as("programme lead");
  await page.goto("/evidence/value");
  await page.getByLabel("Practitioners", { exact: true }).fill("0");
  await page.getByLabel("What happens otherwise").fill("The hours end.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".error-text").first()).toContainText("There is no practitioner");
  await expect(page.getByLabel("What happens otherwise")).toHaveValue("The hours end.");
  await page.getByLabel("Practitioners", { exact: true }).fill("5");
  await page.getByLabel("Travel, pounds").fill("1250");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "What it cost" })).toContainText("£1,250");
  await calm(page);
});
