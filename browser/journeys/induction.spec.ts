import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { said } from "../helpers/support.ts";

const NEWCOMER = "teacher with voluntary support";
const OTHER = "teacher who has not asked";
const MENTOR = "uninvolved practitioner";

test.describe.configure({ mode: "serial" });

/** R-IND-2 */
test("the lead begins a group of two from the proposed plan", async ({ as, who }) => {
  const lead = await as("programme lead");
  await lead.getByRole("link", { name: "Inductions", exact: true }).click();
  await expect(lead.getByRole("heading", { level: 1 })).toHaveText("Inductions");
  await expect(lead.getByRole("main"), "the sample has some").toContainText("Newly qualified");
  await calm(lead);
  await lead.getByRole("link", { name: "New to the post" }).click();
  await expect(lead.getByRole("main")).toContainText("This is proposed.");
  await calm(lead);
  await lead.goto("/inductions/new");
  await calm(lead);
  await lead.getByLabel("Name", { exact: true }).fill(who(NEWCOMER).name);
  await lead.getByText("Several begin together").click();
  await lead.getByLabel("Name 2").fill(who(OTHER).name);
  await lead.getByRole("button", { name: "Begin" }).click();
  await expect(lead.getByRole("alert"), "what is missing is said").toContainText("Choose what kind of newcomer it is.");
  await expect(lead.getByLabel("Name 2"), "what was typed is kept").toHaveValue(who(OTHER).name);
  await calm(lead);
  await lead.getByLabel("New to the post").check();
  await lead.getByLabel("Mentor").selectOption({ label: who(MENTOR).name });
  await lead.getByRole("button", { name: "Begin" }).click();
  await expect(said(lead)).toContainText("Begun.");
  for (const name of [who(NEWCOMER).name, who(OTHER).name]) {
    await expect(lead.getByRole("row").filter({ hasText: name })).toContainText("1 of 12");
  }
  await calm(lead);
});

/** R-IND-5 */
test("the newcomer does the first step in one tap, and takes it back and does it again", async ({ as, who }) => {
  const newcomer = await as(NEWCOMER);
  await newcomer.goto("/support");
  await calm(newcomer);
  await newcomer.getByRole("link", { name: "Your first term" }).click();
  await expect(newcomer.getByRole("heading", { level: 1 })).toHaveText("Your first term");
  await expect(newcomer.getByRole("main")).toContainText(`${who(MENTOR).name}, mentor`);
  await calm(newcomer);
  await newcomer.getByRole("button", { name: /^Done\s*: Meet your mentor$/ }).first().click();
  await expect(said(newcomer)).toContainText("Done.");
  await newcomer.getByRole("button", { name: /^Undo\s*: Meet your mentor$/ }).click();
  await expect(said(newcomer)).toContainText("Taken back.");
  await newcomer.getByRole("button", { name: /^Done\s*: Meet your mentor$/ }).first().click();
  await expect(newcomer.getByRole("listitem").filter({ hasText: "Meet your mentor" }).last()).toContainText("Done on");
  await calm(newcomer);
});

/** R-IND-6 */
test("the mentor finds it in the week and notes thirty minutes", async ({ as, who }) => {
  const mentor = await as(MENTOR);
  await mentor.goto("/week");
  await calm(mentor);
  await mentor.getByRole("link", { name: who(NEWCOMER).name }).click();
  await expect(mentor.getByRole("heading", { level: 1 })).toContainText("first term");
  await calm(mentor);
  await mentor.getByLabel("Minutes").fill("30");
  await mentor.getByRole("button", { name: "Note it" }).click();
  await expect(said(mentor)).toContainText("Its minutes are in your hours.");
  await mentor.goto("/hours");
  await expect(mentor.getByRole("main")).toContainText("Inductions");
});

/** R-IND-7 */
test("lead and manager see that it runs and nothing more", async ({ as, who }) => {
  for (const one of ["programme lead", "line manager"]) {
    const page = await as(one);
    await page.goto("/inductions");
    const row = page.getByRole("row").filter({ hasText: who(NEWCOMER).name });
    await expect(row).toContainText(`${who(MENTOR).name}, mentor`);
    await expect(page.getByRole("main")).not.toContainText("Meet your mentor");
    await expect(page.getByRole("main")).not.toContainText("Done on");
    await calm(page);
  }
});

/** R-IND-8 */
test("the newcomer ends it", async ({ as, who }) => {
  const newcomer = await as(NEWCOMER);
  await newcomer.goto("/induction");
  await newcomer.getByRole("button", { name: "I have settled in" }).click();
  await expect(said(newcomer)).toContainText("Over.");
  await expect(newcomer.getByRole("main")).toContainText("Over since");
  await calm(newcomer);
  const lead = await as("programme lead");
  await lead.goto("/inductions");
  await expect(lead.getByRole("main")).not.toContainText(who(NEWCOMER).name);
  await expect(lead.getByRole("main"), "the other one goes on").toContainText(who(OTHER).name);
  await calm(lead);
});
