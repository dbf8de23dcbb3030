import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { message, openThread, pair, PRACTITIONER, recoveryCode, TEACHER } from "../helpers/sealed.ts";
import type { College } from "../helpers/server.ts";

const FIRST = "Could you look at how I begin a lesson?";
const FRESH = "three quiet words again";
const WITHOUT = "teacher who has not asked";

test.describe.configure({ mode: "serial" });

/** Chooses a new password with a link by mail, and signs in with it in this browser. */
async function reset(page: Page, college: College, user: string): Promise<void> {
  await page.goto(`${college.base}/sign-in`);
  await page.getByRole("link", { name: "No password yet, or forgotten?" }).click();
  await page.getByLabel("E-mail address").fill(user);
  await page.getByRole("button", { name: "Send me a link" }).click();
  const link = async () => {
    const mine = (await college.mails()).filter((mail) => mail.includes(`To: ${user}`));
    return mine.map((mail) => mail.match(/http\S+\/set-up\/\w+/)?.[0]).find(Boolean) ?? "";
  };
  await expect.poll(link, { timeout: 20_000 }).not.toBe("");
  await page.goto(await link());
  await page.getByLabel("Password").fill(FRESH);
  await page.getByLabel("The same once more").fill(FRESH);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.getByLabel("E-mail address").fill(user);
  await page.getByLabel("Password").fill(FRESH);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Unlock first");
}

/** R-ACC-12 */
test("after a reset nothing of support is shown until the keys are unlocked, which then leads on", async ({ page, as, college, who }) => {
  test.setTimeout(180_000);
  const { teacher, thread } = await pair(as, FIRST);
  const code = await recoveryCode(teacher);
  await reset(page, college, who(TEACHER).user);
  await calm(page);

  for (const path of ["/support", thread, `${thread}/words`, "/support/new", "/account/looked", "/account/data", "/account/data.json"]) {
    const reply = await page.request.get(path);
    expect(reply.status(), path).toBe(403);
    const text = await reply.text();
    for (const name of [who(PRACTITIONER).name, FIRST, thread.slice(-12)]) expect(text, path).not.toContain(name);
  }
  await page.goto("/account");
  await expect(page.getByRole("main")).not.toContainText(who(PRACTITIONER).name);

  await page.goto(thread);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Unlock first");
  await page.getByLabel("Your recovery code").fill(code.replace(/^..../, "2222"));
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("main")).toContainText("did not open your keys");
  await calm(page);
  await page.getByLabel("Your recovery code").fill(code);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`You and ${who(PRACTITIONER).name}`);
  await expect(message(page, FIRST)).toBeVisible();
  expect(await openThread(page)).toBe(thread);
});

/** R-ACC-12 */
test("whoever has no keys waits for three days instead, and is told until when", async ({ page, college, who }) => {
  await reset(page, college, who(WITHOUT).user);
  await expect(page.getByRole("main")).toContainText("You have no keys that could be unlocked");
  await expect(page.getByRole("main")).toContainText(/opens again on \w+ \d+ \w+/);
  await expect(page.getByRole("button", { name: /make my keys/i })).toHaveCount(0);
  await calm(page);
  expect((await page.request.get("/support")).status()).toBe(403);
});
