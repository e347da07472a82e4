// The tools of the timeline in Chromium: search, table, pictures as files.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, expectNoOverflow, picture } from './looks.ts';

const search = (page: Page) =>
  page
    .getByRole('textbox', { name: 'Search the timeline' })
    .or(page.getByRole('combobox', { name: 'Search the timeline' }));
const grid = (page: Page) => page.getByRole('grid', { name: 'Timeline by line' });
const status = (page: Page) => page.getByRole('status');

const SCRIPT = `eventfd 100
eventfd 101
@ guest enables MSI-X
set_irqs msix trigger eventfd 0 [100 101]
raise 1
@ guest unmasks vector 1
set_irqs msix trigger eventfd 1 [999] # its descriptor is closed
raise 1
set_irqs msix trigger eventfd 1 [101]
set_irqs msix trigger eventfd 0 [999]
set_irqs msix trigger none 0 0`;

/** Replaces the script by keyboard. */
async function write(page: Page, script: string): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Notation…' }).click();
  await page.getByRole('textbox', { name: 'Script in notation' }).fill(script);
  const lines = script.split('\n').filter((line) => !line.startsWith('@')).length;
  await page.getByRole('button', { name: `Use these ${lines} lines` }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText(`line ${lines} / ${lines}`)).toBeVisible();
  // the tools of the timeline and the address are loaded after the first picture
  await expect(search(page)).toBeVisible();
  await expect(page).toHaveURL(/#v2=/);
}

test('keyboard only: search EBADF, move from match to match, read the table', async ({ page }) => {
  await write(page, SCRIPT);
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('EBADF');
  await expect(page.locator('.search-told')).toHaveText('2 matches');
  await page.keyboard.press('Enter');
  await expect(status(page)).toContainText('Line 5: ');
  await expect(status(page)).toContainText('failed with EBADF');
  await expect(page.locator('.search-told')).toHaveText('1 of 2');
  await page.keyboard.press('F3');
  await expect(page.locator('.search-told')).toHaveText('2 of 2');
  await expect(page.getByText('line 8 / 9')).toBeVisible();
  await page.keyboard.press('Shift+F3');
  await expect(page.getByText('line 5 / 9')).toBeVisible();

  // out of the field and into the table
  await page.keyboard.press('Escape');
  await expect(search(page)).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(search(page)).not.toBeFocused();
  await page.keyboard.press('l');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '10');
  // the table is fetched when it is first opened
  await expect(async () => {
    await page.keyboard.press('Alt+5');
    await expect(grid(page)).toBeFocused({ timeout: 2000 });
  }).toPass();
  const active = grid(page).getByRole('row', { selected: true });
  await expect(active).toHaveAttribute('aria-rowindex', '6');
  await expect(active).toHaveAttribute('aria-current', 'step');
  await expect(active.getByRole('gridcell')).toHaveText([
    '5',
    'guest unmasks vector 1',
    'SET_IRQS MSI-X [1..1] {999}',
    '-EBADF',
    'detached: vector 1; failed: vector 1',
    'its descriptor is closed',
  ]);
  await page.keyboard.press('ArrowDown');
  await expect(active.getByRole('gridcell').nth(4)).toHaveText('raised: vector 1; stays pending: vector 1');
  await page.keyboard.press('End');
  await expect(active.getByRole('gridcell').first()).toHaveText('9');
  await expect(page.getByText('line 5 / 9')).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText('line 3 / 9')).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByText(/line 3 \/ 9 · call 1/)).toBeVisible();
});

test('the table by lane agrees with the wiring; matching lines are listed on demand', async ({ page }) => {
  await write(page, SCRIPT);
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await search(page).fill('EBADF');
  await page.getByRole('checkbox', { name: 'only matching lines' }).check();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
  await grid(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'By lane after line 5' }).click();
  const lanes = page.getByRole('grid', { name: 'Lanes after line 5' });
  await expect(lanes.getByRole('row').nth(1).getByRole('gridcell')).toHaveText([
    'vector 0',
    'attached',
    '25',
    'fd 100',
    '–',
  ]);
  await expect(lanes.getByRole('row').nth(2).getByRole('gridcell')).toHaveText([
    'vector 1',
    'cached',
    '26',
    '–',
    '–',
  ]);
  const wired = page.getByRole('table', { name: 'Wiring' });
  await expect(wired.getByRole('row', { name: /^Vector 1: cached/ })).toBeVisible();
});

test('an action is shown before its line, in script, timeline and link, and is found by search', async ({
  page,
}) => {
  await write(page, SCRIPT);
  await page.getByRole('listbox', { name: 'Script' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('a');
  await expect(page.getByRole('textbox', { name: 'Action before line 1' })).toBeFocused();
  await page.keyboard.type('  driver opens its first queue ');
  await page.keyboard.press('Enter');
  const first = page.getByRole('option', { name: /^@ driver opens its first queue ?1 ?eventfd 100/ });
  await expect(first).toBeVisible();
  await expect(page.getByRole('img', { name: 'driver opens its first queue, line 1' })).toBeVisible();
  await search(page).fill('first queue');
  await expect(page.locator('.search-told')).toHaveText('1 of 1');
  await page.reload();
  await expect(first).toBeVisible();
  await page.getByRole('button', { name: 'Notation…' }).click();
  await expect(page.getByRole('textbox', { name: 'Script in notation' })).toHaveValue(
    /^device .*\n@ driver opens its first queue\neventfd 100\n/,
  );
});

test('invalid queries are explained; functions are searched in slices', async ({ page }) => {
  await write(page, SCRIPT);
  await search(page).fill('vector nine');
  await expect(page.locator('.search-told')).toHaveText(
    'Expected a vector from 0 to 2047, for instance vector 5, found “nine”.',
  );
  await search(page).fill('fn pci_free_irq_vectors');
  await expect(page.locator('.search-told')).toHaveText('1 of 1');
  await search(page).fill('action unmasks');
  await expect(page.locator('.search-told')).toHaveText('1 match');
});

test('the saved SVG has the segments of the table, the PNG its size and colours', async ({ page }) => {
  await write(page, SCRIPT);
  const saved = async (name: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`irqscope-timeline.${name.toLowerCase()}`);
    return readFile(await file.path());
  };
  const svg = (await saved('SVG')).toString();
  const segments = await page.evaluate((text) => {
    const made = new DOMParser().parseFromString(text, 'image/svg+xml');
    const of = (one: Element, name: string) => one.getAttribute(`data-${name}`) ?? '';
    return [...made.querySelectorAll('.segment')].map((one) =>
      ['vector', 'state', 'irq', 'ev', 'from', 'to'].map((name) => of(one, name)).join(' '),
    );
  }, svg);
  expect(segments).toEqual([
    '0 attached 25 0 3 8',
    '0 cached 25 -1 8 9',
    '1 attached 26 1 3 5',
    '1 cached 26 -1 5 6',
    '1 cached 26 -1 6 7',
    '1 attached 26 1 7 9',
  ]);
  const size = /width="(\d+)" height="(\d+)"/.exec(svg);

  const png = (await saved('PNG')).toString('base64');
  const drawn = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const colours = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4)
      colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
    return { width: image.naturalWidth, height: image.naturalHeight, colours: [...colours] };
  }, png);
  expect(drawn.width).toBe(2 * Number(size?.[1]));
  expect(drawn.height).toBe(2 * Number(size?.[2]));
  // the light theme's colour of attached vectors
  expect(drawn.colours).toContain(0x0a6d87);
  expect(drawn.colours).toContain(0xffffff);
});

test('a script of 400 lines: only visible rows exist', async ({ page }) => {
  await page.goto('./');
  const many = Array.from(
    { length: 100 },
    (_, at) => `eventfd ${100 + at}\nraise 1\nread ${100 + at}\nreset`,
  );
  await write(page, many.join('\n'));
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '401');
  await grid(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('End');
  await expect(grid(page).getByRole('row', { selected: true }).getByRole('gridcell').first()).toHaveText(
    '400',
  );
  await expect.poll(() => grid(page).getByRole('row').count()).toBeLessThan(60);
});

for (const [width, height, scheme] of [
  [1440, 900, 'light'],
  [1280, 720, 'dark'],
  [390, 844, 'light'],
] as const) {
  test(`tools and table are clean for axe at ${width}×${height}, ${scheme}`, async ({ page }, info) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto('./');
    if (width < 800) await page.getByRole('button', { name: 'Timeline', exact: true }).click();
    await search(page).fill('EBADF');
    await expect(page.locator('.search-told')).toHaveText(/match|of/);
    const look = async (name: string) => {
      await picture(page, info, `${name}-${width}`);
      expect(await complaintsOfAxe(page, '.timeline')).toEqual([]);
      await expectNoOverflow(page);
    };
    await look('drawn');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect(grid(page)).toBeVisible();
    await look('lines');
    await page.getByRole('button', { name: /^By lane/ }).click();
    await look('lanes');
  });
}
