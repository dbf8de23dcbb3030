import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { signIn } from "../helpers/people.ts";
import { said } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";

/** Finds one person in the list of staff. */
async function find(page: Page, name: string): Promise<void> {
  await page.goto("/people");
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("row").filter({ hasText: name })).toHaveCount(1);
}

/** R-ACC-2 */
test("the administrator switches an account off, which signs that person out everywhere, and on again", async ({
  as,
  who,
  page,
  college,
}) => {
  const { name, user, password } = who(TEACHER);
  const [desk, pocket] = [await as(TEACHER), await as(TEACHER)];
  const administrator = await as("administrator");
  await expect(administrator).toHaveURL(/\/people$/);
  await calm(administrator);
  await find(administrator, name);
  await calm(administrator);
  await administrator.getByRole("button", { name: `Switch off the account of ${name}` }).click();
  await expect(said(administrator)).toContainText("off");
  for (const each of [desk, pocket]) {
    await each.goto("/support");
    await expect(each).toHaveURL(/\/sign-in$/);
  }

  const refused = async (typed: string) => {
    await page.goto(college.accounts.sign_in.path);
    await page.getByLabel("E-mail address").fill(user);
    await page.getByLabel("Password").fill(typed);
    await page.getByLabel("Password").press("Enter");
    await expect(page.getByRole("alert")).toBeVisible();
    return page.getByRole("alert").innerText();
  };
  expect(await refused(password), "the right password tells no more than a wrong one").toBe(await refused("wrong one"));
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await expect(page.getByRole("link", { name: "My support" }), "nor does the sample's own button let in").toHaveCount(0);

  await find(administrator, name);
  await administrator.getByRole("button", { name: `Switch on the account of ${name}` }).click();
  await expect(said(administrator)).toContainText("on again");
  await signIn(desk, college.accounts, TEACHER);
  await expect(desk.getByRole("link", { name: "My support" })).toBeVisible();
});

test("the list is searched by name, address or area, and says so when nobody matches", async ({ as, who }) => {
  const page = await as("administrator");
  await find(page, who("line manager").name);
  await page.getByRole("searchbox").fill("nobody of that name");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("main")).toContainText("Nobody matches");
  await calm(page);
  await page.getByRole("link", { name: "Show everybody" }).click();
  await page.getByRole("navigation", { name: "Pages of the list" }).getByRole("link").click();
  await expect(page.getByRole("main")).toContainText("page 2 of");
});
