import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { box, moveClock, said } from "../helpers/support.ts";

const PRACTITIONER = "practitioner who supports";
const HEAD = "head of department elsewhere";
const COLLEAGUE = "teacher who has not asked";
const AREA = "Maths & Science";
const NEED = "Pauses that give everybody time";
const TITLE = "Wait three seconds";

test.describe.configure({ mode: "serial" });

/** An area's line on the grid. */
function line(page: Page, area: string) {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name: area, exact: true }) });
}

async function plan(page: Page, [day, time]: [string, string], area: string, place: string): Promise<void> {
  await box(page.getByRole("checkbox", { name: area })).click();
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Time", { exact: true }).fill(time);
  await page.getByLabel("Where?").fill(place);
  await page.getByRole("button", { name: "Plan it" }).click();
  await expect(said(page)).toContainText("Planned");
}

test("a community through a term: a need agreed, a session planned, signed up for on a phone, held, on the grid and repeated", async ({ as, who }) => {
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto("/communities");
  await calm(practitioner);
  await practitioner.getByRole("link", { name: AREA, exact: true }).click();
  const form = practitioner.locator("form", { has: practitioner.getByRole("heading", { name: "Enter a need" }) });
  await form.getByLabel("Theme").selectOption({ index: 2 });
  await form.getByLabel(/few words/).fill(NEED);
  await form.getByLabel(/come from/).selectOption({ label: "Head of area and practitioner" });
  await form.getByRole("button", { name: "Enter it" }).click();
  await expect(practitioner.getByRole("main")).toContainText("the head of area has not agreed yet");
  await calm(practitioner);
  const community = practitioner.url();

  const head = await as(HEAD);
  await head.goto(community);
  await head.getByRole("listitem").filter({ hasText: NEED }).getByRole("button", { name: /^Agree/ }).click();
  await expect(said(head)).toContainText("Agreed");
  await calm(head);

  await practitioner.goto(community);
  await practitioner.getByRole("link", { name: "Plan a session" }).click();
  await calm(practitioner);
  await practitioner.getByLabel("Title").fill(TITLE);
  await practitioner.getByLabel("Theme").selectOption({ index: 1 });
  await practitioner.getByLabel(/are agreed/).check();
  // The area is ticked already.
  await box(practitioner.getByRole("checkbox", { name: AREA })).click();
  await plan(practitioner, ["2026-11-27", "17:30"], AREA, "B104");
  await calm(practitioner);
  const session = practitioner.url();

  const colleague = await as(COLLEAGUE);
  await colleague.setViewportSize({ width: 390, height: 800 });
  await colleague.goto("/sessions");
  await calm(colleague);
  await colleague.getByRole("button", { name: `Sign up for ${TITLE}` }).click();
  await expect(said(colleague)).toContainText("You are coming");
  await expect(colleague.getByRole("main")).toContainText("Who can see that you come");
  await calm(colleague);

  const lead = await as("programme lead");
  await lead.goto(session);
  await expect(lead.getByRole("main"), "the lead sees a session, not who comes").not.toContainText(who(COLLEAGUE).name);
  await calm(lead);

  await practitioner.goto("/week?of=2026-11-27");
  await expect(practitioner.getByRole("link", { name: new RegExp(TITLE) })).toContainText("10 min, 1 coming");
  await calm(practitioner);

  await moveClock(lead, "2026-11-30");
  await practitioner.goto(session);
  await expect(practitioner.getByRole("checkbox", { name: who(COLLEAGUE).name })).toBeChecked();
  await practitioner.getByRole("button", { name: "They came" }).click();
  await expect(said(practitioner)).toContainText("Saved");
  await practitioner.getByRole("button", { name: "It took place" }).click();
  await expect(said(practitioner)).toContainText("in your hours");
  await calm(practitioner);

  // On a phone: three taps, one button.
  await colleague.goto("/sessions");
  await expect(colleague.getByRole("heading", { name: "What was it like?" })).toBeVisible();
  await calm(colleague);
  for (const statement of ["It was worth the time", "I will try something from it", "Length and time of day suited"]) {
    await box(colleague.getByRole("group", { name: statement }).getByRole("radio", { name: "Agree", exact: true })).click();
  }
  await colleague.getByRole("button", { name: "Say it, without my name" }).click();
  await expect(said(colleague)).toContainText("without your name");
  await expect(colleague.getByRole("main")).toContainText("You have said it.");
  await calm(colleague);
  await practitioner.reload();
  await expect(practitioner.getByRole("main"), "nobody reads anything while others can answer").not.toContainText("What those who came say");

  await lead.goto("/communities");
  await expect(line(lead, AREA).getByRole("img").first()).toHaveAccessibleName(/held/);
  await expect(line(lead, AREA)).toContainText(NEED);
  await calm(lead);

  await practitioner.goto(session);
  await practitioner.getByRole("link", { name: "Repeat it for another area" }).click();
  await expect(practitioner.getByLabel("Title")).toHaveValue(TITLE);
  await plan(practitioner, ["2026-12-04", "17:30"], "English & Humanities", "C2");
  await expect(practitioner.getByRole("main")).toContainText("English & Humanities");

  await moveClock(lead, "2026-12-14");
  await colleague.goto(session);
  await expect(colleague.getByRole("main")).toContainText("Fewer than ten people answered, so nothing is shown.");
  await calm(colleague);
});
