import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { filesWith, memoryWith } from "../helpers/markers.ts";
import { arrived, type Pair, message, messages, pair, planPart, press, saidPart, write } from "../helpers/sealed.ts";

const FIRST = "PLANMARK-first: shall we look at my questions?";
const GOAL = "PLANMARK-goal: wait three seconds after a question";
const EVIDENCE = "PLANMARK-evidence: seen in Carys's room";
const TRIAL = "PLANMARK-trial: count to three in silence";
const HAPPENED = "PLANMARK-happened: two quiet ones spoke";
const PROPOSED = "PLANMARK-proposed: cards with names";
const WHY = "PLANMARK-why: everybody gets a turn";
const ASIDE = "PLANMARK-aside: film a lesson";
const NOTES = "PLANMARK-notes: we agreed to meet on Tuesdays";
const PREPARATION = "PLANMARK-preparation: bring the seating plan";
const ABOUT = "PLANMARK-about: the seating plan";
const FILE = "PLANMARK-name.txt";
const BYTES = Buffer.concat([Buffer.from("PLANMARK-content\r\n"), Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256))]);

// Every text begins with the same mark, so that one search finds any of them; two whole ones beside it.
const WRITTEN = ["PLANMARK", GOAL, PREPARATION];

const inPlan = (page: Page, name: string) => planPart(page).getByRole("button", { name, exact: true });
const item = (page: Page, text: string) => planPart(page).locator(".plan-goal").filter({ hasText: text });

async function plans({ teacher }: Pair): Promise<void> {
  await calm(teacher);
  await inPlan(teacher, "Add a goal").click();
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(planPart(teacher)).toContainText("Say in a few words what it is.");
  await calm(teacher);
  await planPart(teacher).getByLabel("What I want to be able to do").fill(GOAL);
  await planPart(teacher).getByLabel(/What makes you think/).fill(EVIDENCE);
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(item(teacher, GOAL)).toContainText("Within two weeks");
  // Small is chosen beforehand; size and day change whenever the teacher likes (R-WRD-16).
  await item(teacher, GOAL).getByRole("button", { name: "Edit" }).click();
  await planPart(teacher).getByLabel("No, it takes longer").check();
  await planPart(teacher).getByLabel(/^By when/).fill("2027-01-15");
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(item(teacher, GOAL)).toContainText("Takes longer than two weeks · by");
  await item(teacher, GOAL).getByRole("button", { name: "Edit" }).click();
  await planPart(teacher).getByLabel("Yes, within two weeks").check();
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(item(teacher, GOAL)).toContainText("Within two weeks · by");
  await item(teacher, GOAL).getByRole("button", { name: "Add a small trial" }).click();
  await planPart(teacher).getByLabel("What I try").fill(TRIAL);
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(item(teacher, GOAL)).toContainText("Still trying it");
  await item(teacher, GOAL).getByRole("button", { name: "Say what happened" }).click();
  await planPart(teacher).getByLabel(/What happened/).fill(HAPPENED);
  await planPart(teacher).getByRole("radio", { name: "Keep it", exact: true }).check();
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(item(teacher, GOAL)).toContainText(HAPPENED);
  await calm(teacher);
}

async function proposes(page: Page, what: string, why: string): Promise<void> {
  await inPlan(page, "Propose something").click();
  await planPart(page).getByLabel("What could be worth trying").fill(what);
  await planPart(page).getByLabel(/^Why/).fill(why);
  await inPlan(page, "Propose it").click();
  await expect(item(page, what)).toContainText("Proposed by you");
  await expect(item(page, what)).not.toContainText(/sending|not sent/);
}

async function answers({ teacher, practitioner }: Pair): Promise<void> {
  await practitioner.reload();
  await expect(item(practitioner, GOAL)).toContainText(TRIAL);
  await expect(item(practitioner, GOAL).getByRole("button"), "the plan is the teacher's").toHaveCount(0);
  await proposes(practitioner, PROPOSED, WHY);
  await proposes(practitioner, ASIDE, "");
  await calm(practitioner);

  await teacher.goto("/support");
  await expect(teacher.getByRole("article")).toContainText("New words");
  await calm(teacher);
  await teacher.goBack();
  await item(teacher, PROPOSED).getByRole("button", { name: "Make it my goal" }).click();
  await expect(planPart(teacher).getByLabel("What I want to be able to do")).toHaveValue(PROPOSED);
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(item(teacher, PROPOSED)).toContainText("Within two weeks");
  await item(teacher, ASIDE).getByRole("button", { name: "Not now" }).click();
  await expect(item(teacher, ASIDE)).toContainText("Not now");
  await expect(item(teacher, ASIDE).getByRole("button", { name: "Make it my goal" })).toBeVisible();
  await calm(teacher);
  await practitioner.reload();
  await expect(item(practitioner, ASIDE).locator(".badge")).toHaveText("Not now");
  await expect(item(practitioner, PROPOSED), "the proposal became the goal").toHaveCount(1);
}

async function notes({ teacher, practitioner, thread }: Pair): Promise<void> {
  // Away from the thread, so that what comes is new there.
  await practitioner.goto("/week");
  await expect(practitioner.getByRole("main")).not.toContainText("New words");
  await write(teacher, NOTES, "Notes of a meeting");
  await write(teacher, PREPARATION, "Preparation");
  await expect(messages(teacher).locator(".said-new"), "one's own words are not new").toHaveCount(0);
  await practitioner.reload();
  await expect(practitioner.getByRole("main")).toContainText("New words");
  await calm(practitioner);
  await practitioner.goto(thread);
  await expect(message(practitioner, NOTES)).toContainText("Notes of a meeting");
  await expect(message(practitioner, PREPARATION)).toContainText("Preparation");
  const mark = messages(practitioner).locator(".said-new");
  await expect(mark).toHaveCount(1);
  await expect(mark.locator("xpath=following-sibling::li[1]")).toContainText(NOTES);
  await calm(practitioner);
  await practitioner.goto("/week");
  await expect(practitioner.getByRole("main")).not.toContainText("New words");
  await practitioner.goto(thread);
  await expect(message(practitioner, NOTES)).toBeVisible();
  await expect(mark, "read by now").toHaveCount(0);
}

async function sends({ teacher, practitioner }: Pair): Promise<void> {
  await saidPart(teacher).getByText("Add a file").click();
  await saidPart(teacher).getByLabel(/A file for the two of you/).setInputFiles({ name: FILE, mimeType: "text/plain", buffer: BYTES });
  await saidPart(teacher).getByLabel(/A word about it/).fill(ABOUT);
  await calm(teacher);
  await press(teacher, "Send the file");
  await arrived(teacher, ABOUT);
  await calm(teacher);
  await practitioner.reload();
  await expect(message(practitioner, ABOUT)).toContainText(FILE);
  const saving = practitioner.waitForEvent("download");
  await message(practitioner, ABOUT).getByRole("button").first().click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe(FILE);
  expect((await readFile(await saved.path())).equals(BYTES), "the same bytes").toBe(true);
  await expect(message(practitioner, ABOUT)).toContainText("Opened and saved with your downloads.");
  await calm(practitioner);
}

/** R-WRD-1 R-WRD-9 R-WRD-12 R-WRD-16 COA-02 COA-10 */
test("a plan, proposals, notes, preparation and a file are for the two, and nothing of it is on the server", async ({ as, college }) => {
  test.setTimeout(240_000);
  const two = await pair(as, FIRST);
  await test.step("the teacher plans", () => plans(two));
  await test.step("the practitioner proposes, the teacher decides", () => answers(two));
  await test.step("notes, preparation and what is new", () => notes(two));
  await test.step("a file", () => sends(two));
  await test.step("nothing of it is in files, log or memory", async () => {
    await two.teacher.goto("/account");
    expect((await memoryWith(college.pid, "Sample college")).found, "the search finds what is there").not.toEqual([]);
    expect(await filesWith(college.files, college.accounts.people[0]?.name ?? ""), "in files too").not.toEqual([]);
    for (const marker of WRITTEN) {
      expect(await filesWith(college.files, marker), `files: ${marker}`).toEqual([]);
      expect((await memoryWith(college.pid, marker)).found, `memory: ${marker}`).toEqual([]);
      expect(college.log).not.toContain(marker);
    }
  });
});
