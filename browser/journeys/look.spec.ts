import type { Page } from "@playwright/test";
import { calm, fits } from "../helpers/axe.ts";
import { crawl, look } from "../helpers/crawl.ts";
import { expect, test } from "../helpers/journey.ts";

const PEOPLE = [
  "teacher with voluntary support",
  "practitioner who supports",
  "programme lead",
  "administrator",
  "line manager",
  "uninvolved practitioner",
  "head of department elsewhere",
  "senior leader",
  "safeguarding lead",
  "coordinator",
  "teacher who has not asked",
];

/** Pages and shapes of pages that were looked at already, for this screen. */
const seen = new Set<string>();

function fresh(key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** The page's own part and the frame around it; both are looked at once, whoever has them. */
function parts(source: string): [page: string, frame: string] {
  const page = /<main[\s\S]*<\/main>/.exec(source)?.[0] ?? source;
  return [page, source.replace(page, "").replace(/ aria-current="page"/g, "").replace(/<title>.*?<\/title>/, "")];
}

/** What a page is built of, without its words: axe judges each shape once. */
function shape(source: string): string {
  const tags = [...source.matchAll(/<([a-z0-9]+)([^>]*)>/g)].map(([, tag, attributes]) => {
    const kept = [...(attributes ?? "").matchAll(/ (class|type|role)="([^"]*)"/g)].map(([, , value]) => value);
    return [tag, ...kept].join(".");
  });
  return [...new Set(tags)].toSorted().join(" ");
}

/** Opens everything that is folded away, so that it is looked at too. */
async function unfoldAll(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
}

test.describe.configure({ timeout: 300_000 });

for (const one of PEOPLE) {
  test(`every page of the ${one} is calm`, async ({ as }) => {
    const page = await as(one);
    const pages = [...(await crawl(page))].filter(([, { status }]) => status === 200);
    expect(pages.length).toBeGreaterThan(5);
    for (const [path, { source }] of pages) {
      const [own, frame] = parts(source);
      const isNew = [fresh(own), fresh(frame)].some(Boolean);
      if (!isNew) continue;
      await page.goto(path);
      await unfoldAll(page);
      const shapes = [fresh(`shape ${shape(own)}`), fresh(`shape ${shape(frame)}`)].some(Boolean);
      if (shapes) await calm(page);
      else await fits(page);
    }
  });
}

test("what stands where nothing is, and behind an old link, is calm too", async ({ page }) => {
  for (const path of ["/nothing", "/set-up/an-old-link", "/sign-in"]) {
    await page.goto(path);
    await calm(page);
  }
  expect((await look(page, "/week")).location).toBe("/sign-in");
});
