import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

/** R-REV-2 R-REV-3 R-REV-5 R-REV-6 R-REV-7 R-REV-8 EVI-16 GOV-09 */
test("the lead looks at how the programme is set up, holds the review of the term, and a senior leader reads it", async ({ as }) => {
  const lead = await as("programme lead");
  await expect(lead.locator("main")).toContainText("The review of autumn term 2026 is due by the end of term");
  await lead.getByRole("link", { name: "Self-check" }).click();
  await expect(lead.getByRole("heading", { level: 1, name: "How the programme is set up" })).toBeVisible();
  await calm(lead);
  const trust = lead.getByRole("region", { name: "Between colleagues, and safe" });
  await trust.getByText("It cannot be seen from here: answer it").click();
  await trust.getByRole("button", { name: "Keep the answer" }).click();
  await expect(lead.locator(".error-text")).toContainText("Choose how it stands");
  await calm(lead);
  await trust.getByRole("radio", { name: "Yes" }).check();
  await trust.getByLabel("Why (if you like)").fill("Within three days, they say.");
  await trust.getByRole("button", { name: "Keep the answer" }).click();
  await expect(trust).toContainText("Yes. Within three days, they say. (answered 24 Nov 2026)");

  await lead.getByRole("link", { name: "Reviews" }).click();
  await expect(lead.locator("main")).toContainText("Still to do: Have it written into the appraisal policy");
  await calm(lead);
  await lead.getByRole("button", { name: "Open the review of autumn term 2026" }).click();
  await expect(lead.getByRole("heading", { level: 1, name: "Review of autumn term 2026" })).toBeVisible();
  await calm(lead);
  await lead.getByLabel(/^Priorities/).fill("Feedback stays our priority.");
  await lead.getByRole("button", { name: "Keep this" }).click();
  await lead.getByLabel("What is decided").fill("Name somebody for each area.");
  await lead.getByLabel("Who does it").selectOption({ label: "Helen Marsh, programme lead" });
  await lead.getByRole("button", { name: "Add it" }).click();
  await expect(lead.locator(".error-text").first()).toContainText("Give the day by which it is done");
  await expect(lead.getByLabel("What is decided")).toHaveValue("Name somebody for each area.");
  await lead.getByLabel("By which day").fill("2027-01-08");
  await lead.getByRole("button", { name: "Add it" }).click();
  await expect(lead.locator("main")).toContainText("by 8 Jan 2027");
  await lead.getByRole("button", { name: "Close it" }).click();
  await expect(lead.locator("main")).toContainText("closed on 24 Nov 2026");
  await calm(lead);
  await lead.getByRole("button", { name: /^It is done/ }).click();
  await expect(lead.locator("main")).toContainText("done on 24 Nov 2026");

  const senior = await as("senior leader");
  await senior.goto("/evidence");
  await expect(senior.locator("main")).toContainText("all it decided is done.");
  await senior.getByRole("link", { name: "Reviews" }).first().click();
  await senior.getByRole("link", { name: "Review of autumn term 2026" }).click();
  await expect(senior.locator("main")).toContainText("Feedback stays our priority.");
  await expect(senior.locator("main form")).toHaveCount(0);
  await calm(senior);
  await senior.emulateMedia({ media: "print" });
  await expect(senior.getByRole("link", { name: "The road" })).toBeHidden();
  await expect(senior.getByRole("heading", { name: "Decisions" })).toBeVisible();
});

/** R-REV-9 R-REV-10 GOV-11 */
test("the road says in which year the programme is, and what not to expect of it yet", async ({ as }) => {
  const senior = await as("senior leader");
  await senior.goto("/programme/road");
  await expect(senior.locator("main")).toContainText("Year 3 of about five: becoming usual.");
  await expect(senior.getByRole("img", { name: "A road with five milestones, one for each year" })).toBeVisible();
  await expect(senior.locator("main")).toContainText("Reach that grows each term.");
  await calm(senior);
  const lead = await as("programme lead");
  await lead.goto("/programme/road");
  await lead.getByLabel("First day of the programme").fill("2026-09-07");
  await lead.getByLabel("Senior sponsor").selectOption({ label: "Ruth Adeyemi" });
  await lead.getByRole("button", { name: "Keep this" }).click();
  await expect(lead.locator("main")).toContainText("Year 1 of about five: getting known.");
  await expect(lead.locator("main")).toContainText("Ruth Adeyemi sponsors it.");
  await calm(lead);
});
