import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until the element has the focus, and asserts that the focus can be seen there. */
export async function tabTo(page: Page, element: Locator, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    if (await element.evaluate((wanted) => wanted === document.activeElement)) {
      await expectVisibleFocus(element);
      return;
    }
  }
  throw new Error(`${most} presses of Tab do not reach ${element}`);
}

/** The focus ring may be drawn by the element itself, by its label (chips), or by something beside it. */
async function expectVisibleFocus(element: Locator): Promise<void> {
  const ring = await element.evaluate((focused) => {
    const drawn = (each: Element | null) => {
      if (!each) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
    };
    return drawn(focused) || drawn(focused.closest("label")) || drawn(focused.nextElementSibling);
  });
  expect(ring, `the focus can be seen on ${element}`).toBe(true);
}
