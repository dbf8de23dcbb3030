import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The narrowest screen that must do without sideways scrolling (WCAG 1.4.10). */
const NARROWEST = 320;

/**
 * Asserts that the page is calm: axe finds nothing in light or dark, and nothing makes the page scroll sideways, on this
 * screen or, on a phone, on the narrowest one. The journey goes on all the same, so that one run tells every page's faults.
 */
export async function calm(page: Page): Promise<void> {
  const where = new URL(page.url()).pathname;
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect.soft(await violations(page, { runOnly: TAGS }), `axe on ${where}`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect.soft(await violations(page, { runOnly: { type: "rule", values: ["color-contrast"] } }), `dark ${where}`).toEqual([]);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await fits(page);
}

/** Asserts that nothing makes the page scroll sideways, on this screen or, on a phone, on the narrowest one. */
export async function fits(page: Page): Promise<void> {
  const where = new URL(page.url()).pathname;
  const size = page.viewportSize();
  expect.soft(await tooWide(page, size?.width ?? 0), `wider than the screen on ${where}`).toEqual([]);
  if (size && size.width < 500) {
    await page.setViewportSize({ ...size, width: NARROWEST });
    expect.soft(await tooWide(page, NARROWEST), `wider than ${NARROWEST} px on ${where}`).toEqual([]);
    await page.setViewportSize(size);
  }
}

/** What axe finds, one line each: the rule, what it says, and the first elements concerned. */
async function violations(page: Page, options: RunOptions): Promise<string[]> {
  await inject(page);
  const found = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } };
    return (await axe.run(document, { ...options, resultTypes: ["violations"] })).violations;
  }, options);
  return found.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`);
    return `${id}: ${help}\n${places.join("\n")}`;
  });
}

/** Puts axe into the page as the developer tools would: the page's own policy allows no foreign script. */
async function inject(page: Page): Promise<void> {
  if (await page.evaluate(() => "axe" in window)) return;
  const tools = await page.context().newCDPSession(page);
  await tools.send("Runtime.evaluate", { expression: AXE });
  await tools.detach();
}

/** The elements that reach beyond the screen's right edge and make the page scroll. */
async function tooWide(page: Page, width: number): Promise<string[]> {
  return page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > width + 1,
    );
    const told = beyond.map((element) => `${element.tagName.toLowerCase()}.${element.className} to ${Math.round(element.getBoundingClientRect().right)}`);
    return told.length > 0 ? told.slice(0, 8) : [`the page is ${document.documentElement.scrollWidth} px wide`];
  }, width);
}
