import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { arrived, compare, message, pair, PRACTITIONER, press, saidPart, signInAgain, TEACHER, write } from "../helpers/sealed.ts";
import { moveClock } from "../helpers/support.ts";

const FIRST = "What do you see from the back row?";
const ANSWER = "Four who never speak.";
const LATER = "Shall I come on Thursday?";

const asked = (page: Page) => saidPart(page).getByRole("button", { name: "I have lost everything" });

async function begin(page: Page): Promise<void> {
  await asked(page).click();
  await expect(saidPart(page)).toContainText("You wait 72 hours first.");
  await calm(page);
  await press(page, "Begin the 72 hours");
  await expect(saidPart(page).getByRole("heading", { name: "New keys are on their way" })).toBeVisible();
  await calm(page);
}

for (const { whose, others, begins, day } of [
  { whose: TEACHER, others: PRACTITIONER, begins: "2026-11-24", day: "2026-11-30" },
  { whose: PRACTITIONER, others: TEACHER, begins: "2026-11-25", day: "2026-11-30" },
]) {
  test.describe(() => {
    // Another day is another college.
    test.use({ today: begins });
    /** R-WRD-10 R-WRD-13 */
    test(`new keys of the ${whose} come after three days, and everything is readable once both have compared`, async ({
      as,
      college,
      who,
    }) => {
      test.setTimeout(240_000);
      const { teacher, practitioner, thread } = await pair(as, FIRST);
      const [own, other] = whose === TEACHER ? [teacher, practitioner] : [practitioner, teacher];
      await write(other, ANSWER);
      await own.reload();
      await expect(message(own, ANSWER)).toBeVisible();

      const lost = await as(whose);
      await lost.goto(thread);
      await expect(saidPart(lost)).toContainText("Your keys open on another device of yours only.");
      await begin(lost);
      await press(lost, "I found my words: stop this");
      await expect(saidPart(lost)).toContainText("Stopped. Your keys stay as they are.");
      await begin(lost);
      await own.reload();
      await expect(saidPart(own)).toContainText("Somebody asked in your name to make new keys.");
      await calm(own);
      const mail = async () => (await college.mails()).filter((one) => one.includes(`To: ${who(whose).user}`)).join();
      await expect.poll(mail, { timeout: 20_000 }).toContain("Please look at your account");

      await own.goto("/account");
      await expect(own.getByRole("main")).toContainText("New keys were asked for");
      await moveClock(await as("administrator"), day);
      for (const [page, name] of [[lost, whose], [other, others]] as const) {
        await signInAgain(page, college.accounts, who(name));
      }
      await lost.goto(thread);
      await press(lost, "Make new keys");
      await calm(lost);
      await press(lost, "Yes, it is mine");
      await press(lost, "Later");
      await expect(saidPart(lost)).toContainText("Your keys are new.");
      await expect(message(lost, FIRST)).toHaveCount(0);
      await calm(lost);

      await other.goto(thread);
      await expect(saidPart(other)).toContainText("keys are not the ones this browser knows");
      await expect(saidPart(other).getByLabel(/^Write to/), "nothing can be sent to them").toHaveCount(0);
      await calm(other);
      const [hers, theirs] = [await compare(other), await compare(lost)];
      expect(theirs).toBe(hers);
      await expect(async () => {
        await other.reload();
        await lost.reload();
        await expect(message(lost, FIRST)).toBeVisible();
      }).toPass({ timeout: 30_000 });
      await expect(message(lost, ANSWER)).toBeVisible();
      await write(lost, LATER);
      await other.reload();
      await expect(message(other, LATER)).toBeVisible();
      await write(other, `${LATER} Yes.`);
      await lost.reload();
      await arrived(lost, `${LATER} Yes.`);
      await calm(lost);
      await calm(other);
    });
  });
}
