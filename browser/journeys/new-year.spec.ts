import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

const PRACTITIONER = "practitioner who supports";

test.use({ today: "2027-07-08" });
test.describe.configure({ mode: "serial" });

test("the lead finds the next year on the board, changes one, stops another and starts it", async ({ as, who }) => {
  const lead = await as("programme lead");
  const { name } = who(PRACTITIONER);
  await expect(lead.getByText("The year 2027/28 is not set yet.")).toBeVisible();
  await lead.getByRole("link", { name: /start 2027\/28 in one step/ }).click();
  await expect(lead.getByRole("heading", { level: 1 })).toHaveText("The year 2027/28");
  await calm(lead);

  const own = lead.getByRole("group", { name, exact: true });
  await own.getByLabel("Remitted").fill("900");
  await own.getByLabel("Unit").selectOption({ label: "hours a year" });
  const other = lead.locator("fieldset.card").filter({ hasNot: lead.getByRole("heading", { name }) }).first();
  const stopping = await other.getByRole("heading").innerText();
  await other.getByLabel("First day without the role, if they stop").fill("2027-09-01");
  await lead.getByRole("button", { name: "Start the year 2027/28" }).click();
  await expect(lead.getByRole("alert")).toContainText("more than a full-time teacher");
  await expect(lead.getByRole("alert")).toContainText("Say that the chart is right");
  await expect(own.getByLabel("Remitted")).toHaveValue("900");
  await expect(other.getByLabel("First day without the role, if they stop")).toHaveValue("2027-09-01");
  await calm(lead);

  await own.getByLabel("Remitted").fill("120");
  await lead.getByText("Change the dates").click();
  await calm(lead);
  await lead.getByLabel("The chart is right: who is here and who manages whom").check();
  await lead.getByRole("button", { name: "Start the year 2027/28" }).click();
  await expect(lead.getByRole("status")).toContainText("The year is set.");
  await expect(lead.getByText("It takes effect by itself on Wed 1 Sep 2027.")).toBeVisible();
  await calm(lead);

  await lead.getByRole("link", { name: "What is set for 2027/28" }).click();
  const coming = lead.locator("#year-2027");
  await expect(coming.getByRole("row", { name })).toContainText("120 hours a year");
  await expect(coming).not.toContainText(stopping);
  await calm(lead);
});

test("on its day the year counts, last year is readable, and the practitioner reads their own", async ({ as, who }) => {
  const { name } = who(PRACTITIONER);
  const mover = await as("programme lead");
  await mover.goto("/sample");
  await mover.getByLabel("To a day").fill("2027-09-07");
  await mover.getByRole("button", { name: "Move it there" }).click();
  const lead = await as("programme lead");
  await expect(lead.getByText("The year 2027/28 is not set yet.")).toHaveCount(0);
  await lead.getByRole("link", { name: "The years" }).click();
  await expect(lead.locator("#year-2026").getByRole("row", { name })).toContainText("150");
  await expect(lead.locator("#year-2027").getByRole("row", { name })).toContainText("120 hours a year");
  await calm(lead);

  const tutor = await as(PRACTITIONER);
  await tutor.goto("/hours");
  await tutor.getByRole("link", { name: "Last year’s hours" }).click();
  await expect(tutor.getByRole("heading", { level: 1 })).toHaveText("My hours in 2026/27");
  await expect(tutor.getByRole("row", { name: /^Autumn term/ })).toBeVisible();
  await calm(tutor);
});
