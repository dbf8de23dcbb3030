import { readFile } from "node:fs/promises";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

/** R-DOC-1 R-DOC-2 R-DOC-6 R-DOC-8 PRO-08 */
test("a senior leader takes the year along, and a page for governors", async ({ as }) => {
  const page = await as("senior leader");
  await page.goto("/evidence/2025");
  const taken = async (name: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    const file = await download;
    return { name: file.suggestedFilename(), text: (await readFile(await file.path())).toString("latin1") };
  };
  const report = await taken("PDF");
  expect(report.name).toBe("year-2025-26.pdf");
  expect(report.text).toContain("/StructTreeRoot");
  const rows = await taken("CSV");
  expect(rows.name).toBe("year-2025-26.csv");
  expect(rows.text).toMatch(/Voluntary one-to-one support,Everybody,people,,\d+,\d+,3\d\d,/);
  expect((await taken("XLSX")).text.startsWith("PK")).toBe(true);

  await page.getByRole("link", { name: "For governors" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "for governors" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Whom it reached" })).toBeVisible();
  await calm(page);
  const pages = (text: string) => text.match(/\/Type ?\/Page\b/g);
  const governors = await taken("PDF");
  expect(governors.name).toMatch(/for-governors\.pdf$/);
  expect(pages(governors.text)).toHaveLength(1);

  await page.goto("/evidence/value/case?year=2025");
  await calm(page);
  const paper = await taken("PDF");
  expect(pages(paper.text)).toHaveLength(1);
});
