import { expect, type Locator, type Page } from "@playwright/test";
import type { Accounts, Person } from "./people.ts";

/** The two of the sample's open thread. */
export const TEACHER = "teacher with voluntary support";
export const PRACTITIONER = "practitioner who supports Sam Okafor";

/** Two pages that write with each other, each on a device of their own. */
export interface Pair {
  teacher: Page;
  practitioner: Page;
  /** The thread's path. */
  thread: string;
}

/** The part of a thread's page in which the two write. */
export const saidPart = (page: Page): Locator => page.getByRole("region", { name: "What is said" });

/** The plan of a thread's page. */
export const planPart = (page: Page): Locator => page.getByRole("region", { name: "The plan" });

/** The messages of a thread's page. */
export const messages = (page: Page): Locator => saidPart(page).getByRole("list", { name: "Messages" });

/** One message that holds a text. */
export const message = (page: Page, text: string): Locator =>
  messages(page).getByRole("listitem").filter({ hasText: text });

/** Presses a button of what is said. */
export const press = (page: Page, name: string): Promise<void> =>
  saidPart(page).getByRole("button", { name, exact: true }).click();

/** Writes something into the box and waits until the server has it. */
export async function write(page: Page, text: string, kind = "Message"): Promise<void> {
  await saidPart(page).getByRole("radio", { name: kind, exact: true }).check();
  await saidPart(page).getByLabel(/^Write to/).fill(text);
  await press(page, "Send");
  await arrived(page, text);
}

/** Waits until the server has what was written; after a lost connection the page tries again every fifteen seconds. */
export async function arrived(page: Page, text: string): Promise<void> {
  await expect(message(page, text)).toHaveCount(1);
  await expect(message(page, text)).not.toContainText(/sending|not sent/, { timeout: 25_000 });
}

/** Makes keys on the page in front, on a device of one's own, without a recovery code for now. */
export async function makeKeys(page: Page): Promise<void> {
  await press(page, "Make my keys");
  await press(page, "Yes, it is mine");
  await press(page, "Later");
}

/** The path of the one thread that somebody has open. */
export async function openThread(page: Page): Promise<string> {
  await page.goto("/support");
  const links = page.getByRole("main").getByRole("article").getByRole("link", { name: /^You and/ });
  await expect(links).toHaveCount(1);
  return (await links.getAttribute("href")) ?? "";
}

/** The two of the sample's open thread, on devices of their own, with keys and a first message. */
export async function pair(as: (who: string) => Promise<Page>, first: string): Promise<Pair> {
  const [teacher, practitioner] = [await as(TEACHER), await as(PRACTITIONER)];
  const thread = await openThread(teacher);
  await practitioner.goto(thread);
  await makeKeys(practitioner);
  await teacher.goto(thread);
  await saidPart(teacher).getByLabel(/^Write to/).fill(first);
  await press(teacher, "Send");
  await press(teacher, "Yes, it is mine");
  await arrived(teacher, first);
  await press(teacher, "Later");
  await practitioner.reload();
  await expect(message(practitioner, first)).toBeVisible();
  return { teacher, practitioner, thread };
}

/** Somebody else makes keys, from the page of their own keys, and stays signed in. */
export async function keyed(page: Page): Promise<Page> {
  await page.goto("/account/keys");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Make my keys" }).click();
  await main.getByRole("button", { name: "Yes, it is mine" }).click();
  await main.getByRole("button", { name: "Later" }).click();
  await expect(main.getByRole("heading", { name: "What opens your keys" })).toBeVisible();
  return page;
}

/** The teacher puts a goal into the plan. */
export async function plan(page: Page, goal: string): Promise<void> {
  await planPart(page).getByRole("button", { name: "Add a goal" }).click();
  await planPart(page).getByLabel("What I want to be able to do").fill(goal);
  await planPart(page).getByRole("button", { name: "Keep it in the plan" }).click();
  await expect(planPart(page).locator(".plan-goal").filter({ hasText: goal })).toHaveCount(1);
  await expect(planPart(page)).not.toContainText(/sending|not sent/);
}

/** Files a recovery code from the page of one's own keys, and returns it. */
export async function recoveryCode(page: Page): Promise<string> {
  await page.goto("/account/keys");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Make my recovery code" }).first().click();
  const code = await main.locator(".said-groups").innerText();
  await main.getByRole("button", { name: "I have it on paper" }).click();
  await main.getByLabel(/recovery code/i).fill(code);
  await main.locator("form").getByRole("button").first().click();
  await expect(main).toContainText("Your recovery code is filed.");
  return code;
}

/** Both read each other's safety words and press the button on one's own side. */
export async function compare(page: Page): Promise<string> {
  const part = saidPart(page).locator(".said-safety");
  if ((await part.getAttribute("open")) === null) await part.locator("summary").click();
  const words = await part.locator(".said-code").innerText();
  await press(page, "They are the same");
  return words;
}

/** Signs in once more in the same browser, after a moved clock ended the session. */
export async function signInAgain(page: Page, accounts: Accounts, { user, password }: Person): Promise<void> {
  const { path, user_field, password_field } = accounts.sign_in;
  const form = { [user_field]: user, [password_field]: password };
  const reply = await page.request.post(new URL(path, accounts.base).href, { form, maxRedirects: 0 });
  expect(reply.status(), "signing in again").toBe(303);
}
