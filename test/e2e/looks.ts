// The looks that every view must bear: three sizes in two themes; and what axe has to say of a page.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The sizes of the page, in pixels. */
const SIZES = [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const;

/** Every size in every theme, with its name. */
export const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  SIZES.map(([width, height]) => ({ width, height, colorScheme, name: `${colorScheme} ${width}×${height}` })),
);

/** Gives the page a look. */
export async function wear(
  page: Page,
  { width, height, colorScheme }: (typeof LOOKS)[number],
): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
}

/** Looks at the page as it stands in every look, one after the other; the page is opened and brought there once. */
export async function inEveryLook(
  page: Page,
  see: (look: (typeof LOOKS)[number]) => Promise<void>,
): Promise<void> {
  for (const look of LOOKS) {
    await wear(page, look);
    await see(look);
  }
}

/** What axe finds on the page, or in a part of it, a sentence each. */
export async function complaintsOfAxe(page: Page, part?: string): Promise<string[]> {
  // in the page itself and not in a blank one beside it: the same rules, in half the time; no page here has frames to go through
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** How many pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
