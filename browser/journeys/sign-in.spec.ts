import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { tabTo } from "../helpers/keyboard.ts";
import { type Accounts, signIn } from "../helpers/people.ts";

const TEACHER = "voluntary support";

/** The two fields of the ordinary form. */
function fields(page: Page, { sign_in }: Accounts) {
  const field = (name: string) => page.locator(`input[name="${name}"]`);
  return { user: field(sign_in.user_field), password: field(sign_in.password_field) };
}

test("a teacher signs in through the ordinary form and comes to a page of her own", async ({ page, college }) => {
  await page.goto(college.accounts.sign_in.path);
  await calm(page);
  const teacher = await signIn(page, college.accounts, TEACHER);
  await expect(page.locator("body")).toContainText(teacher.name);
  await calm(page);
});

/** R-ACC-6 */
test("one click on a sample person signs in as that person", async ({ page, college, who }) => {
  const teacher = who(TEACHER);
  await page.goto(college.accounts.sign_in.path);
  await page.getByRole("button", { name: teacher.name }).click();
  await expect(fields(page, college.accounts).password).toHaveCount(0);
  await expect(page.locator("body")).toContainText(teacher.name);
});

/** R-ACC-1 */
test("a wrong password and an unknown name are answered with the same sentence, and what was typed stays", async ({
  page,
  college,
  who,
}) => {
  const { user, password } = fields(page, college.accounts);
  const told = async (name: string) => {
    await page.goto(college.accounts.sign_in.path);
    await user.fill(name);
    await password.fill("not the password");
    await password.press("Enter");
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(user).toHaveValue(name);
    await expect(password).toHaveValue("");
    await calm(page);
    return page.getByRole("alert").innerText();
  };
  const wrong = await told(who(TEACHER).user);
  expect(wrong.trim()).not.toBe("");
  expect(await told("nobody@college.example")).toBe(wrong);
});

test("signing in needs nothing but the keyboard", async ({ page, college, who }) => {
  const teacher = who(TEACHER);
  const { user, password } = fields(page, college.accounts);
  await page.goto(college.accounts.sign_in.path);
  await tabTo(page, user);
  await page.keyboard.type(teacher.user);
  await tabTo(page, password);
  await page.keyboard.type(teacher.password);
  await page.keyboard.press("Enter");
  await expect(password).toHaveCount(0);
  await expect(page.locator("body")).toContainText(teacher.name);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the ordinary form signs in all the same", async ({ page, college }) => {
    const teacher = await signIn(page, college.accounts, TEACHER);
    await expect(page.locator("body")).toContainText(teacher.name);
  });
});
