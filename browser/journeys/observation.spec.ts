import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { filesWith, memoryWith } from "../helpers/markers.ts";
import { type Pair, pair, planPart } from "../helpers/sealed.ts";
import { agree, follow, moveClock, said, unfold } from "../helpers/support.ts";

const FIRST = "LESSONMARK-first: would you watch me ask questions?";
const FOCUS = "LESSONMARK-focus: who answers, and how long do I wait?";
const LINES = ["LESSONMARK-one: first question, two hands up", "LESSONMARK-two: waited one second", "LESSONMARK-three: pairs talk, all of them"];
const SEEN = "LESSONMARK-seen: you asked nine questions";
const LEARNERS = "LESSONMARK-learners: four learners answered them";
const OWN = "LESSONMARK-own I shall wait too";
const TARGET = "LESSONMARK-target: wait three seconds";
const PROGRESS = "LESSONMARK-progress: it was three seconds, every time";
const WRITTEN = ["LESSONMARK", FOCUS, TARGET];

const lessons = (page: Page) => page.getByRole("region", { name: "Lessons" });
const lesson = (page: Page, nth = 0) => lessons(page).getByRole("article").nth(nth);
const pad = (page: Page) => page.getByRole("region", { name: "Notepad" });
const notes = (page: Page) => pad(page).getByRole("list", { name: "Notes" }).getByRole("listitem");
const line = (page: Page, text: string) => notes(page).filter({ hasText: text });

/** The teacher asks to be watched, and the practitioner agrees: only so does it happen (R-OBS-1). */
async function agreed({ teacher, practitioner, thread }: Pair, [day, time]: [string, string], first: boolean): Promise<void> {
  await teacher.goto(thread);
  const form = await unfold(teacher, /^(Offer times|Move it)/);
  if (await form.getByLabel("What for?").count()) await form.getByLabel("What for?").selectOption({ label: "For one more meeting" });
  await expect(form.getByRole("radio", { name: "You talk" }), "a talk unless one says otherwise").toBeChecked();
  await form.getByRole("radio", { name: "Priya watches a lesson of yours" }).check();
  await form.getByLabel("Day").fill(day);
  await form.getByLabel("Time").fill(time);
  if (first) await calm(teacher);
  await form.getByRole("button", { name: "Offer" }).click();
  await expect(said(teacher)).toContainText("Sent");
  await expect(teacher.getByRole("main")).toContainText("Priya watches a lesson of yours, if Priya agrees");
  await practitioner.goto(thread);
  await expect(practitioner.getByRole("main")).toContainText("You watch a lesson of Sam’s, if you agree");
  if (first) await calm(practitioner);
  await agree(practitioner).first().click();
  await expect(said(practitioner)).toContainText("Agreed");
}

async function before({ teacher, practitioner, thread }: Pair): Promise<void> {
  await expect(lesson(practitioner)).toContainText("Sam Okafor has not said what to look at.");
  await teacher.goto(thread);
  await lesson(teacher).getByRole("button", { name: "Say what to look at" }).click();
  await lesson(teacher).getByRole("button", { name: "Keep it" }).click();
  await expect(lesson(teacher)).toContainText("Say in a few words what to look at.");
  await lesson(teacher).getByLabel("In your own words").fill(FOCUS);
  await calm(teacher);
  await lesson(teacher).getByRole("button", { name: "Keep it" }).click();
  await expect(lesson(teacher)).toContainText(FOCUS);
  await expect(lesson(teacher)).not.toContainText(/sending|not sent/);
  await expect(lesson(teacher).getByRole("link", { name: "Open the notepad" }), "whoever watches takes notes").toHaveCount(0);
  await practitioner.goto("/week");
  if ((await practitioner.getByText("You watch a lesson of Sam’s").count()) === 0) await follow(practitioner, /My week/);
  await expect(practitioner.getByRole("main")).toContainText("You watch a lesson of Sam’s");
  await teacher.goto("/support");
  await expect(teacher.getByRole("main")).toContainText("Priya watches a lesson of yours: ");
}

async function add(page: Page, text: string): Promise<void> {
  await pad(page).getByLabel("What do you see?").fill(text);
  await pad(page).getByLabel("What do you see?").press("Enter");
  await expect(line(page, text)).toHaveCount(1);
}

/** Notes are taken and kept although the connection is gone; another device went on with the same ones. */
async function during({ practitioner, teacher, thread }: Pair): Promise<void> {
  await practitioner.goto(thread);
  await expect(lesson(practitioner)).toContainText(FOCUS);
  await lesson(practitioner).getByRole("link", { name: "Open the notepad" }).click();
  await expect(pad(practitioner).getByLabel("What do you see?")).toBeVisible();
  await expect(pad(practitioner)).toContainText(FOCUS);
  await calm(practitioner);
  await pad(practitioner).getByRole("button", { name: "Keep these notes" }).click();
  await expect(pad(practitioner)).toContainText("There is nothing to keep yet.");
  await add(practitioner, LINES[0] ?? "");
  await practitioner.context().setOffline(true);
  await add(practitioner, "LESSONMARK-slip");
  await add(practitioner, "LESSONMARK-gone");
  await line(practitioner, "LESSONMARK-slip").getByRole("button", { name: /^Change/ }).click();
  await notes(practitioner).getByRole("textbox").fill(LINES[1] ?? "");
  await notes(practitioner).getByRole("button", { name: "Save" }).click();
  await line(practitioner, "LESSONMARK-gone").getByRole("button", { name: /^Take out/ }).click();
  await pad(practitioner).getByRole("button", { name: "Put it back" }).click();
  await line(practitioner, "LESSONMARK-gone").getByRole("button", { name: /^Take out/ }).click();
  await expect(notes(practitioner)).toHaveCount(2);
  await pad(practitioner).getByRole("button", { name: "Keep these notes" }).click();
  await expect(pad(practitioner)).toContainText("It goes as soon as there is a connection.");
  await calm(practitioner);
  await practitioner.context().setOffline(false);
  await expect(pad(practitioner)).toContainText("Sam Okafor can read it.", { timeout: 25_000 });
  await pad(practitioner).getByLabel("What do you see?").fill(LINES[2] ?? "");
  await expect(pad(practitioner).getByLabel("What do you see?")).toHaveValue(LINES[2] ?? "");
  await practitioner.waitForTimeout(600);
  await practitioner.reload();
  await expect(pad(practitioner).getByLabel("What do you see?"), "what was typed is kept").toHaveValue(LINES[2] ?? "");
  await pad(practitioner).getByRole("button", { name: "Add the line" }).click();
  await expect(pad(practitioner)).toContainText("reads it once you press");
  await practitioner.reload();
  await expect(notes(practitioner)).toHaveCount(3);
  await pad(practitioner).getByRole("button", { name: "Keep these notes" }).click();
  await expect(pad(practitioner)).toContainText("Sam Okafor can read it.");
  await teacher.goto(thread);
  await lesson(teacher).getByText("Notes by Priya Nair").click();
  for (const text of LINES) await expect(lesson(teacher)).toContainText(text);
  await calm(teacher);
}

async function after({ practitioner, teacher, thread }: Pair): Promise<void> {
  await practitioner.goto(thread);
  await lesson(practitioner).getByRole("button", { name: "Write feedback" }).click();
  await lesson(practitioner).getByRole("button", { name: "Give this feedback" }).click();
  await expect(lesson(practitioner)).toContainText("Write something in one of the first four.");
  await lesson(practitioner).getByLabel("What was seen").fill(SEEN);
  await lesson(practitioner).getByLabel("What it did for the learners").fill(LEARNERS);
  await lesson(practitioner).getByLabel("What I take from it for my own teaching").fill(OWN);
  await lesson(practitioner).getByLabel("A target for the next lesson (optional)", { exact: true }).fill(TARGET);
  await calm(practitioner);
  await lesson(practitioner).getByRole("button", { name: "Give this feedback" }).click();
  await expect(lesson(practitioner)).toContainText("Your feedback");
  await expect(lesson(practitioner)).not.toContainText(/sending|not sent/);
  await teacher.reload();
  await expect(lesson(teacher)).toContainText("Feedback from Priya Nair");
  await expect(lesson(teacher)).toContainText(LEARNERS);
  await expect(lesson(teacher)).toContainText(OWN);
  await calm(teacher);
  await lesson(teacher).getByRole("button", { name: "Make it my goal" }).click();
  await expect(planPart(teacher).getByLabel("What I want to be able to do")).toHaveValue(TARGET);
  await planPart(teacher).getByRole("button", { name: "Keep it in the plan" }).click();
  await expect(planPart(teacher).locator(".plan-goal").filter({ hasText: TARGET })).toHaveCount(1);
  await expect(lesson(teacher)).toContainText("Now a goal");
}

async function next(two: Pair): Promise<void> {
  await agreed(two, ["2026-12-03", "17:30"], false);
  await moveClock(two.teacher, "2026-12-04");
  const { practitioner, thread } = two;
  await practitioner.goto(thread);
  await lesson(practitioner).getByRole("button", { name: "Write feedback" }).click();
  await lesson(practitioner).getByLabel(`Since last time: ${TARGET}`).fill(PROGRESS);
  await lesson(practitioner).getByLabel("Questions").fill("What changed?");
  await lesson(practitioner).getByRole("button", { name: "Give this feedback" }).click();
  await expect(lesson(practitioner)).toContainText(PROGRESS);
  await expect(lesson(practitioner, 1)).toContainText(SEEN);
  await calm(practitioner);
}

/** R-OBS-1 R-OBS-5 R-OBS-6 R-OBS-7 COA-05 OBS-06 */
test("a lesson is watched because the teacher asks, noted without a connection, and fed back in words", async ({ as, college }) => {
  test.setTimeout(240_000);
  const two = await pair(as, FIRST);
  await test.step("the two agree on it", () => agreed(two, ["2026-11-26", "17:30"], true));
  await test.step("the teacher says what to look at", () => before(two));
  await moveClock(two.teacher, "2026-11-27");
  await test.step("notes in the lesson", () => during(two));
  await test.step("feedback, and a target becomes a goal", () => after(two));
  await test.step("the next lesson", () => next(two));
  await test.step("nothing of it is in files, log or memory", async () => {
    await two.teacher.goto("/account");
    expect((await memoryWith(college.pid, "Sample college")).found, "the search finds what is there").not.toEqual([]);
    for (const marker of WRITTEN) {
      expect(await filesWith(college.files, marker), `files: ${marker}`).toEqual([]);
      expect((await memoryWith(college.pid, marker)).found, `memory: ${marker}`).toEqual([]);
      expect(college.log).not.toContain(marker);
    }
  });
});
