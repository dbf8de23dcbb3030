import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { ask } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";
const PRACTITIONER = "uninvolved practitioner";

/** R-LOK-1 R-LOK-2 R-LOK-4 CON-07 */
test("a teacher reads that the one who was asked opened it, and an administrator reads only what was changed", async ({
  as,
  who,
}) => {
  const teacher = await as(TEACHER);
  await teacher.goto("/account");
  await teacher.getByRole("link", { name: "See who looked" }).click();
  await expect(teacher.getByRole("main")).toContainText("Nobody has opened a page about you");
  await calm(teacher);

  const thread = await ask(teacher, who(PRACTITIONER).name);
  const practitioner = await as(PRACTITIONER);
  await practitioner.goto(thread);
  await practitioner.reload();
  await teacher.goto("/account/looked");
  const row = teacher.getByRole("row").filter({ hasText: who(PRACTITIONER).name });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("What you asked for");
  await calm(teacher);
  await practitioner.goto("/account/looked");
  await expect(practitioner.getByRole("main")).toContainText("Nobody has opened a page about you");

  const administrator = await as("administrator");
  await administrator.goto("/people");
  await administrator.getByRole("link", { name: "What was changed, and by whom" }).click();
  await expect(administrator.getByRole("main")).toContainText("Bring in the list of staff");
  for (const name of [who(TEACHER).name, who(PRACTITIONER).name]) {
    await expect(administrator.getByRole("table")).not.toContainText(name);
  }
  await calm(administrator);
});

/** R-ACS-1 */
test("the accessibility statement is one tap from the sign-in page", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Accessibility" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Accessibility" })).toBeVisible();
  await calm(page);
});
