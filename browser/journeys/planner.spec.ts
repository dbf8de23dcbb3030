import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

const PRACTITIONER = "practitioner who supports";

test.describe.configure({ mode: "serial" });

/** What the planner says of somebody's year. */
function year(page: Page, name: string) {
  return page.locator("#years p").filter({ hasText: new RegExp(`^${name}: .* asked of `) });
}

/** R-TIM-1 R-TIM-3 R-TIM-4 TIM-04 TIM-05 */
test("the lead changes an assumption, reads whose year does not fit, gives more hours, and it fits", async ({ as, who }) => {
  const lead = await as("programme lead");
  const { name } = who(PRACTITIONER);
  await lead.getByRole("link", { name: "The planner" }).click();
  await expect(lead.getByRole("heading", { level: 1 })).toHaveText("The planner, 2026/27");
  await expect(lead.getByText("One year does not fit:")).toContainText("Aisha Rahman");
  await expect(year(lead, name)).toContainText("are left.");
  await expect(lead.getByRole("img", { name: new RegExp(`^${name}: .*one-to-one support`) })).toBeVisible();
  await calm(lead);
  await lead.getByText("The same as a table").click();
  await expect(lead.getByRole("row", { name })).toContainText("150 h");
  await calm(lead);

  await lead.getByLabel("Hours for each of them").fill("8");
  await lead.getByRole("button", { name: "Work it out with these" }).click();
  await expect(lead.getByRole("status")).toContainText("worked out anew");
  await expect(year(lead, name)).toContainText("do not fit.");
  const more = await lead.locator("#years > div", { hasText: `${name}: ` }).getByText(/^More hours: \d+ h/).innerText();
  const hours = /More hours: (\d+) h/.exec(more)?.[1] ?? "";
  await calm(lead);

  await lead.getByRole("link", { name: `Change hours or areas of ${name}` }).click();
  await lead.getByLabel("Remitted").fill(hours);
  await lead.locator("#remission").getByRole("button", { name: "Save" }).click();
  await lead.getByRole("link", { name: "What the year asks" }).click();
  await expect(lead.locator("p.lede")).toHaveText(new RegExp(`^${name}: .* (are left|fits exactly)`));
  await calm(lead);
});

/** R-TIM-4 */
test("what nobody means is refused at its field, and nothing typed is lost", async ({ as }) => {
  const lead = await as("programme lead");
  await lead.goto("/programme/planner");
  await lead.getByLabel("Of a hundred staff in an area").fill("120");
  await lead.getByLabel("Minutes of one session").fill("25");
  await lead.getByRole("button", { name: "Work it out with these" }).click();
  await expect(lead.getByRole("alert")).toContainText("Give a whole number from 0 to 100.");
  await expect(lead.getByLabel("Minutes of one session")).toHaveValue("25");
  await calm(lead);
});

/** R-TIM-5 R-TIM-7 */
test("a half-day and a block are agreed, and the practitioner finds them with the bank", async ({ as, who }) => {
  const lead = await as("programme lead");
  await lead.goto("/programme/planner");
  await lead.locator("#years").getByRole("link", { name: who(PRACTITIONER).name, exact: true }).click();
  await lead.getByLabel("First day").first().fill("2027-02-01");
  await lead.getByLabel("Last day").first().fill("2027-02-05");
  await lead.getByLabel("Hours", { exact: true }).first().fill("400");
  await lead.locator("#pattern").getByRole("button", { name: "Save" }).click();
  await expect(lead.getByRole("alert")).toContainText("eight hours for each day of teaching");
  await lead.getByLabel("Hours", { exact: true }).first().fill("8");
  await calm(lead);
  await lead.locator("#pattern").getByRole("button", { name: "Save" }).click();
  await expect(lead.getByRole("status")).toContainText("Saved.");

  const tutor = await as(PRACTITIONER);
  await tutor.goto("/hours");
  await expect(tutor.getByRole("img", { name: /^Asked: / })).toBeVisible();
  await calm(tutor);
  await tutor.getByRole("link", { name: /^My time this year/ }).click();
  await expect(tutor.getByRole("row", { name: /^In the bank/ })).toBeVisible();
  await expect(tutor.getByText("Protected: Tuesday afternoon.")).toBeVisible();
  await expect(tutor.getByText("Mon 1 Feb to Fri 5 Feb: 8 h")).toBeVisible();
  await calm(tutor);
  await tutor.getByText("This balance does not suit me").click();
  await tutor.getByLabel("What would suit you better?").fill("Fewer days on the other site, please.");
  await tutor.getByRole("button", { name: "Tell the programme lead" }).click();
  await expect(tutor.getByRole("status")).toContainText("Told.");
  await tutor.goto("/week");
  await expect(tutor.getByText("Protected afternoon")).toBeVisible();
  await calm(tutor);
});

/** R-TIM-11 R-TIM-12 */
test("cover is entered by the lead and by the practitioner, and costs are read by the lead alone", async ({ as, who }) => {
  const lead = await as("programme lead");
  await lead.goto("/programme/planner");
  await expect(lead.getByText("“Fewer days on the other site, please.”")).toBeVisible();
  await lead.getByRole("link", { name: "Cover", exact: true }).click();
  await calm(lead);
  await lead.getByLabel("Whose class").selectOption({ label: who(PRACTITIONER).name });
  await lead.getByLabel("Or on one day").fill("2026-12-03");
  await lead.getByLabel("From").fill("13:00");
  await lead.getByLabel("Until").fill("15:00");
  await lead.getByLabel("Who takes the class").selectOption({ label: "The head takes the class" });
  await lead.getByRole("button", { name: "Add it to the list" }).click();
  await expect(lead.getByRole("row", { name: /Thu 3 Dec, 13:00–15:00/ })).toBeVisible();
  await lead.getByRole("link", { name: "What it costs" }).click();
  await expect(lead.getByText(/As far as it is entered: £/)).toBeVisible();
  await calm(lead);

  const tutor = await as(PRACTITIONER);
  await tutor.goto("/hours/time");
  await expect(tutor.getByRole("row", { name: /Thu 3 Dec, 13:00–15:00/ })).toBeVisible();
  await expect(tutor.getByRole("main")).not.toContainText("£");
  expect((await tutor.goto("/programme/cover/costs"))?.status()).toBe(404);
});
