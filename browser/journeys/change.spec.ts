import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { keyed, message, messages, pair, plan, planPart, PRACTITIONER, press, saidPart, write } from "../helpers/sealed.ts";
import { onThread, said, unfold } from "../helpers/support.ts";

const FIRST = "I would like to leave more silence.";
const ANSWER = "Seven seconds is not long.";
const GOAL = "Wait before I answer myself";
const SECOND = "We wrote it on the board.";
const NEXT = "uninvolved practitioner";

const card = (page: Page, before: string) => saidPart(page).getByRole("heading", { name: `You worked with ${before} before` });

/** Asks somebody else instead, and returns the new thread's path. */
async function change(page: Page, thread: string, name: string): Promise<string> {
  await page.goto(thread);
  const part = await unfold(page, "Work with somebody else");
  await calm(page);
  await part.getByRole("radio", { name }).check();
  await part.getByRole("button", { name: "Ask them instead" }).click();
  await expect(said(page)).toContainText("You have asked somebody else.");
  const next = await onThread(page);
  expect(next).not.toBe(thread);
  return next;
}

async function nothingAt(page: Page, thread: string): Promise<void> {
  for (const path of [thread, `${thread}/words`, `${thread}/disclosure`]) {
    const reply = await page.request.get(path);
    expect(reply.status(), path).toBe(404);
  }
}

/** R-SUP-9 R-WRD-14 */
test("whoever changes to somebody else hands over the plan, everything or nothing, and nobody is let into what was before", async ({
  as,
  who,
}) => {
  test.setTimeout(240_000);
  const { teacher, practitioner, thread } = await pair(as, FIRST);
  await write(practitioner, ANSWER);
  await teacher.reload();
  await expect(message(teacher, ANSWER)).toBeVisible();
  await plan(teacher, GOAL);
  const [first, second] = [who(PRACTITIONER).name, who(NEXT).name];
  const next = await keyed(await as(NEXT));

  await test.step("the plan only", async () => {
    const here = await change(teacher, thread, second);
    await expect(card(teacher, first)).toBeVisible();
    await calm(teacher);
    await press(teacher, "The plan only");
    await expect(saidPart(teacher)).toContainText(`${second} can read it now.`);
    await expect(planPart(teacher)).toContainText(GOAL);
    await calm(teacher);
    await next.goto(here);
    await expect(planPart(next)).toContainText(GOAL);
    await expect(messages(next).getByRole("listitem")).toHaveCount(0);
    await calm(next);
    await nothingAt(next, thread);
    await write(teacher, SECOND);
    await next.reload();
    await expect(message(next, SECOND)).toBeVisible();
    await practitioner.goto(thread);
    await expect(message(practitioner, FIRST), "what was said stays readable").toBeVisible();
    await expect(saidPart(practitioner).getByLabel(/^Write to/)).toHaveCount(0);
    await expect(practitioner.getByRole("main"), "where to is not told").not.toContainText(second);
    await calm(practitioner);
    await nothingAt(practitioner, here);
  });

  await test.step("everything, to whoever was there before", async () => {
    const from = new URL(teacher.url()).pathname;
    const here = await change(teacher, from, first);
    await press(teacher, "The plan and everything that was said");
    await expect(saidPart(teacher)).toContainText(`${first} can read it now.`);
    await practitioner.goto(here);
    await expect(planPart(practitioner)).toContainText(GOAL);
    await saidPart(practitioner).getByText(/^Handed over by .*: said with Joe Whittle/).click();
    await expect(saidPart(practitioner).getByText(SECOND)).toBeVisible();
    await calm(practitioner);
    await nothingAt(practitioner, from);
  });

  await test.step("nothing", async () => {
    const from = new URL(teacher.url()).pathname;
    const here = await change(teacher, from, second);
    await expect(card(teacher, first)).toBeVisible();
    await press(teacher, "Nothing");
    await expect(card(teacher, first)).toHaveCount(0);
    await teacher.reload();
    await expect(saidPart(teacher).getByLabel(/^Write to/)).toBeVisible();
    await expect(card(teacher, first), "asked once").toHaveCount(0);
    await write(teacher, "We begin anew.");
    await next.goto(here);
    await expect(message(next, "We begin anew.")).toBeVisible();
    await expect(messages(next).locator(".msg")).toHaveCount(1);
    await expect(planPart(next)).not.toContainText(GOAL);
    await nothingAt(next, from);
  });
});
