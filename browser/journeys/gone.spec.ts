import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { message, pair, plan, planPart, PRACTITIONER, saidPart, signInAgain, TEACHER, write } from "../helpers/sealed.ts";
import { moveClock, said, unfold } from "../helpers/support.ts";

const FIRST = "Let us keep this for a while.";

/** R-RET-3 */
test("the teacher deletes what is over, for both, after saying so twice", async ({ as, college }) => {
  test.setTimeout(180_000);
  const { teacher, practitioner, thread } = await pair(as, FIRST);
  await expect(teacher.getByText("Delete it now"), "not while it is on").toHaveCount(0);
  await teacher.getByRole("button", { name: "We are done" }).click();
  await expect(teacher.getByRole("main")).toContainText("This has ended");
  await expect(message(teacher, FIRST), "readable until then").toBeVisible();
  await expect(teacher.getByRole("heading", { name: "What becomes of this" })).toBeVisible();
  await practitioner.reload();
  await expect(practitioner.getByRole("button", { name: "Delete everything here" })).toHaveCount(0);
  await expect(practitioner.getByRole("heading", { name: "What becomes of this" })).toBeVisible();
  await calm(practitioner);

  await (await unfold(teacher, "Delete it now")).getByRole("button", { name: "Delete everything here" }).click();
  await expect(teacher.getByRole("alert"), "without the tick nothing goes").toBeVisible();
  await calm(teacher);
  await expect(message(teacher, FIRST)).toBeVisible();
  await teacher.getByLabel(/I know that nobody can bring it back/).check();
  await teacher.getByRole("button", { name: "Delete everything here" }).click();
  await expect(said(teacher)).toContainText("Deleted, for both of you.");
  await calm(teacher);
  for (const page of [teacher, practitioner]) {
    expect((await page.request.get(`${thread}/words`)).status()).toBe(404);
    await page.goto(thread);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
    await calm(page);
    await page.goto("/support");
    await expect(page.locator(`a[href="${thread}"]`)).toHaveCount(0);
  }
  await practitioner.goto("/week");
  await expect(practitioner.locator(`a[href="${thread}"]`)).toHaveCount(0);
  expect(college.log).not.toContain(FIRST);
});

test.describe("when the practitioner leaves", () => {
  // Another day is another college.
  test.use({ today: "2026-11-25" });

  /** R-SUP-2 R-WRD-9 */
  test("the teacher goes on reading, and planning, and nobody can be written to", async ({ as, college, who }) => {
    test.setTimeout(180_000);
    const { teacher, practitioner, thread } = await pair(as, FIRST);
    await write(practitioner, "I leave at the end of the month.");
    const administrator = await as("administrator");
    await administrator.goto(`/people?find=${encodeURIComponent(who(PRACTITIONER).name)}`);
    await administrator.getByRole("link", { name: who(PRACTITIONER).name }).click();
    await administrator.getByLabel("First day on which they no longer work here").fill("2026-12-01");
    await administrator.getByRole("button", { name: "Set this day" }).click();
    await expect(said(administrator)).toContainText("takes effect on its day");
    await moveClock(administrator, "2026-12-01");
    await signInAgain(teacher, college.accounts, who(TEACHER));
    await teacher.goto(thread);
    await expect(teacher.getByRole("main")).toContainText(`${who(PRACTITIONER).name} cannot go on with you.`);
    await expect(message(teacher, FIRST)).toBeVisible();
    await expect(message(teacher, "I leave at the end")).toBeVisible();
    await expect(saidPart(teacher)).toContainText("Nothing more can be written here. What was said stays readable.");
    await expect(saidPart(teacher).getByLabel(/^Write to/)).toHaveCount(0);
    await plan(teacher, "Go on by myself");
    await expect(planPart(teacher)).toContainText("Go on by myself");
    await calm(teacher);
    await practitioner.goto(thread);
    await expect(practitioner).toHaveURL(/\/sign-in$/);
    await expect(practitioner.getByRole("main")).not.toContainText(FIRST);
  });
});
