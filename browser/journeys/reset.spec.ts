import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

const TEACHER = "voluntary support";
const FRESH = "three quiet words again";

/** R-ACC-7 R-ACC-8 */
test("who forgot gets a link by mail, chooses a new password, is signed out elsewhere and is told", async ({
  page,
  as,
  college,
  who,
}) => {
  const teacher = who(TEACHER);
  const elsewhere = await as(TEACHER);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "No password yet, or forgotten?" }).click();
  await calm(page);
  await page.getByLabel("E-mail address").fill(teacher.user);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look into your mail");
  await calm(page);

  const link = async () => {
    const mine = (await college.mails()).filter((mail) => mail.includes(`To: ${teacher.user}`));
    return mine.map((mail) => mail.match(/http\S+\/set-up\/\w+/)?.[0]).find(Boolean) ?? "";
  };
  await expect.poll(link, { timeout: 20_000 }).not.toBe("");
  await page.goto(await link());
  await calm(page);
  await page.getByLabel("Password").fill(FRESH);
  await page.getByLabel("The same once more").fill(FRESH);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.getByLabel("E-mail address").fill(teacher.user);
  await page.getByLabel("Password").fill(FRESH);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("link", { name: teacher.name }).click();
  await expect(page.locator("main")).toContainText("A new password was chosen with a link.");
  await expect(page.locator("main")).toContainText("this one");
  await calm(page);
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL(/\/sign-in$/);

  const told = async () =>
    (await college.mails()).some((mail) => mail.includes(`To: ${teacher.user}`) && mail.includes("was changed"));
  await expect.poll(told, { timeout: 20_000 }).toBe(true);
  await page.goto(await link());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link does not work any more");
});

/** R-MAI-3 */
test("how often mail comes is chosen on the account page", async ({ as }) => {
  // Somebody whose password stands: the teacher's was just changed.
  const page = await as("teacher who has not asked");
  await page.goto("/account");
  await expect(page.getByLabel("Once a day")).toBeChecked();
  await page.getByLabel("Once a week").check();
  await page.locator("form[action='/account/mail']").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved.");
  await expect(page.getByLabel("Once a week")).toBeChecked();
});
