import { expect, type Page } from "@playwright/test";

/** One sample person of the accounts file. */
export interface Person {
  name: string;
  roles: string[];
  user: string;
  password: string;
  area: string | null;
  line_manager: string | null;
  note: string;
}

/** What `alongside demo --accounts-json` writes. */
export interface Accounts {
  base: string;
  sign_in: { path: string; user_field: string; password_field: string };
  people: Person[];
}

/**
 * The one sample person meant by a name, a whole note or a part of a note, whatever its case. A whole note wins over a
 * part; more than one match is an error, so that a journey never acts as somebody by chance.
 */
export function person(accounts: Accounts, who: string): Person {
  const wanted = who.toLowerCase();
  const matches = (test: (each: Person) => boolean) => accounts.people.filter(test);
  const whole = matches(({ name, note }) => name.toLowerCase() === wanted || note.toLowerCase() === wanted);
  const found = whole.length > 0 ? whole : matches(({ note }) => note.toLowerCase().includes(wanted));
  const [first] = found;
  if (first && found.length === 1) return first;
  const known = (first ? found : accounts.people).map(({ name, note }) => `${name}: ${note}`).join("\n  ");
  throw new Error(`${found.length} sample people are "${who}":\n  ${known}`);
}

/** Signs in through the ordinary form, as anybody would, and waits until the form is left behind. */
export async function signIn(page: Page, accounts: Accounts, who: string): Promise<Person> {
  const { path, user_field, password_field } = accounts.sign_in;
  const someone = person(accounts, who);
  await page.goto(new URL(path, accounts.base).href);
  await page.locator(`input[name="${user_field}"]`).fill(someone.user);
  await page.locator(`input[name="${password_field}"]`).fill(someone.password);
  await page.locator(`input[name="${password_field}"]`).press("Enter");
  await expect(page.locator(`input[name="${password_field}"]`)).toHaveCount(0);
  return someone;
}

/** Signs in by sending the ordinary form without opening it, and goes to the start page: for journeys about other things. */
export async function comeIn(page: Page, accounts: Accounts, who: string): Promise<Person> {
  const { path, user_field, password_field } = accounts.sign_in;
  const someone = person(accounts, who);
  const form = { [user_field]: someone.user, [password_field]: someone.password };
  const reply = await page.request.post(new URL(path, accounts.base).href, { form, maxRedirects: 0 });
  expect(reply.status(), `signing in as ${someone.name}`).toBe(303);
  await page.goto(accounts.base);
  return someone;
}
