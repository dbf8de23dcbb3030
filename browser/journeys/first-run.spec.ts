import { resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { Empty } from "../helpers/empty.ts";
import { ask } from "../helpers/support.ts";

const STAFF = resolve(import.meta.dirname, "../../demo/staff.csv");
const WORDS = "four words are easy";

let program: Empty;

test.beforeEach(async () => {
  program = await Empty.open();
});

test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) await info.attach("program.log", { body: program.log });
  await program.close();
});

/** Saves a step and waits for the one that follows. */
async function save(page: Page, next: string): Promise<void> {
  await page.getByRole("button", { name: /^Save and/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: next })).toBeVisible();
  await calm(page);
}

/** Chooses a password with a link of one's own, and signs in with it. */
async function choosePassword(page: Page, link: string, email: string): Promise<void> {
  await page.goto(program.base + link);
  await page.getByLabel("Password", { exact: true }).fill(WORDS);
  await page.getByLabel("The same once more").fill(WORDS);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(WORDS);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** R-SET-4 R-SET-6 */
test("from an empty folder to a teacher's first request", async ({ page, browser }) => {
  test.setTimeout(120_000);
  await page.goto(program.base);
  await expect(page.getByRole("heading", { level: 1, name: "Welcome to Alongside" })).toBeVisible();
  await calm(page);
  await page.getByRole("link", { name: "Set up your college" }).click();

  await page.getByLabel("Name of your college").fill("Harbourside College");
  await page.getByLabel(/^UKPRN/).fill("123");
  await page.getByRole("button", { name: /^Save and/ }).click();
  await expect(page.getByRole("alert")).toContainText("A UKPRN has eight digits");
  await expect(page.getByLabel("Name of your college"), "what was typed stays").toHaveValue("Harbourside College");
  await calm(page);
  await page.getByLabel(/^UKPRN/).fill("10000001");
  await save(page, "The role and the model");

  await page.getByLabel("What you call one of them").fill("Professional Tutor");
  await page.getByRole("radio", { name: /^Universal/ }).check();
  await save(page, "The year");

  await page.getByLabel("First day").nth(1).fill("2020-01-01");
  await page.getByRole("button", { name: /^Save and/ }).click();
  await expect(page.getByRole("alert")).toContainText("is outside the year");
  await calm(page);
  await page.goto(`${program.base}/begin/year`);
  await save(page, "Staff");

  // The program is stopped half-way and started again: what was saved is there.
  program = await program.again();
  await page.goto(program.base);
  await page.getByRole("link", { name: "Go on setting up" }).click();
  await page.getByLabel("Your list of staff").setInputFiles(STAFF);
  await page.getByRole("button", { name: "Read the file" }).click();
  await expect(page.getByRole("main")).toContainText("5 practitioners");
  await calm(page);
  await page.getByRole("link", { name: "Keep it and go on" }).click();

  await page.getByLabel("More areas, one a line").fill("Land-based Studies");
  await save(page, "Practitioners and their hours");
  await page.getByLabel("Add somebody from the staff file").fill("Petra Dąbrowski");
  await save(page, "Lead and administrator");
  await page.getByLabel("Administrator").fill("Ng <ng@college.example>");
  await save(page, "Look everything over");
  await expect(page.getByRole("main")).toContainText("Petra Dąbrowski: 150 h of 773 h a year");

  await page.getByRole("radio", { name: /^Ng/ }).check();
  await page.getByLabel("Choose your password").fill(WORDS);
  await page.getByLabel("The same once more").fill(WORDS);
  await page.getByRole("button", { name: "Go live" }).click();
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole("status").first()).toContainText("Your college is live");
  await calm(page);
  const gone = await page.request.get(`${program.base}/begin`);
  expect(gone.status(), "setting up is over").toBe(404);

  const teacher = await browser.newPage({ baseURL: program.base });
  await choosePassword(teacher, await program.link("rohan.dhillon@college.example"), "rohan.dhillon@college.example");
  await ask(teacher, "Priya Nair");
  await expect(teacher.getByRole("main")).toContainText("Priya Nair");
  await teacher.close();
});

/** PRO-02 */
test("the sample is looked at first, and the way back leads to setting up", async ({ page }) => {
  await page.goto(program.base);
  await page.getByRole("button", { name: "Look around" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await calm(page);
  await page.getByRole("button", { name: /^Look around as Sam Okafor/ }).click();
  await expect(page.locator("body")).toContainText("Sample college");
  await page.getByRole("link", { name: "Be somebody else" }).click();
  await page.getByRole("link", { name: "Leave the sample and set up your own college" }).click();
  await expect(page.getByRole("link", { name: "Back to the sample college" })).toBeVisible();
  await page.getByRole("link", { name: "Set up your college" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your college" })).toBeVisible();
});
