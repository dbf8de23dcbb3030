import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

/** R-TST-1 R-TST-2 R-TST-3 R-TST-4 EVI-14 */
test("a teacher writes for leaders, the lead reads it, and it is gone when the teacher withdraws it", async ({ as }) => {
  const teacher = await as("teacher with voluntary support");
  await teacher.goto("/account");
  await teacher.getByRole("link", { name: "Have a look" }).click();
  await expect(teacher.getByRole("heading", { name: "Who can see this" })).toBeVisible();
  await calm(teacher);
  await teacher.getByRole("radio", { name: "What it did for me" }).check();
  await teacher.getByLabel("In your own words").fill("I begin with the mistake now.");
  await teacher.getByRole("radio", { name: /^Leaders and governors/ }).check();
  await teacher.getByRole("button", { name: "Let them read it" }).click();
  await expect(teacher.locator(".error-text").first()).toContainText("Tick that you agree, if you do.");
  await expect(teacher.getByLabel("In your own words")).toHaveValue("I begin with the mistake now.");
  await calm(teacher);
  await teacher.getByRole("checkbox", { name: /^I agree/ }).check();
  await teacher.getByRole("button", { name: "Let them read it" }).click();
  await expect(teacher.getByRole("heading", { name: "What leaders read now" })).toBeVisible();
  await calm(teacher);

  const lead = await as("programme lead");
  await lead.getByRole("link", { name: "Testimony" }).click();
  await expect(lead.locator("main")).toContainText("I begin with the mistake now.");
  await calm(lead);
  await lead.getByRole("link", { name: "for governors" }).click();
  await expect(lead.locator("main")).toContainText("I begin with the mistake now.");
  await calm(lead);

  await teacher.getByRole("button", { name: "Withdraw it" }).click();
  await expect(teacher.getByText("Withdrawn. It is deleted")).toBeVisible();
  await lead.reload();
  await expect(lead.locator("main")).not.toContainText("I begin with the mistake now.");
  await lead.goto("/programme/testimony");
  await expect(lead.locator("main")).not.toContainText("Sam Okafor");
});
