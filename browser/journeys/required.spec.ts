import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { agree, moveClock, said, unfold } from "../helpers/support.ts";

const SCOPE = "Questions in the new course, with the second years.";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).click();

/** The line manager requires support and reads beside the form what they will be told (R-REQ-2, R-REQ-3). */
async function requires(manager: Page): Promise<string> {
  await manager.goto("/support");
  await manager.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Required support" }).click();
  await calm(manager);
  await main(manager).getByRole("link", { name: "Require support" }).click();
  await calm(manager);
  await manager.getByLabel("For whom?").selectOption({ label: "Sam Okafor · Health & Care" });
  await press(manager, "Require it");
  await expect(main(manager)).toContainText("Choose a reason.");
  await manager.getByRole("radio", { name: "A new course or level" }).check();
  await manager.getByLabel("What is it to cover?").fill(SCOPE);
  await press(manager, "Require it");
  await expect(said(manager)).toContainText("Required.");
  await calm(manager);
  return new URL(manager.url()).pathname;
}

/** The teacher reads exactly what is reported, then chooses (R-REQ-4, R-REQ-5). */
async function chooses(teacher: Page, track: string): Promise<void> {
  await teacher.goto("/support");
  await calm(teacher);
  await main(teacher).getByRole("link", { name: "Read what is reported, then choose" }).click();
  await expect(teacher).toHaveURL(new RegExp(track));
  await expect(main(teacher)).toContainText("Nothing else, ever.");
  await expect(main(teacher)).toContainText(SCOPE);
  await calm(teacher);
  await main(teacher).getByRole("radio", { name: /Joe Whittle/ }).check();
  await press(teacher, "Choose, and begin");
  await expect(said(teacher)).toContainText("Chosen.");
  await calm(teacher);
}

/** A time that suits all three (R-REQ-7). */
async function opening([teacher, practitioner, manager]: [Page, Page, Page], track: string): Promise<void> {
  await practitioner.goto(track);
  await calm(practitioner);
  await main(practitioner).getByLabel("Day", { exact: true }).fill("2026-11-24");
  await main(practitioner).getByLabel("Time", { exact: true }).fill("17:15");
  await press(practitioner, "Propose it");
  await expect(said(practitioner)).toContainText("Proposed.");
  for (const page of [teacher, manager]) {
    await page.goto(track);
    await press(page, "It suits me");
    await expect(said(page)).toContainText("Said.");
  }
  await expect(main(manager)).toContainText("It suits all three: agreed.");
}

test("required support from opening to three signals", async ({ as }) => {
  test.slow();
  const manager = await as("line manager of");
  const track = await requires(manager);
  const teacher = await as("teacher with voluntary support");
  await chooses(teacher, track);
  const practitioner = await as("uninvolved practitioner");
  await opening([teacher, practitioner, manager], track);

  await test.step("a meeting is agreed, and the line manager reads nothing of it", async () => {
    await manager.goto(track);
    const before = await main(manager).innerText();
    await practitioner.goto(track);
    await main(practitioner).getByRole("link", { name: "Go to your thread" }).click();
    await expect(main(practitioner)).toContainText("This is required support.");
    await calm(practitioner);
    const form = await unfold(practitioner, /^(Offer times|Move it)/);
    await form.getByLabel("Day").fill("2026-11-25");
    await form.getByLabel("Time").fill("17:15");
    await form.getByRole("button", { name: "Offer" }).click();
    await expect(said(practitioner)).toContainText("Sent");
    await teacher.goto(new URL(practitioner.url()).pathname);
    await agree(teacher).first().click();
    await expect(said(teacher)).toContainText("Agreed");
    await expect(main(teacher).getByRole("heading", { name: "Yours to decide" })).toHaveCount(0);
    await manager.goto(track);
    expect(await main(manager).innerText(), "nothing of what is ahead").toBe(before);
    const thread = await manager.request.get(new URL(teacher.url()).pathname);
    expect(thread.status(), "the thread is the two's").toBe(404);
  });

  await test.step("the days after, both took place", async () => {
    await moveClock(practitioner, "2026-11-26");
    await practitioner.goto(track);
    await press(practitioner, "It took place");
    await main(practitioner).getByRole("link", { name: "Go to your thread" }).click();
    await press(practitioner, "It took place");
    await expect(said(practitioner)).toContainText("Noted");
    await practitioner.goto("/week");
    await expect(main(practitioner)).toContainText("Ends when all three of you say so");
    await calm(practitioner);
    await manager.goto(track);
    await expect(main(manager)).toContainText("Wed 25 Nov · took place");
    await calm(manager);
  });

  await test.step("the statement, and three signals", async () => {
    await teacher.goto(track);
    await teacher.getByLabel("Your statement").fill("More of them answer now, and I know what to try next.");
    await press(teacher, "Agree it");
    await expect(said(teacher)).toContainText("Agreed.");
    await press(teacher, /I am confident/);
    await manager.goto(track);
    await expect(main(manager)).toContainText("More of them answer now");
    await expect(main(manager), "what the teacher has said about the end is not reported").not.toContainText("confident · said");
    await press(manager, /I am satisfied/);
    await practitioner.goto(track);
    await expect(practitioner.getByRole("img", { name: "2 of three have said so" })).toBeVisible();
    await calm(practitioner);
    await press(practitioner, /I see a distinct improvement/);
    await expect(main(practitioner)).toContainText("This ended on");
    await manager.goto(track);
    await expect(main(manager)).toContainText("All three said so.");
    await calm(manager);
    await teacher.goto("/support");
    await expect(main(teacher)).toContainText("Required support");
    await calm(teacher);
  });
});
