import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { arrived, keyed, message, pair, plan, PRACTITIONER, press, saidPart, TEACHER, write } from "../helpers/sealed.ts";
import { ask } from "../helpers/support.ts";

const FIRST = "<b>Not bold</b> & \"quoted\": what I said first";
const ANSWER = "What the practitioner said";
const GOAL = "What I want to be able to do next";
const ELSEWHERE = "What was said to somebody else";
const CONTENT = "What the file holds, ä and ✓";
const THIRD = "uninvolved practitioner";

interface Taken {
  threads: {
    with: string;
    items: { kind: string; by: string; versions: { text: string }[] }[];
    files: { name: string; base64: string }[];
    closed: unknown[];
  }[];
}

/** Puts both files together and saves them. */
async function take(page: Page): Promise<{ html: string; json: Taken; whole: string }> {
  await page.goto("/account/data");
  await calm(page);
  await page.getByRole("button", { name: "Put my files together" }).click();
  await expect(page.getByRole("heading", { name: "Your two files" })).toBeVisible();
  await calm(page);
  const save = async (name: RegExp) => {
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    return readFile(await (await saving).path(), "utf8");
  };
  const [html, whole] = [await save(/\(HTML\)/), await save(/\(JSON\)/)];
  return { html, json: JSON.parse(whole), whole };
}

/** R-ACC-13 */
test("whoever takes everything gets what was said opened, files too, and nothing of others", async ({ as, who, browser }) => {
  test.setTimeout(240_000);
  const { teacher, practitioner } = await pair(as, FIRST);
  await write(practitioner, ANSWER);
  await teacher.reload();
  await expect(message(teacher, ANSWER)).toBeVisible();
  await plan(teacher, GOAL);
  await saidPart(teacher).getByText("Add a file").click();
  const buffer = Buffer.from(CONTENT);
  await saidPart(teacher).getByLabel(/A file for the two of you/).setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer });
  await press(teacher, "Send the file");
  await arrived(teacher, "plan.txt");
  await keyed(await as(THIRD));
  await ask(teacher, who(THIRD).name);
  await write(teacher, ELSEWHERE);

  const mine = await take(teacher);
  const [first, third] = [PRACTITIONER, THIRD].map((name) => mine.json.threads.find((one) => one.with === who(name).name));
  const texts = (thread = first) => thread?.items.map(({ by, versions }) => [by, versions.at(-1)?.text]) ?? [];
  expect(texts()).toContainEqual([who(TEACHER).name, FIRST]);
  expect(texts()).toContainEqual([who(PRACTITIONER).name, ANSWER]);
  expect(first?.items.filter(({ kind }) => kind === "goal").map(({ versions }) => versions[0]?.text).join()).toContain(GOAL);
  expect(first?.files.map(({ name, base64 }) => [name, Buffer.from(base64, "base64").toString()])).toEqual([["plan.txt", CONTENT]]);
  expect(texts(third)).toEqual([[who(TEACHER).name, ELSEWHERE]]);
  expect([first?.closed, third?.closed]).toEqual([[], []]);

  // The file to read, as a browser without a network shows it.
  const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
  const reading = await context.newPage();
  await reading.setContent(mine.html);
  for (const text of [FIRST, ANSWER, GOAL, ELSEWHERE]) await expect(reading.locator("main")).toContainText(text);
  await expect(reading.locator("b"), "text is only ever text").toHaveCount(0);
  const kept = await reading.getByRole("link", { name: "Keep plan.txt" }).getAttribute("href");
  expect(Buffer.from(kept?.split(",")[1] ?? "", "base64").toString()).toBe(CONTENT);
  await context.close();

  const theirs = await take(practitioner);
  for (const text of [FIRST, ANSWER, GOAL]) expect(theirs.whole).toContain(JSON.stringify(text).slice(1, -1));
  for (const text of [theirs.whole, theirs.html]) {
    expect(text, "another thread").not.toContain(ELSEWHERE);
    expect(text, "whom else somebody works with").not.toContain(who(THIRD).name);
  }
  const plain = await (await teacher.request.get("/account/data.json")).text();
  for (const text of ["Not bold", ANSWER, GOAL, ELSEWHERE]) expect(plain, "the server's own").not.toContain(text);
});
