import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { ask, moveClock, said } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";
const PRACTITIONER = "uninvolved practitioner";

test.describe.configure({ mode: "serial" });

let thread = "";
let place = "";

/** R-PPL-1 R-PPL-2 */
test("the administrator dates a leaver, who works on until the day", async ({ as, who }) => {
  const teacher = await as(TEACHER);
  thread = await ask(teacher, who(PRACTITIONER).name);
  const administrator = await as("administrator");
  await administrator.goto(`/people?find=${encodeURIComponent(who(PRACTITIONER).name)}`);
  await administrator.getByRole("link", { name: who(PRACTITIONER).name }).click();
  await expect(administrator.getByRole("heading", { level: 1 })).toHaveText(who(PRACTITIONER).name);
  place = new URL(administrator.url()).pathname;
  await calm(administrator);
  await administrator.getByLabel("First day on which they no longer work here").fill("2026-12-01");
  await administrator.getByRole("button", { name: "Set this day" }).click();
  await expect(said(administrator)).toContainText("takes effect on its day");
  await expect(administrator.getByRole("main")).toContainText("From 1 Dec 2026: Account off");
  await expect(administrator.getByRole("main"), "who asked is nowhere").not.toContainText(who(TEACHER).name);
  await calm(administrator);
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(thread);
  await expect(practitioner.getByRole("heading", { level: 1 })).toContainText(who(TEACHER).name);
});

/** R-PPL-6 R-SUP-2 */
test("on the day the account is off, the teacher reads it in the thread, and nobody else learns anything", async ({ as, who }) => {
  const practitioner = await as(PRACTITIONER);
  await moveClock(await as("administrator"), "2026-12-01");
  await practitioner.goto(thread);
  await expect(practitioner).toHaveURL(/\/sign-in$/);
  const teacher = await as(TEACHER);
  await teacher.goto(thread);
  await expect(teacher.getByRole("main")).toContainText(`${who(PRACTITIONER).name} cannot go on with you.`);
  await calm(teacher);
  const lead = await as("programme lead");
  await expect(lead.getByRole("table")).not.toContainText(who(PRACTITIONER).name);
  await expect(lead.getByRole("main")).not.toContainText(who(TEACHER).name);
  await calm(lead);
  const manager = await as("line manager");
  for (const path of [thread, place]) {
    await manager.goto(path);
    await expect(manager.getByRole("heading", { level: 1 })).toHaveText("Not found");
  }
});

/** R-PPL-1 */
test("whoever comes back has both in the history", async ({ as }) => {
  const administrator = await as("administrator");
  await administrator.goto(place);
  await administrator.getByRole("button", { name: "Switch on from this day" }).click();
  await expect(said(administrator)).toContainText("Saved");
  await expect(administrator.getByRole("main")).toContainText("account on");
  await calm(administrator);
});

/** R-FRM-1 */
test("the lead publishes another version of what the role is for, and everybody reads it", async ({ as }) => {
  const lead = await as("programme lead");
  await lead.goto("/programme/frame");
  await calm(lead);
  await lead.getByLabel("The statement").fill("They help colleagues to teach.\n\nOne does not inspect, appraise or judge.");
  await lead.getByRole("button", { name: "Publish this version" }).click();
  await expect(said(lead)).toContainText("Published");
  const teacher = await as(TEACHER);
  await teacher.goto("/support");
  await teacher.getByRole("link", { name: /are for$/ }).click();
  await expect(teacher.getByRole("main")).toContainText("does not inspect, appraise or judge");
  await calm(teacher);
});
