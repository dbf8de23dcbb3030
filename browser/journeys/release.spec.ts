import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

/** R-REL-9 R-REL-10 R-REL-18 R-REL-23 R-REL-26 R-LIV-4 R-LIV-7 GOV-04 REF-06 CPD-08 CON-08 */
test("a senior leader reads what a year came to, in ranges, and which model it looks like", async ({ as }) => {
  const page = await as("senior leader");
  await page.goto("/");
  await expect(page).toHaveURL(/\/evidence$/);
  await expect(page.getByText("never changed since")).toBeVisible();
  const support = page.getByRole("region", { name: "Voluntary one-to-one support" });
  const everybody = support.getByRole("row").filter({ hasText: "Everybody" });
  await expect(everybody).toContainText(/\d+–\d+ of 3\d\d/);
  await expect(support).toContainText("Required support is not in it.");
  const model = page.getByRole("region", { name: "Which model are you living?" });
  await expect(model).toContainText("This year reads as");
  await model.getByText("The same in words").click();
  await expect(model).toContainText(/universal: \d+ of 100/i);
  await page.getByText("Why these are ranges").click();
  await expect(page.getByText("It is decided without looking at the number it has")).toBeVisible();
  await calm(page);
  await page.getByRole("navigation", { name: "Releases" }).getByRole("link", { name: "Spring term 2026" }).click();
  await expect(page).toHaveURL(/\/evidence\/2025-2$/);
  await page.getByRole("region", { name: "Sessions", exact: true }).getByText("By area and role").click();
  const said = page.getByRole("region", { name: "What people said of sessions" });
  const worth = said.getByRole("row").filter({ hasText: "It was worth the time" });
  await expect(worth).toContainText(/quarter|half/);
  await expect(said.getByRole("table")).not.toContainText(/\d/);
  await expect(said).toContainText("HMI 1767, 2003, paragraph 16");
  await said.getByText("What stands behind it").click();
  await expect(said).toContainText("Counted are answers, not people");
  await calm(page);
});

/** R-REL-12 R-REL-18 */
test("whoever leads the programme reads the same, and nobody else finds it", async ({ as }) => {
  const lead = await as("programme lead");
  const leader = await as("senior leader");
  for (const path of ["/evidence", "/evidence/2025", "/evidence/2025-1"]) {
    await lead.goto(path);
    await leader.goto(path);
    expect(await lead.locator("main").getByRole("table").allInnerTexts()).toEqual(
      await leader.locator("main").getByRole("table").allInnerTexts(),
    );
  }
  for (const who of ["line manager", "uninvolved practitioner", "administrator", "head of department elsewhere"]) {
    const page = await as(who);
    expect((await page.request.get("/evidence")).status()).toBe(404);
    expect((await page.request.get("/evidence/2025-1")).status()).toBe(404);
  }
});
