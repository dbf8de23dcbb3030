import type { Page } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { filesWith } from "../helpers/markers.ts";
import { type Pair, pair, planPart } from "../helpers/sealed.ts";
import { said } from "../helpers/support.ts";

const TITLE = "Waiting after a question";
const SAYS = "Three seconds are enough for twice as many answers.";
const ADDRESS = "https://www.example.org/waiting";
const FIRST = "SHELFMARK-first: shall we look at my questions?";
const GOAL = "SHELFMARK-goal: wait three seconds";

const main = (page: Page) => page.getByRole("main");
const inPlan = (page: Page, name: string) => planPart(page).getByRole("button", { name, exact: true });
const cited = (page: Page) => planPart(page).getByRole("link", { name: TITLE });

/** The practitioner adds something to the shelf; what is missing is told, and what was typed is kept. */
async function adds(page: Page): Promise<void> {
  await page.goto("/resources");
  await calm(page);
  await page.getByRole("link", { name: "Add to the shelf" }).click();
  await calm(page);
  await page.getByLabel("Title").fill(TITLE);
  await page.getByRole("button", { name: "Put it on the shelf" }).click();
  await expect(page.getByRole("alert")).toContainText("Say in plain words what it says.");
  await calm(page);
  await page.getByLabel("What it says").fill(SAYS);
  await page.getByLabel("Where it is").fill(ADDRESS);
  await page.getByRole("radio", { name: "Research summary" }).check();
  await page.getByRole("checkbox", { name: "Body language" }).check();
  await expect(page.getByLabel("Title")).toHaveValue(TITLE);
  await page.getByRole("button", { name: "Put it on the shelf" }).click();
  await expect(said(page)).toContainText("It stands on the shelf");
}

/** A teacher finds it by its theme, and the server is not told which. */
async function finds(page: Page): Promise<void> {
  await page.goto("/resources");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("navigation", { name: "Themes" }).getByRole("link", { name: "Body language" }).click();
  await expect(page.getByRole("heading", { name: "Body language" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Everything" })).toBeHidden();
  await expect(page.getByRole("article").filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole("article").filter({ visible: true })).toContainText(SAYS);
  await expect(page.getByRole("link", { name: TITLE }).filter({ visible: true })).toHaveAttribute("rel", "noopener noreferrer");
  const pages = asked.filter((url) => !url.includes("/assets/"));
  expect(pages, "a theme is chosen without asking anybody").toEqual([]);
  await calm(page);
}

/** The teacher cites it in a goal: sealed, so that the server never holds which. */
async function cites({ teacher }: Pair): Promise<void> {
  const sent: string[] = [];
  teacher.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await inPlan(teacher, "Add a goal").click();
  await planPart(teacher).getByLabel("What I want to be able to do").fill(GOAL);
  await planPart(teacher).getByLabel(/From the shelf/).selectOption({ label: TITLE });
  await inPlan(teacher, "Cite it").click();
  await expect(planPart(teacher).getByRole("list", { name: "Cited" })).toContainText(TITLE);
  await calm(teacher);
  await inPlan(teacher, "Keep it in the plan").click();
  await expect(cited(teacher)).toHaveAttribute("href", ADDRESS);
  await expect(planPart(teacher)).not.toContainText(/sending|not sent/);
  for (const what of sent) expect(what).not.toMatch(/Waiting|example\.org|SHELFMARK/);
  await calm(teacher);
}

test.describe.configure({ mode: "serial" });

/** R-RES-1 R-RES-3 R-RES-5 */
test("a practitioner adds to the shelf, a teacher finds it by theme and cites it, and the other one reads the citation", async ({
  as,
  college,
}) => {
  const both = await pair(as, FIRST);
  const { teacher, practitioner, thread } = both;
  await adds(practitioner);
  await finds(teacher);
  await teacher.goto(thread);
  await cites(both);
  await practitioner.goto(thread);
  await expect(cited(practitioner)).toHaveAttribute("href", ADDRESS);
  await calm(practitioner);
  expect(await filesWith(college.files, "SHELFMARK"), "sealed wherever it lies").toEqual([]);
});

/** R-RES-6 R-RES-8 */
test("outputs are noted in a line, shared with a licence and taken back", async ({ as }) => {
  const page = await as("uninvolved practitioner");
  await page.goto("/hours");
  await page.getByRole("link", { name: "What came of it: your outputs" }).click();
  await calm(page);
  await page.getByRole("link", { name: "Note an output" }).first().click();
  await calm(page);
  await page.getByRole("radio", { name: "Professional discussion" }).check();
  await page.getByLabel("Title").fill("What is a good question?");
  await page.getByLabel(/^Minutes/).fill("40");
  await page.getByRole("button", { name: "Note it" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose what the time was for");
  await calm(page);
  await page.getByLabel("What the minutes were for").selectOption({ label: "Sessions and communities" });
  await page.getByRole("button", { name: "Note it" }).click();
  await expect(said(page)).toContainText("Nobody else sees it.");
  await expect(main(page)).toContainText("What is a good question?");
  await calm(page);
  await page.getByRole("link", { name: "Share: What is a good question?" }).click();
  await calm(page);
  await page.getByLabel("What it says").fill("A page to begin a talk about questions with.");
  await page.getByLabel("Where it is").fill("https://files.example.org/questions");
  await page.getByRole("checkbox", { name: "Questioning", exact: true }).check();
  await page.getByRole("radio", { name: "CC BY 4.0", exact: true }).check();
  await page.getByRole("button", { name: "Put it on the shelf" }).click();
  await expect(said(page)).toContainText("It stands on the shelf");
  await page.getByRole("button", { name: "Take back What is a good question?" }).click();
  await expect(said(page)).toContainText("Taken back");
  await page.goto("/resources");
  await expect(main(page)).not.toContainText("What is a good question?");
});
