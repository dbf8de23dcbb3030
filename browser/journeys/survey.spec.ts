import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

const STATEMENTS = ["S1", "S2", "S3", "S4", "S5", "S6", "S7"];

/** R-SUR-10 R-SUR-11 R-SUR-12 R-SUR-15 R-SUR-16 R-SUR-17 R-SUR-18 EVI-01 EVI-02 EVI-07 */
test("a teacher answers and nobody can tie it to them", async ({ as, college }) => {
  const lead = await as("programme lead");
  await lead.getByRole("link", { name: "What staff say" }).click();
  await expect(lead.getByRole("heading", { level: 2, name: "2025/26" })).toBeVisible();
  await expect(lead.locator("main")).toContainText("Fewer than ten answered, so nothing is shown.");
  const motivation = lead.getByRole("row").filter({ hasText: "strengthened the motivation of staff" }).first();
  await expect(motivation).toContainText("no figure of 2017");
  await expect(lead.locator("main")).toContainText("model declared: universal");
  await calm(lead);
  await lead.getByRole("button", { name: "Open it" }).click();
  await expect(lead.locator(".error-text").first()).toContainText("Choose a first day from today on.");
  await lead.getByLabel("First day").fill("2026-11-24");
  await lead.getByLabel("Last day").fill("2026-12-14");
  await lead.getByRole("button", { name: "Open it" }).click();
  await expect(lead.getByRole("heading", { name: "A survey is open" })).toBeVisible();

  const page = await as("teacher with voluntary support");
  await page.goto("/support");
  await page.getByRole("link", { name: "The survey" }).click();
  await expect(page.getByRole("button", { name: "Take my ticket" })).toBeVisible();
  await calm(page);
  const asked = page.waitForRequest("**/survey/ticket");
  await page.getByRole("button", { name: "Take my ticket" }).click();
  const blinded = new URLSearchParams((await asked).postData() ?? "").get("blinded") ?? "";
  await page.getByRole("link", { name: "Go on without my name" }).click();
  await expect(page.getByText("You are not known on this page.")).toBeVisible();
  await expect(page.getByText("Sam Okafor")).toHaveCount(0);
  await page.getByRole("button", { name: "Send it now" }).click();
  await expect(page.locator("#side .error-text")).toContainText("Say whether you are in the role.");
  await calm(page);
  await page.locator("#side").getByRole("radio", { name: "No" }).check();
  for (const statement of STATEMENTS) await page.locator(`#${statement}`).getByRole("radio", { name: "Agree", exact: true }).check();
  await page.locator("#factors").getByRole("checkbox", { name: "It is confidential" }).check();
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/survey/answers"));
  await page.getByRole("button", { name: "Send it now" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await calm(page);

  const request = await sent;
  const headers = await request.allHeaders();
  expect(headers["cookie"]).toBeUndefined();
  const letter = JSON.parse(request.postData() ?? "{}");
  expect(Object.keys(letter).sort()).toEqual(["choices", "factors", "side", "signature", "survey", "token"]);
  expect(request.postData()).not.toContain(blinded.slice(0, 20));
  expect(college.log).not.toContain("survey");
  await page.goto("/survey");
  await expect(page.getByText("The program cannot tell which of the two it is.")).toBeVisible();
  await lead.reload();
  await expect(lead.locator("main")).toContainText("How many have answered is known to nobody until it is over.");
});

/** R-SUR-12 */
test("an answer waits in the browser for a random moment, and can be sent at once after all", async ({ as }) => {
  const page = await as("teacher who has not asked");
  await page.goto("/survey");
  await page.getByRole("button", { name: "Take my ticket" }).click();
  await page.getByRole("link", { name: "Go on without my name" }).click();
  await page.locator("#side").getByRole("radio", { name: "No" }).check();
  for (const statement of STATEMENTS) await page.locator(`#${statement}`).getByRole("radio", { name: "Cannot say" }).check();
  await page.getByRole("button", { name: "Send it at a random moment" }).click();
  await expect(page.getByRole("heading", { name: "It waits for its moment" })).toBeVisible();
  await calm(page);
  await page.reload();
  await page.getByRole("button", { name: "Send it now" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
});
