import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

const PRACTITIONER = "practitioner who supports";

test.describe.configure({ mode: "serial" });

/** R-ALL-13 R-ALL-14 R-ALL-15 R-ALL-16 R-ALL-17 MAT-02 TIM-05 */
test("the lead adds standing work, has an allocation proposed, sees what another choice costs, and accepts it", async ({ as, who }) => {
  const lead = await as("programme lead");
  await lead.goto("/programme");
  await lead.getByRole("link", { name: "Allocation" }).click();
  await expect(lead.getByRole("heading", { level: 1 })).toContainText("Allocation");
  await expect(lead.getByText("things have nobody:")).toContainText("Open classrooms week");
  await calm(lead);
  await lead.getByText("Add standing work").click();
  await lead.getByLabel("What it is").fill("The library of lesson starters");
  await lead.getByRole("button", { name: "Add it" }).click();
  await expect(lead.getByRole("alert")).toContainText("Give whole hours a term");
  await expect(lead.getByLabel("What it is")).toHaveValue("The library of lesson starters");
  await calm(lead);
  await lead.getByLabel("Hours a term").fill("5");
  await lead.getByRole("button", { name: "Add it" }).click();
  await expect(lead.getByRole("status")).toContainText("Added.");

  await lead.getByRole("button", { name: "Propose the best allocation" }).click();
  await expect(lead.getByText("It is proved that within these hours none is better than the proposal")).toBeVisible();
  await calm(lead);
  const list = lead.getByLabel("The library of lesson starters");
  const { name } = who(PRACTITIONER);
  const value = await list.locator("option", { hasText: name }).getAttribute("value");
  await list.selectOption(value ?? "");
  await lead.getByRole("button", { name: "Work out what this costs" }).click();
  await expect(lead.getByLabel("The library of lesson starters")).toHaveValue(value ?? "");
  await calm(lead);
  await lead.getByRole("button", { name: "Accept it as chosen" }).click();
  await expect(lead.getByRole("status")).toContainText("Accepted.");
  await expect(lead.locator("#standing")).toContainText(name);
  await calm(lead);
});

/** R-ALL-18 MAT-02 */
test("the lead asks what if somebody had more hours, before agreeing them", async ({ as, who }) => {
  const lead = await as("programme lead");
  await lead.goto("/programme/allocation");
  await lead.getByRole("link", { name: "what if somebody had other hours" }).click();
  await lead.getByRole("button", { name: "Work it out" }).click();
  await expect(lead.getByRole("alert")).toContainText("Choose whose hours you think of.");
  await calm(lead);
  const list = lead.getByLabel("Whose hours");
  const { name } = who(PRACTITIONER);
  await list.selectOption((await list.locator("option", { hasText: name }).getAttribute("value")) ?? "");
  await lead.getByLabel("Hours of the term").fill("25");
  await lead.getByRole("button", { name: "Work it out" }).click();
  await expect(lead.getByRole("heading", { level: 2 })).toContainText(`${name} with 25 h more`);
  await calm(lead);
});

/** R-ALL-14 TIM-04 */
test("whoever was given standing work finds it in their year", async ({ as }) => {
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto("/hours/time");
  await expect(practitioner.getByText("The library of lesson starters: 5 h a term")).toBeVisible();
  await calm(practitioner);
});
