import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";

const TEACHER = "teacher who has not asked";

/** R-CAL-1 */
test("a teacher switches the feed on, copies its address, renews it and switches it off; a calendar reads it without signing in", async ({
  as,
  request,
  college,
}) => {
  const teacher = await as(TEACHER);
  const read = async (address: string) => {
    // Mail and addresses name the program as people reach it; here it is the college of this journey.
    const path = new URL(address).pathname;
    return request.get(new URL(path, college.base).href);
  };
  const address = async () => teacher.getByLabel("Address of your feed").inputValue();

  await teacher.goto("/account");
  await teacher.getByRole("link", { name: "Choose how" }).click();
  await expect(teacher.getByRole("heading", { level: 1, name: "Your own calendar" })).toBeVisible();
  await calm(teacher);

  await teacher.getByRole("button", { name: "Switch on" }).click();
  await expect(teacher.getByRole("heading", { name: "Copy this address now" })).toBeVisible();
  await calm(teacher);
  const first = await address();
  expect(first).toMatch(/\/calendar\/[0-9a-f]{64}\.ics$/);
  const feed = await read(first);
  expect(feed.status()).toBe(200);
  expect(feed.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(await feed.text()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);

  await teacher.goto("/account/calendar");
  await expect(teacher.getByLabel("Address of your feed")).toHaveCount(0);
  await expect(teacher.getByRole("main")).toContainText("cannot be shown again");
  await calm(teacher);
  await teacher.getByRole("button", { name: "Make a new address" }).click();
  const second = await address();
  expect(second).not.toBe(first);
  expect((await read(first)).status()).toBe(404);
  expect((await read(second)).status()).toBe(200);

  await teacher.getByRole("radio", { name: /By mail/ }).check();
  await teacher.getByRole("button", { name: "Save" }).click();
  await expect(teacher.getByRole("status")).toContainText("Saved.");
  await expect(teacher.getByRole("radio", { name: /By mail/ })).toBeChecked();

  await teacher.getByRole("button", { name: "Switch off" }).click();
  await expect(teacher.getByRole("status")).toContainText("Switched off");
  expect((await read(second)).status()).toBe(404);
  await calm(teacher);
});
