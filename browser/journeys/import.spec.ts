import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { said } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";

/** Chooses a file on the page one is on. */
async function choose(page: Page, name: string, text: string, button: string): Promise<void> {
  const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.locator("#file").setInputFiles(file);
  await page.getByRole("button", { name: button }).click();
}

/** R-IMP-1 R-IMP-3 R-IMP-9 R-IMP-10 */
test("a bad file is mended, looked through, brought in and undone", async ({ as, who }) => {
  const teacher = who(TEACHER);
  const page = await as("administrator");
  await page.getByRole("link", { name: "Bring in a file" }).click();
  await expect(page.getByRole("heading", { name: "Bring in a file" })).toBeVisible();
  await calm(page);

  const bad = [
    "E-mail,Name,Job title,Area,Salary",
    `${teacher.user},${teacher.name},Advanced Lecturer,,31000`,
    "not an address,Wanjiru Kamau,Lecturer,Sport,32000",
  ].join("\n");
  await choose(page, "changes.csv", bad, "Read the file");
  await expect(page.getByRole("heading", { name: "1 thing to put right" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "not an address" })).toContainText("E-mail (A)");
  await calm(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the file to put right" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("What to put right");
  expect(text, "pay is dropped at the door").not.toContain("32000");

  await choose(page, "mended.csv", text.replace("not an address", "wanjiru.kamau@college.example"), "Read the mended file");
  await expect(page.getByRole("heading", { name: "What this file would change" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: teacher.name })).toContainText("Advanced Lecturer");
  await calm(page);
  await page.getByRole("link", { name: "Change the columns" }).click();
  await expect(page.getByLabel(/^A · E-mail/)).toHaveValue("email");
  await calm(page);
  await page.getByRole("button", { name: "See what it would change" }).click();
  await page.getByRole("button", { name: "Bring it in" }).click();
  await expect(said(page)).toContainText("Brought in");
  await calm(page);

  await page.getByRole("button", { name: "Undo this file" }).click();
  await expect(said(page)).toContainText("Nobody was deleted");
  await calm(page);
  await page.goto("/people?find=wanjiru");
  await expect(page.getByRole("button", { name: "Switch on the account of Wanjiru Kamau" })).toBeVisible();
});
