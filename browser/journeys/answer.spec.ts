import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { tabTo } from "../helpers/keyboard.ts";
import { agree, ask, box, follow, moveClock, onThread, publish, said, unfold } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";
const OTHER = "head of department elsewhere";
const PRACTITIONER = "uninvolved practitioner";

test.describe.configure({ mode: "serial" });

let thread = "";

/** R-SUP-5 R-SUP-6 */
test("a practitioner finds the request waiting in the week and agrees to the wish", async ({ as, who }) => {
  const practitioner = await as(PRACTITIONER);
  await publish(practitioner, "Wed 16:00-17:00");
  await calm(practitioner);
  const teacher = await as(TEACHER);
  thread = await ask(teacher, who(PRACTITIONER).name, 1);
  await practitioner.goto("/week");
  await expect(practitioner.getByRole("heading", { name: who(TEACHER).name })).toBeVisible();
  await calm(practitioner);
  await tabTo(practitioner, practitioner.getByRole("link", { name: `Answer ${who(TEACHER).name}` }));
  await practitioner.keyboard.press("Enter");
  expect(await onThread(practitioner)).toBe(thread);
  await calm(practitioner);
  await tabTo(practitioner, agree(practitioner));
  await practitioner.keyboard.press("Enter");
  await expect(said(practitioner)).toContainText("Agreed");
  await expect(agree(practitioner)).toHaveCount(0);
  await calm(practitioner);

  await follow(practitioner, /week/i);
  await expect(practitioner.getByRole("link", { name: `Answer ${who(TEACHER).name}` })).toHaveCount(0);
  await expect(practitioner.getByRole("link", { name: new RegExp(`^\\d\\d:\\d\\d.*${who(TEACHER).name}`) })).toBeVisible();
  await calm(practitioner);
  await teacher.goto("/support");
  await expect(teacher.getByRole("article")).toContainText("You meet on");
});

/** R-SUP-6 */
test("a practitioner offers three other times, never four, and the teacher agrees to one", async ({ as, who }) => {
  const teacher = await as(OTHER);
  const path = await ask(teacher, who(PRACTITIONER).name);
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(path);
  await expect(agree(practitioner)).toHaveCount(0);
  await unfold(practitioner, /^Offer/);
  const chips = practitioner.getByRole("group", { name: "Support hours" }).getByRole("checkbox");
  for (const n of [1, 2, 3]) await chips.nth(n).check();
  await practitioner.getByLabel("Day").fill("2026-12-10");
  await practitioner.getByLabel("Time", { exact: true }).fill("15:30");
  await practitioner.getByRole("button", { name: "Offer" }).click();
  await expect(practitioner.getByRole("alert")).toBeFocused();
  await expect(chips.nth(1), "what was ticked is kept").toBeChecked();
  await calm(practitioner);
  await chips.nth(3).uncheck();
  await practitioner.getByRole("button", { name: "Offer" }).click();
  await expect(said(practitioner)).toContainText("Sent");
  await calm(practitioner);

  await teacher.goto("/support");
  await expect(teacher.getByRole("article")).toContainText("Your turn");
  await calm(teacher);
  await teacher.getByRole("article").getByRole("link").click();
  await expect(agree(teacher)).toHaveCount(3);
  await calm(teacher);
  await teacher.getByRole("button", { name: /^Agree.*10 Dec.*15:30/ }).click();
  await expect(said(teacher)).toContainText("Agreed");
  await expect(teacher.getByRole("heading", { name: "You meet" })).toBeVisible();
  await expect(teacher.getByRole("main")).toContainText("15:30");
});

/** R-MEE-3 R-HRS-4 */
test("after the meeting the practitioner says how long it was, and it stands in the record of hours", async ({ as, who }) => {
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(thread);
  await expect(practitioner.getByRole("button", { name: "It took place" }), "not before the meeting").toHaveCount(0);
  await moveClock(practitioner, "2026-11-26");
  await calm(practitioner);
  await practitioner.goto("/week");
  await practitioner.getByRole("link", { name: new RegExp(`^\\d\\d:\\d\\d.*${who(TEACHER).name}`) }).click();
  await onThread(practitioner);
  await calm(practitioner);
  await practitioner.getByLabel("Minutes").fill("35");
  await practitioner.getByRole("button", { name: "It took place" }).click();
  await expect(said(practitioner)).toContainText("hours");
  await calm(practitioner);
  await follow(practitioner, /hours/i);
  const entry = practitioner.getByRole("row").filter({ hasText: who(TEACHER).name });
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText("35 min");
  await calm(practitioner);
});

/** R-SUP-8 R-SUP-10 */
test("the practitioner suggests an end, the teacher decides, and opens it again later", async ({ as, who }) => {
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(thread);
  await practitioner.getByRole("button", { name: /suggest/i }).click();
  await expect(said(practitioner)).toContainText("decision");
  await calm(practitioner);
  const teacher = await as(TEACHER);
  await teacher.goto("/support");
  await expect(teacher.getByRole("article")).toContainText("Your turn");
  await teacher.getByRole("article").getByRole("link").click();
  await calm(teacher);
  await teacher.getByRole("button", { name: /^Yes/ }).click();
  await expect(said(teacher)).toContainText("Ended");
  await calm(teacher);
  await practitioner.goto(thread);
  await expect(practitioner.getByRole("main")).toContainText("This has ended");
  await expect(practitioner.getByRole("button", { name: /again/ }), "the teacher's to open").toHaveCount(0);
  await calm(practitioner);
  await teacher.getByRole("button", { name: "Open it again" }).click();
  await expect(said(teacher)).toContainText("Open again");
  await practitioner.goto("/week");
  await expect(practitioner.getByRole("link", { name: who(TEACHER).name, exact: true })).toBeVisible();
});

/** R-SUP-12 R-MEE-6 */
test("either of the two changes what kind of support it is, and a kept meeting can be called off", async ({ as, who }) => {
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(thread);
  await unfold(practitioner, "Change");
  await box(practitioner.getByRole("radio", { name: "Semi-formal" })).click();
  await practitioner.getByLabel("Meetings planned").fill("3");
  await practitioner.getByRole("button", { name: "Save" }).click();
  await expect(said(practitioner)).toContainText("Saved");
  await expect(practitioner.getByRole("main")).toContainText("3 meetings planned");
  const teacher = await as(OTHER);
  await teacher.goto("/support");
  await teacher.getByRole("link", { name: who(PRACTITIONER).name }).click();
  await teacher.getByRole("button", { name: "Call it off" }).click();
  await expect(said(teacher)).toContainText("Called off");
  await calm(teacher);
});
