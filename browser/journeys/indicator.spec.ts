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
