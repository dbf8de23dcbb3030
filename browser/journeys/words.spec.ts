import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { filesWith, memoryWith } from "../helpers/markers.ts";
import { ask } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";
const PRACTITIONER = "uninvolved practitioner";
const FIRST = "MARKER-first: I think I answer my own questions.";
const ANSWER = "MARKER-answer: most of us do. Shall I count the seconds?";

test.describe.configure({ mode: "serial" });

let thread = "";
let words = "";
let code = "";

const said = (page: Page) => page.getByRole("region", { name: "What is said" });
const messages = (page: Page) => said(page).getByRole("list", { name: "Messages" });
const press = (page: Page, name: string) => said(page).getByRole("button", { name, exact: true }).click();

/** Copies the recovery code down and types it back. */
async function recovery(page: Page): Promise<string> {
  await expect(said(page).getByRole("heading", { name: "Your recovery code" })).toBeVisible();
  const shown = await said(page).locator(".said-groups").innerText();
  await calm(page);
  await press(page, "I have it on paper");
  await said(page).getByLabel(/recovery code/i).fill("wrong");
  await said(page).locator("form").getByRole("button").first().click();
  await expect(said(page), "a slip is told").toContainText(/not/);
  await calm(page);
  await said(page).getByLabel(/recovery code/i).fill(shown.toLowerCase().replaceAll(" ", "-"));
  await said(page).locator("form").getByRole("button").first().click();
  await expect(said(page).getByRole("heading", { name: /recovery code/i })).toHaveCount(0);
  return shown;
}

/** R-WRD-6 R-WRD-15 */
test("nothing can be typed to somebody without keys, and keys on one's own device take one question", async ({ as, who }) => {
  const teacher = await as(TEACHER);
  thread = await ask(teacher, who(PRACTITIONER).name, 1);
  await teacher.goto(thread);
  await expect(said(teacher)).toContainText("cannot read words here yet");
  await expect(said(teacher).getByRole("textbox")).toHaveCount(0);
  await calm(teacher);
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(thread);
  await press(practitioner, "Make my keys");
  await calm(practitioner);
  await press(practitioner, "Yes, it is mine");
  await recovery(practitioner);
  await expect(said(practitioner)).toContainText(`once ${who(TEACHER).name} has written first`);
  await calm(practitioner);
});

/** R-WRD-5 R-WRD-6 */
test("the first message on a shared computer shows six words first, and the two read each other", async ({ as, who, college }) => {
  const teacher = await as(TEACHER);
  await teacher.goto(thread);
  await said(teacher).getByLabel(`Write to ${who(PRACTITIONER).name}`).fill(FIRST);
  await press(teacher, "Send");
  await press(teacher, "No, others use it too");
  words = await said(teacher).locator(".said-step .said-code").innerText();
  expect(words.split(" ")).toHaveLength(6);
  await calm(teacher);
  await said(teacher).getByLabel("Type the six words").fill("six other words than these ones");
  await press(teacher, "Keep these words");
  await expect(messages(teacher).getByText(FIRST), "nothing is sent yet").toHaveCount(0);
  await said(teacher).getByLabel("Type the six words").fill(words.toUpperCase());
  await press(teacher, "Keep these words");
  await expect(messages(teacher).getByText(FIRST)).toBeVisible();
  code = await recovery(teacher);
  await calm(teacher);

  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(thread);
  // Another browser than the one in which the keys were made: it is locked, and nothing is shown.
  await expect(said(practitioner).getByText(FIRST)).toHaveCount(0);
  await calm(practitioner);
  expect(college.log, "nothing of it in the log").not.toContain("MARKER");
});

/** R-WRD-1 CON-01 */
test("nothing of what was typed is in any file, in the log or in the memory of the server", async ({ as, college }) => {
  const teacher = await as(TEACHER);
  await teacher.goto("/account");
  const known = "Sample college";
  expect((await memoryWith(college.pid, known)).found, "the search finds what is there").not.toEqual([]);
  expect(await filesWith(college.files, college.accounts.people[0]?.name ?? ""), "in files too").not.toEqual([]);
  for (const marker of [FIRST, "MARKER-first", words, code, code.replaceAll(" ", "")]) {
    expect(await filesWith(college.files, marker), "files").toEqual([]);
    const memory = await memoryWith(college.pid, marker);
    expect(memory.found, "memory").toEqual([]);
    expect(memory.bytes, "read").toBeGreaterThan(1_000_000);
    expect(college.log).not.toContain(marker);
  }
});

/** R-WRD-6 */
test("a second device opens with the words or the code, and wrong ones are told", async ({ as, who }) => {
  const teacher = await as(TEACHER);
  await teacher.goto(thread);
  await said(teacher).getByLabel("Your six words").fill("none of these are the words");
  await press(teacher, "Unlock");
  await expect(said(teacher)).toContainText("did not open your keys");
  await calm(teacher);
  await said(teacher).getByLabel("Your six words").fill(words);
  await press(teacher, "Unlock");
  await expect(messages(teacher).getByText(FIRST)).toBeVisible();
  await calm(teacher);
  await teacher.reload();
  await expect(messages(teacher).getByText(FIRST), "it stays open for a while").toBeVisible();
  await said(teacher).getByLabel(`Write to ${who(PRACTITIONER).name}`).fill("A second thought.");
  await press(teacher, "Send");
  await expect(messages(teacher).getByRole("listitem").filter({ hasText: "A second thought." })).not.toContainText("sending");

  const other = await as(TEACHER);
  await other.goto(thread);
  await press(other, "Use my recovery code");
  await said(other).getByLabel("Your recovery code").fill(code);
  await press(other, "Unlock");
  await expect(messages(other).getByText(FIRST)).toBeVisible();
  await expect(messages(other).getByText("A second thought.")).toBeVisible();
});

/** R-WRD-6 */
test("a page left alone locks, and asks no more, so that the session can end", async ({ as }) => {
  const teacher = await as(TEACHER);
  await teacher.clock.install();
  await teacher.goto(thread);
  await said(teacher).getByLabel("Your six words").fill(words);
  await press(teacher, "Unlock");
  await expect(messages(teacher).getByText(FIRST)).toBeVisible();
  let asked = 0;
  teacher.on("request", (request) => (asked += request.url().endsWith("/words") ? 1 : 0));
  await teacher.clock.runFor(60_000);
  expect(asked, "it looks for what is new").toBeGreaterThan(0);
  await teacher.clock.fastForward("31:00");
  await expect(said(teacher).getByRole("heading", { name: "Unlock what is said" })).toBeVisible();
  await expect(said(teacher).getByText(FIRST)).toHaveCount(0);
  await calm(teacher);
  asked = 0;
  await teacher.clock.runFor(120_000);
  expect(asked).toBe(0);
});

/** R-WRD-4 R-WRD-8 */
test("the practitioner answers, the teacher reads it, and what was said is changed with its history kept", async ({ as, who }) => {
  // One browser for both visits: the device of the practitioner's own.
  const practitioner = await as("practitioner who supports Sam Okafor");
  const teacher = await as("teacher with voluntary support");
  await teacher.goto("/support");
  const place = await teacher.locator('a[href^="/support/"]').evaluateAll((all) =>
    all.map((one) => one.getAttribute("href") ?? "").find((href) => /[0-9a-f]{8}-/.test(href)));
  await practitioner.goto(place ?? "");
  await press(practitioner, "Make my keys");
  await press(practitioner, "Yes, it is mine");
  await press(practitioner, "Later");
  await expect(said(practitioner)).toContainText("Your recovery code is not made yet.");
  await calm(practitioner);
  await teacher.goto(place ?? "");
  await said(teacher).getByLabel(/^Write to/).fill(FIRST);
  await press(teacher, "Send");
  await press(teacher, "Yes, it is mine");
  await expect(messages(teacher).getByText(FIRST)).toBeVisible();

  await practitioner.reload();
  await expect(messages(practitioner).getByText(FIRST), "opened silently").toBeVisible();
  await said(practitioner).getByLabel(/^Write to/).fill(ANSWER);
  await press(practitioner, "Send");
  await expect(messages(practitioner).getByText(ANSWER)).toBeVisible();
  await calm(practitioner);
  await teacher.reload();
  await expect(messages(teacher).getByText(ANSWER)).toBeVisible();
  await calm(teacher);

  await messages(practitioner).getByRole("listitem").filter({ hasText: ANSWER }).getByRole("button", { name: /^Edit/ }).click();
  await messages(practitioner).getByRole("textbox").fill("Shall I count the seconds?");
  await calm(practitioner);
  await said(practitioner).getByRole("button", { name: /^Save/ }).click();
  await expect(messages(practitioner).getByRole("listitem").filter({ hasText: "Shall I count" })).toContainText("edited");
  await teacher.reload();
  await expect(messages(teacher).getByText("Shall I count the seconds?", { exact: true })).toBeVisible();

  // R-WRD-8: both see the same six words, and having compared them is kept.
  const safety = async (page: Page) => {
    await said(page).getByText("Compare safety words").click();
    return said(page).locator(".said-safety .said-code").innerText();
  };
  const [hers, his] = [await safety(practitioner), await safety(teacher)];
  expect(hers.split(" ")).toHaveLength(6);
  expect(his).toBe(hers);
  await calm(teacher);
  await press(teacher, "They are the same");
  await expect(said(teacher)).toContainText("the words are the same");
  await teacher.reload();
  await expect(said(teacher).locator(".said-safety summary")).not.toContainText("not yet compared");
  expect(who("practitioner who supports Sam Okafor").name).toBe("Priya Nair");
});
