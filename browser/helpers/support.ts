import { expect, type Locator, type Page } from "@playwright/test";

/** The address of one thread's page. */
const THREAD = /\/support\/[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** A theme of the sample college, and who leads on it. */
export const LEADS = [
  { theme: "Digital tools", leader: "Aisha Rahman" },
  { theme: "Behaviour management", leader: "Tom Birch" },
] as const;

/** Goes to the ask form the way a visitor does: the list of their own support, then the link there. */
export async function openAskForm(page: Page): Promise<void> {
  await page.goto("/support");
  await page.getByRole("main").getByRole("link", { name: "Ask for support" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ask for support" })).toBeVisible();
}

/** A theme's chip. */
export function theme(page: Page, name: string): Locator {
  return page.getByRole("checkbox", { name, exact: true });
}

/** The choice of a practitioner on the ask form. */
export function whom(page: Page, name: string): Locator {
  return page.getByRole("group", { name: /work with/ }).getByRole("radio", { name });
}

/** The whole of a choice: its box with all its words. */
export function box(choice: Locator): Locator {
  return choice.locator("xpath=ancestor::label");
}

/** The practitioners of the ask form from top to bottom. */
export async function order(page: Page): Promise<string[]> {
  const radios = page.getByRole("group", { name: /work with/ }).getByRole("radio");
  return radios.evaluateAll((each) => each.map((radio) => radio.closest("label")?.querySelector("strong")?.textContent ?? ""));
}

/** Somebody's published times on the ask form; the first choice is "any time". Nobody else's are shown. */
export function times(page: Page, name: string): Locator {
  return page.getByRole("group", { name: new RegExp(`hours of ${name}`, "i") }).getByRole("radio");
}

/** The button that sends the request. */
export function send(page: Page): Locator {
  return page.getByRole("main").getByRole("button", { name: "Ask for support" });
}

/**
 * Publishes other support hours than the sample's, so that a wished time is known to be free: which of the sample's
 * are booked nobody can know who asks.
 */
export async function publish(page: Page, hours: string): Promise<void> {
  await page.goto("/practice");
  const field = page.getByLabel(/one a line/i);
  await field.fill(hours);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(said(page)).toContainText("Saved");
  await expect(field, "what was published").toHaveValue(hours);
}

/** Asks somebody for support and returns the thread's path; `time` is the number of a published time, 0 leaves it open. */
export async function ask(page: Page, name: string, time = 0): Promise<string> {
  await openAskForm(page);
  await theme(page, "Something else").check();
  await whom(page, name).check();
  await times(page, name).nth(time).check();
  await send(page).click();
  return onThread(page);
}

/** Waits until a thread's page is there, and returns its path. */
export async function onThread(page: Page): Promise<string> {
  await expect(page).toHaveURL(THREAD);
  return new URL(page.url()).pathname;
}

/** The buttons that agree to an offered time. */
export function agree(page: Page): Locator {
  return page.getByRole("button", { name: /^Agree/ });
}

/** What the last act left to say. */
export function said(page: Page): Locator {
  return page.getByRole("status").first();
}

/** Opens a part of the page that is folded away, unless it is open. */
export async function unfold(page: Page, summary: string | RegExp): Promise<Locator> {
  const part = page.locator("details").filter({ has: page.locator("summary", { hasText: summary }) });
  if ((await part.getAttribute("open")) === null) await part.locator("summary").first().click();
  await expect(part).toHaveAttribute("open");
  return part;
}

/** Moves the sample college's clock on to nine o'clock or later of a day, through its page. */
export async function moveClock(page: Page, day: string): Promise<void> {
  await page.goto("/sample");
  await page.getByLabel("To a day").fill(day);
  await page.getByRole("button", { name: "Move it there" }).click();
  await expect(said(page)).toContainText("moved on");
}

/** Follows a link of the navigation, on a phone from whichever of its bars has it. */
export async function follow(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name }).first().click();
}
