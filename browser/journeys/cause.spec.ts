import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

/** R-CAU-16 R-CAU-18 R-CAU-19 R-CAU-20 EVI-06 */
test("chance decides who begins: the lead opens a lot, a senior leader adds words, and the order is there to be checked", async ({ as }) => {
  const lead = await as("programme lead");
  await lead.goto("/evidence/lots");
  await expect(lead.getByText("Checked just now: the order is the one that was committed to.")).toBeVisible();
  await expect(lead.getByRole("heading", { name: "A lot waits to be drawn" })).toBeVisible();
  await calm(lead);
  await lead.getByText("Give it up").first().click();
  await lead.getByLabel("Why?").fill("Both areas can start after all");
  await lead.getByRole("button", { name: "Give it up" }).click();
  await expect(lead.getByText("before it was drawn: Both areas can start after all")).toBeVisible();
  await lead.getByRole("button", { name: "Open it" }).click();
  await expect(lead.locator(".error-text").first()).toContainText("Choose at least two areas.");
  await calm(lead);
  for (const box of await lead.getByRole("checkbox").all()) await box.check();
  await lead.getByLabel("Spring term 2027").fill("1");
  await lead.getByRole("button", { name: "Open it" }).click();
  const waits = lead.getByRole("region", { name: "A lot waits to be drawn" });
  await expect(waits).toContainText("1 area begins in Spring term 2027; the others later or never.");
  const committed = await waits.locator("code").textContent();

  const leader = await as("senior leader");
  await leader.goto("/evidence/lots");
  await calm(leader);
  await leader.getByLabel("Words of your own").fill("A kettle on the quay");
  await leader.getByRole("button", { name: "Add them and draw" }).click();
  const drawn = leader.getByRole("region", { name: "Drawn on 24 Nov 2026" });
  await expect(drawn).toContainText("Checked just now");
  await expect(drawn.getByRole("row")).toHaveCount(3);
  await drawn.getByText("Draw it again by hand").click();
  await expect(drawn).toContainText(committed ?? "nothing");
  await expect(drawn).toContainText("'A kettle on the quay'");
  await calm(leader);
});

/** R-CAU-22 R-CAU-24 R-CAU-25 R-CAU-26 R-CAU-27 R-CAU-28 R-CAU-29 EVI-06 */
test("a question is asked, how small an effect could be seen comes next, and then the answer", async ({ as }) => {
  const lead = await as("programme lead");
  await lead.goto("/evidence/cause");
  await expect(lead.locator("main")).toContainText("Level 4 of 4, evidence: There is evidence of an effect of");
  await calm(lead);
  await lead.getByRole("link", { name: "Ask a question" }).click();
  await lead.getByRole("link", { name: "The lot that was drawn on 6 Oct 2025" }).click();
  await expect(lead.locator("main")).toContainText("so this question is exploratory");
  await lead.getByLabel("What may have changed").selectOption({ label: "Attendance" });
  await lead.getByRole("button", { name: "Ask it, for good" }).click();
  await expect(lead.locator(".error-text").first()).toContainText("Say yes or no.");
  await expect(lead.getByLabel("What may have changed")).toHaveValue("attendance");
  await calm(lead);
  for (const question of await lead.getByRole("radio", { name: "No" }).all()) await question.check();
  await lead.getByRole("button", { name: "Ask it, for good" }).click();
  await expect(lead.getByRole("heading", { level: 1 })).toContainText("Attendance, Autumn term 2023 to Summer term 2026");
  await expect(lead.locator("main")).toContainText("figures from the first beginning on were entered when it was asked");
  await expect(lead.getByText("Nobody has seen it. First comes how small")).toBeVisible();
  await calm(lead);
  await lead.getByRole("button", { name: "Work it out" }).click();
  await expect(lead.getByRole("region", { name: "How small an effect could be seen" })).toContainText("percentage points; uncertain");
  await lead.getByRole("button", { name: "Show what came of it" }).click();
  const answer = lead.locator("#answer");
  await expect(answer.getByRole("heading", { level: 3 })).toContainText("Level 3 of 4, consistent with an effect");
  await expect(answer).toContainText("Exploratory: one question of several.");
  await expect(answer.getByRole("img")).toHaveCount(2);
  await calm(lead);
  await lead.getByRole("button", { name: "Show it once more" }).click();
  await expect(lead.locator(".error-summary")).toContainText("The figures are those of the last reading.");

  const leader = await as("senior leader");
  await leader.goto("/evidence/cause");
  await leader.getByRole("link", { name: "Attendance, Autumn term 2023 to Summer term 2026" }).first().click();
  await expect(leader.getByRole("heading", { level: 3 })).toContainText("Level 3 of 4");
  await expect(leader.getByRole("button", { name: "Show it once more" })).toHaveCount(0);
  await calm(leader);
});
