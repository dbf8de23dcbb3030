import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { filesWith } from "../helpers/markers.ts";
import { arrived, keyed, message, press, saidPart } from "../helpers/sealed.ts";
import { onThread, openAskForm, order, send, theme, whom } from "../helpers/support.ts";

const TEACHER = "teacher who has not asked";
const KEYED = "uninvolved practitioner";
const WORDS = "ASKMARK: my second set talks over me";
const AGAIN = "ASKMARK-again: it is about the first ten minutes";

const box = (page: Page) => page.getByLabel(/In your own words/);

/** R-WRD-15 */
test("what is typed on the ask form is sealed once there is a thread, and kept until then", async ({ as, who, college }) => {
  test.setTimeout(180_000);
  const practitioner = await keyed(await as(KEYED));

  const teacher = await as(TEACHER);
  const sent: string[] = [];
  teacher.on("request", (request) => sent.push(decodeURIComponent((request.postData() ?? "").replaceAll("+", " "))));
  await openAskForm(teacher);
  const keyless = (await order(teacher)).find((name) => name !== who(KEYED).name) ?? "";
  await whom(teacher, keyless).check();
  await expect(teacher.getByRole("main")).toContainText(`${keyless} cannot read sealed words yet.`);
  await expect(box(teacher), "said before anything is typed").toBeHidden();
  await calm(teacher);

  await whom(teacher, who(KEYED).name).check();
  await expect(box(teacher)).toBeVisible();
  await box(teacher).fill(WORDS);
  await calm(teacher);
  await whom(teacher, keyless).check();
  await expect(teacher.getByRole("main")).toContainText("What you wrote is kept here");
  await whom(teacher, who(KEYED).name).check();
  await expect(box(teacher)).toHaveValue(WORDS);

  await send(teacher).click();
  await expect(teacher.getByRole("alert")).toBeVisible();
  await expect(box(teacher), "an error loses nothing").toHaveValue(WORDS);
  await calm(teacher);
  await theme(teacher, "Something else").check();
  await send(teacher).click();
  const thread = await onThread(teacher);
  await expect(saidPart(teacher).getByRole("heading", { name: "Is this device yours alone?" })).toBeVisible();
  await expect(saidPart(teacher).getByLabel(/^Write to/)).toHaveValue(WORDS);
  await calm(teacher);
  await press(teacher, "Yes, it is mine");
  await arrived(teacher, WORDS);
  await press(teacher, "Later");
  await expect(message(teacher, WORDS)).toContainText("What was asked for");
  await expect(saidPart(teacher).getByLabel(/^Write to/)).toHaveValue("");
  await calm(teacher);

  await practitioner.goto(thread);
  await expect(message(practitioner, WORDS)).toContainText("What was asked for");
  await calm(practitioner);
  await teacher.reload();
  await expect(message(teacher, WORDS), "said once").toHaveCount(1);
  expect(sent.length, "the requests were heard").toBeGreaterThan(1);
  expect(sent.filter((body) => body.includes("ASKMARK")), "sent in the clear").toEqual([]);
  expect(await filesWith(college.files, "ASKMARK")).toEqual([]);

  // With keys there is no question any more.
  await teacher.getByRole("button", { name: "Take it back" }).click();
  await openAskForm(teacher);
  await expect(box(teacher), "what was sent is not offered again").toHaveValue("");
  await theme(teacher, "Something else").check();
  await whom(teacher, who(KEYED).name).check();
  await box(teacher).fill(AGAIN);
  await send(teacher).click();
  expect(await onThread(teacher)).not.toBe(thread);
  await arrived(teacher, AGAIN);
  await expect(message(teacher, AGAIN)).toContainText("What was asked for");
});
