// The single-file page, opened from `file://` without other files: views, workers, built-in files and links, and the messages
// when the browser forbids storage, locks, the clipboard or workers.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { printScript } from '../../src/formats/notation/print.ts';
import { workload } from '../../src/session/workload.ts';
import { writtenLink } from './address.ts';
import { expect, test } from './fixtures.ts';
import { asKnown } from './known.ts';
import { complaintsOfAxe, expectNoOverflow, picture } from './looks.ts';

const top = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(top, '.cache/alone', String(process.env['TEST_PARALLEL_INDEX'] ?? 0));
const file = pathToFileURL(join(folder, 'irqscope.html')).href;

test.use({ baseURL: file, viewport: { width: 1440, height: 900 } });

test.beforeEach(({ context }) => {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(top, 'dist/irqscope.html'), join(folder, 'irqscope.html'));
  // the guards allow any file, so only this one may be read
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'file:') expect(url.pathname).toBe(new URL(file).pathname);
    else expect(url.protocol).toMatch(/^(blob|data):$/);
  });
});

const wiring = (page: Page) => page.getByRole('table', { name: 'Wiring', exact: true });
const views = (page: Page) => page.getByRole('navigation', { name: 'Views' });
const status = (page: Page) => page.getByRole('status').last();

async function openLab(page: Page, hash = '') {
  await page.goto(file + hash);
  await expect(wiring(page)).toBeVisible();
}

async function openView(page: Page, name: string) {
  await views(page).getByRole('button', { name }).click();
}

async function openText(page: Page, text: string) {
  await page.getByRole('button', { name: 'Open…' }).click();
  const buffer = Buffer.from(text);
  await page.getByLabel('Recording file').setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer });
}

test('the lab runs an ioctl, survives a reload, and its link opens in another browser', async ({
  page,
  browser,
}, info) => {
  await openLab(page);
  await picture(page, info, 'lab');
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Line of notation' }).fill('eventfd 177');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  const other = await browser.newContext();
  const there = await other.newPage();
  await there.goto(await writtenLink(page));
  await expect(there.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  await other.close();
});

test('the file contains a built-in recording, and the model agrees with it', async ({ page }, info) => {
  await openLab(page);
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('button', { name: /Irq numbers after a failed call V3 patch/ }).click();
  await expect(status(page)).toContainText('opened');
  await expect(page.locator('.verdict')).toHaveClass(/agree/);
  await picture(page, info, 'recording');
});

test('opens Compare and lessons', async ({ page }, info) => {
  await openLab(page);
  await openView(page, 'Compare');
  await expect(page.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();
  await picture(page, info, 'compare');
  await openView(page, 'Lessons');
  await page.getByRole('button', { name: 'Start Table, irq, eventfd' }).click();
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toContainText(
    'Step 1 of 3',
  );
  await picture(page, info, 'lesson');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toContainText(
    'Step 1 of 3',
  );
});

test('runs a search in its worker and contains the atlas', async ({ page }, info) => {
  await openLab(page);
  await openView(page, 'Explore');
  await page.getByRole('button', { name: /^V3 and ≥ 6.5: any difference that a client can see/ }).click();
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Proven impossible.');
  await picture(page, info, 'explore');
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  await expect(page.getByRole('table', { name: 'Outcomes' }).getByRole('row').nth(20)).toBeVisible();
});

test('reads and computes a long script in the other worker', async ({ page }) => {
  await openLab(page);
  await openText(
    page,
    printScript({ device: null, lines: workload({ lines: 6000, vectors: 64, seed: 1 }).lines }),
  );
  await expect(page.locator('.position')).toContainText('/ 6000');
});

/** Returns each element with its place and computed style, which the order of the style sheets could change. */
function drawn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('#root *')].map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const place = [left, top, width, height].map((pixels) => Math.round(pixels * 10) / 10);
      const look = [style.color, style.backgroundColor, style.borderTopColor, style.font, style.padding];
      return [element.tagName, element.getAttribute('class'), ...place, ...look].join(' | ');
    }),
  );
}

test('every view looks like the served page, although all styles are loaded from the start', async ({
  page,
  browser,
}, info) => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  await asKnown(context);
  const served = await context.newPage();
  await openLab(page);
  await served.goto(info.project.use.baseURL ?? '');
  await expect(wiring(served)).toBeVisible();
  const same = () => expect(async () => expect(await drawn(page)).toEqual(await drawn(served))).toPass();
  await same();
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const one of [page, served]) await one.emulateMedia({ colorScheme });
    for (const view of ['Compare', 'Explore', 'Lessons', 'Lab']) {
      for (const one of [page, served]) {
        await openView(one, view);
        // moves the pointer away from all elements
        await one.mouse.move(2, 2);
      }
      await expect(page.getByText('Opening…')).toBeHidden();
      await same();
    }
  }
  for (const one of [page, served]) await one.setViewportSize({ width: 390, height: 844 });
  await expectNoOverflow(page);
  await picture(page, info, 'phone');
  await same();
  await context.close();
});

test('the help shows the version, and that a single file needs no network', async ({ page }, info) => {
  await openLab(page);
  await page.keyboard.press('Shift+Slash');
  const sheet = page.getByRole('dialog', { name: 'Help' });
  await expect(sheet).toContainText(/irqscope \d+\.\d+\.\d+\./);
  await expect(sheet).toContainText('this page is a single file, which needs no network');
  await picture(page, info, 'sheet');
});

/** Makes the browser refuse storage, locks, clipboard and workers. */
async function forbid(page: Page) {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: refuse });
    Object.defineProperty(navigator, 'locks', {
      value: { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) },
    });
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    Object.defineProperty(window, 'Worker', {
      value: class {
        constructor() {
          refuse();
        }
      },
    });
  });
}

test('shows every view and a message if the browser forbids storage, locks, clipboard and workers', async ({
  page,
}, info) => {
  await forbid(page);
  await openLab(page);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Line of notation' }).fill('eventfd 177');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The browser does not keep the branches.');
  await picture(page, info, 'forbidden');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(alert).toContainText('The browser blocks copying.');
  await expect(alert).toContainText(page.url());
  // the address restores the session without storage
  await page.reload();
  await expect(page.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  await openText(
    page,
    printScript({ device: null, lines: workload({ lines: 6000, vectors: 64, seed: 1 }).lines }),
  );
  await expect(alert).toContainText('the browser blocks workers');
  await openView(page, 'Explore');
  await page.getByRole('button', { name: 'Start the search' }).click();
  await expect(page.getByText('the browser blocks workers').first()).toBeVisible();
  await openView(page, 'Lessons');
  await page.getByRole('button', { name: 'Start Table, irq, eventfd' }).click();
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toContainText(
    'Step 1 of 3',
  );
});

test('explains links to a file', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLab(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('alert')).toContainText('It names a file on this computer.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(() => page.url()).toBe(copied);
});
