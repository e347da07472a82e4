// The looks of every view: three sizes in two themes; and axe's violations.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, type TestInfo } from '@playwright/test';

/** Sizes of the window in pixels. */
const SIZES = [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const;

/** Every size in every theme, named. */
export const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  SIZES.map(([width, height]) => ({ width, height, colorScheme, name: `${colorScheme} ${width}×${height}` })),
);

/** A size in a theme. */
export type Look = (typeof LOOKS)[number];

/** Applies a look to the page. */
export async function wear(page: Page, { width, height, colorScheme }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
}

/** Calls `see` in every look, one after the other, without reloading the page. */
export async function inEveryLook(page: Page, see: (look: Look) => Promise<void>): Promise<void> {
  for (const look of LOOKS) {
    await wear(page, look);
    await see(look);
  }
}

/** Rules of axe by the page's colours: all in light, contrast alone in dark, all but contrast where the system forces colours. */
async function rulesNow(page: Page): Promise<Parameters<AxeBuilder['options']>[0]> {
  const [isForced, isDark] = await page.evaluate(() =>
    ['(forced-colors: active)', '(prefers-color-scheme: dark)'].map((query) => matchMedia(query).matches),
  );
  if (isForced) return { rules: { 'color-contrast': { enabled: false } } };
  return isDark ? { runOnly: ['color-contrast'] } : {};
}

/** Resolves when parts that measure themselves have drawn a change: they do it in the frames after it. */
export async function drawnAgain(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
}

/** Expects the found faults of the page to be none, once the page has drawn the last change. */
export async function expectNone(
  page: Page,
  find: () => Promise<readonly unknown[]>,
  name = '',
): Promise<void> {
  await drawnAgain(page);
  await expect.poll(find, { message: name }).toEqual([]);
}

/** Returns the place of an element that no longer moves. */
export async function stillBox(one: Locator) {
  let still = await one.boundingBox();
  await expect(async () => {
    const before = await one.boundingBox();
    await drawnAgain(one.page());
    still = await one.boundingBox();
    expect(before).not.toBeNull();
    expect(still).toEqual(before);
  }).toPass();
  if (still === null) throw new Error('the element cannot be seen');
  return still;
}

/** Returns axe's violations on the page or in a part of it, one sentence each. */
export async function complaintsOfAxe(page: Page, part?: string): Promise<string[]> {
  await drawnAgain(page);
  // legacy mode runs in the page itself, in half the time, and so does a run that collects violations only; no page here has frames
  const axe = new AxeBuilder({ page }).setLegacyMode().options({
    ...(await rulesNow(page)),
    resultTypes: ['violations'],
    preload: false,
  });
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/**
 * Returns axe's violations in a look: in light at every size, in dark at one, because contrast does not depend on the size.
 */
export async function complaintsIn(page: Page, look: Look, part?: string): Promise<string[]> {
  return look.colorScheme === 'dark' && look.width !== 1280 ? [] : complaintsOfAxe(page, part);
}

/**
 * Saves a picture of the page beside the results of the test, if `IRQSCOPE_PICTURES` is set: a person looks at them, no test
 * reads them.
 */
export async function picture(
  page: Page,
  info: TestInfo,
  name: string,
  options: { readonly fullPage?: boolean } = {},
): Promise<void> {
  if (process.env['IRQSCOPE_PICTURES'] === undefined) return;
  await page.screenshot({ ...options, path: info.outputPath(`${name}.png`) });
}

/** Expects the page to be no wider than the window, once it has taken the size of the window. */
export async function expectNoOverflow(page: Page, name = ''): Promise<void> {
  await expect.poll(() => overflow(page), { message: name }).toBeLessThanOrEqual(0);
}

/** Returns by how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
