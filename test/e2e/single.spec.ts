// The page as one file, opened from `file://` with nothing beside it: every view, workers, files that come with the page,
// links; and what is said where the browser forbids storage, locks, the clipboard or workers.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { printScript } from '../../src/formats/notation/print.ts';
import { workload } from '../../src/session/workload.ts';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, overflow } from './looks.ts';

const top = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(top, '.cache/alone', String(process.env['TEST_PARALLEL_INDEX'] ?? 0));
const file = pathToFileURL(join(folder, 'irqscope.html')).href;

test.use({ baseURL: file, viewport: { width: 1440, height: 900 } });

test.beforeEach(({ context }) => {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(top, 'dist/irqscope.html'), join(folder, 'irqscope.html'));
  // the guards allow any file: this one and no other is read
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

test('the lab: an ioctl by hand, a reload, and the link opened in another browser', async ({
  page,
  browser,
}, info) => {
  await openLab(page);
  await page.screenshot({ path: info.outputPath('lab.png') });
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Line of notation' }).fill('eventfd 177');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  await expect(page).toHaveURL(/#/);
  await page.reload();
  await expect(page.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  const other = await browser.newContext();
  const there = await other.newPage();
  await there.goto(page.url());
  await expect(there.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  await other.close();
});

test('a built-in recording is in the file, and the model agrees with it', async ({ page }, info) => {
  await openLab(page);
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('button', { name: /Who gets the irq number after a failure V3 patch/ }).click();
  await expect(status(page)).toContainText('opened');
  await expect(page.locator('.verdict')).toHaveClass(/agree/);
  await page.screenshot({ path: info.outputPath('recording.png') });
});

test('compare and lessons open', async ({ page }, info) => {
  await openLab(page);
  await openView(page, 'Compare');
  await expect(page.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();
  await page.screenshot({ path: info.outputPath('compare.png') });
  await openView(page, 'Lessons');
  await page.getByRole('button', { name: 'Start Table, irq, eventfd' }).click();
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toContainText(
    'Step 1 of 3',
  );
  await page.screenshot({ path: info.outputPath('lesson.png') });
  await page.reload();
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toContainText(
    'Step 1 of 3',
  );
});

test('a search runs in its worker, and the atlas is in the file', async ({ page }, info) => {
  await openLab(page);
  await openView(page, 'Explore');
  await page.getByRole('button', { name: /^V3 and ≥ 6.5: anything a client can see/ }).click();
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('None: space exhausted.');
  await page.screenshot({ path: info.outputPath('explore.png') });
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  await expect(page.getByRole('table', { name: 'Outcomes' }).getByRole('row').nth(20)).toBeVisible();
});

test('a long script is read and worked out in the other worker', async ({ page }) => {
  await openLab(page);
  await openText(
    page,
    printScript({ device: null, lines: workload({ lines: 6000, vectors: 64, seed: 1 }).lines }),
  );
  await expect(page.locator('.position')).toContainText('/ 6000', { timeout: 20_000 });
});

/** Every element with its place and what the style sheets make of it: what the order of the sheets could change. */
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

test('every view looks as it does from a server, though all styles are there from the start', async ({
  page,
  browser,
}, info) => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
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
        // nothing is to be pointed at
        await one.mouse.move(2, 2);
      }
      await expect(page.getByText('Opening…')).toBeHidden();
      await same();
    }
  }
  for (const one of [page, served]) await one.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBe(0);
  await page.screenshot({ path: info.outputPath('phone.png') });
  await same();
  await context.close();
});

test('the sheet of keys tells the version, and that one file needs no network', async ({ page }, info) => {
  await openLab(page);
  await page.keyboard.press('Shift+Slash');
  const sheet = page.getByRole('dialog', { name: 'Keys and marks' });
  await expect(sheet).toContainText(/irqscope \d+\.\d+\.\d+\./);
  await expect(sheet).toContainText('this page is one file, which needs no network');
  await page.screenshot({ path: info.outputPath('sheet.png') });
});

/** Has the browser refuse what it may refuse to a file. */
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

test('a browser that forbids storage, locks, clipboard and workers still shows every view, and says so', async ({
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
  await page.screenshot({ path: info.outputPath('forbidden.png') });
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(alert).toContainText('The browser does not allow copying.');
  await expect(alert).toContainText(page.url());
  // the address brings the session back without any storage
  await page.reload();
  await expect(page.getByRole('option', { name: /eventfd 177/ })).toBeVisible();
  await openText(
    page,
    printScript({ device: null, lines: workload({ lines: 6000, vectors: 64, seed: 1 }).lines }),
  );
  await expect(alert).toContainText('the browser does not let the page start a worker');
  await openView(page, 'Explore');
  await page.getByRole('button', { name: 'Start the search' }).click();
  await expect(page.getByText('the browser does not let the page start a worker').first()).toBeVisible();
  await openView(page, 'Lessons');
  await page.getByRole('button', { name: 'Start Table, irq, eventfd' }).click();
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toContainText(
    'Step 1 of 3',
  );
});

test('a link to a file is explained', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLab(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('alert')).toContainText('It names a file of this computer.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});
