// The page without a network: one visit keeps all its parts and files; a newer version shows a notice and waits. Each test has
// its own server with a copy of the built page, which it can change or remove.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { filesBelow } from '../../build/files.ts';
import { listForOffline } from '../../build/offline.ts';
import { writtenLink } from './address.ts';
import { test as base, expect } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, LOOKS, picture, wear } from './looks.ts';
import { answerFrom } from './serve.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));

/** A host of the page. */
interface Host {
  /** The served folder. */
  readonly folder: string;
  readonly server: Server;
  /** The requested paths since the test began. */
  readonly asked: string[];
}

const test = base.extend<{ host: Host }>({
  host: async ({ browserName: _browser }, use, info) => {
    const folder = info.outputPath('host');
    cpSync(join(top, 'dist'), folder, { recursive: true });
    const asked: string[] = [];
    const answer = answerFrom(folder, '/under/a/path/');
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({ folder, server, asked });
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  },
  baseURL: async ({ host }, use) => {
    const address = host.server.address();
    if (address === null || typeof address === 'string') throw new Error('the host has no port');
    await use(`http://127.0.0.1:${address.port}/under/a/path/`);
  },
  serviceWorkers: 'allow',
});

const wiring = (page: Page) => page.getByRole('table', { name: 'Wiring', exact: true });
const notice = (page: Page) => page.getByRole('region', { name: 'New version' });

async function openView(page: Page, name: string) {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click();
}

async function run(page: Page, line: string) {
  await expect(page.getByRole('combobox', { name: 'Line of notation' })).toBeVisible();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Line of notation' }).fill(line);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: line })).toBeVisible();
}

/** The time for the browser to store all files of a version. */
const PATIENCE = { timeout: 120_000 };

/** Opens the page for the first time, and waits until the browser has kept it. */
async function visit(page: Page) {
  await page.goto('./');
  await expect(wiring(page)).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

async function sheetSays(page: Page, what: string | RegExp) {
  await page.keyboard.press('Shift+Slash');
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText(what, PATIENCE);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Takes the network and the host away. */
async function unplug(context: BrowserContext, { server }: Host) {
  await context.setOffline(true);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Puts another version of the page on the host. `gone` matches files that it no longer has. */
function deploy({ folder }: Host, gone: RegExp | null = null) {
  const index = join(folder, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace('<html ', '<html data-version="next" '));
  for (const path of filesBelow(folder)) if (gone?.test(path)) rmSync(join(folder, path));
  listForOffline(folder);
}

test.slow();

test('after one visit, views, workers, recordings and links open without a network', async ({
  page,
  context,
  host,
}) => {
  await visit(page);
  await sheetSays(page, 'This browser has saved the page');
  await unplug(context, host);

  await page.reload();
  await expect(wiring(page)).toBeVisible();
  await run(page, 'eventfd 177');
  const link = await writtenLink(page);

  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('button', { name: /Irq numbers after a failed call V3 patch/ }).click();
  await expect(page.locator('.verdict')).toHaveClass(/agree/);

  await openView(page, 'Compare');
  await expect(page.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();

  await openView(page, 'Explore');
  await page.getByRole('button', { name: /^V3 and ≥ 6.5: any difference that a client can see/ }).click();
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Proven impossible.');
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  await expect(page.getByRole('table', { name: 'Outcomes' }).getByRole('row').nth(20)).toBeVisible();

  await openView(page, 'Lessons');
  await page.getByRole('button', { name: 'Start Table, irq, eventfd' }).click();
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toContainText(
    'Step 1 of 3',
  );

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole('option', { name: 'eventfd 177' })).toBeVisible();
  await other.goto('index.html');
  await expect(wiring(other)).toBeVisible();
});

test('keeps every file of the built page except the single-file page', async ({ page, host }) => {
  await visit(page);
  const kept = await page.evaluate(async () => {
    const [name = ''] = await caches.keys();
    const folder = new URL('./', location.href).href;
    return (await (await caches.open(name)).keys()).map(({ url }) => url.slice(folder.length));
  });
  const built = filesBelow(host.folder).filter((path) => path !== 'sw.js' && path !== 'irqscope.html');
  // an index is kept under its folder
  expect(kept.map((path) => path.replace(/(^|\/)$/, '$1index.html')).sort()).toEqual(built);
  // an unchanged page is not requested again
  host.asked.length = 0;
  await page.reload();
  await expect(wiring(page)).toBeVisible();
  await openView(page, 'Compare');
  await expect(page.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();
  expect(host.asked.filter((url) => !url.endsWith('/sw.js'))).toEqual([]);
});

test('announces a newer version, waits, and opens it with the current session', async ({ page, host }) => {
  await visit(page);
  await run(page, 'eventfd 177');
  deploy(host);
  // the browser checks for it whenever the page opens
  await page.reload();
  await expect(notice(page)).toContainText('A new version of irqscope is available.', PATIENCE);
  await expect(page.locator('html')).not.toHaveAttribute('data-version');
  await notice(page).getByRole('button', { name: 'Later' }).click();
  await expect(notice(page)).toBeHidden();
  await run(page, 'eventfd 178');
  await page.reload();
  await expect(page.locator('html')).not.toHaveAttribute('data-version');
  await notice(page).getByRole('button', { name: 'Reload' }).click(PATIENCE);
  await expect(page.locator('html')).toHaveAttribute('data-version', 'next');
  await expect(page.getByRole('option', { name: 'eventfd 177' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'eventfd 178' })).toBeVisible();
  await expect(notice(page)).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toHaveLength(2);
});

test('another tab keeps its version and the parts that the host no longer has', async ({
  page,
  context,
  host,
}) => {
  await visit(page);
  const other = await context.newPage();
  await other.goto('./');
  await run(other, 'eventfd 177');
  deploy(host, /CompareView/);
  await page.reload();
  await notice(page).getByRole('button', { name: 'Reload' }).click(PATIENCE);
  await expect(page.locator('html')).toHaveAttribute('data-version', 'next');
  await expect(other.getByRole('option', { name: 'eventfd 177' })).toBeVisible();
  await openView(other, 'Compare');
  await expect(other.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();
  await expect(other.locator('html')).not.toHaveAttribute('data-version');
});

test('does not keep a host with files of two versions, and shows why', async ({ page, host, complaints }) => {
  const [chunk = ''] = filesBelow(host.folder).filter((path) => path.includes('CompareView'));
  writeFileSync(join(host.folder, chunk), 'throw new Error("of another version");');
  await page.goto('./');
  await expect(wiring(page)).toBeVisible();
  await sheetSays(page, 'some files of the page could not be fetched');
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  complaints.length = 0;
});

test('the notice of a newer version fits every size and theme', async ({ page, host }, info) => {
  await visit(page);
  deploy(host);
  await page.reload();
  await expect(notice(page)).toBeVisible(PATIENCE);
  for (const look of LOOKS) {
    await wear(page, look);
    await picture(page, info, `${look.name}`);
    await expectNoOverflow(page);
    expect(await complaintsIn(page, look, '.update')).toEqual([]);
  }
});

base(
  'a part whose code cannot be fetched shows a message, and the rest of the page works',
  async ({ page, complaints }, info) => {
    await page.route('**/CompareView*.js', (route) => route.abort());
    await page.goto('./');
    await expect(wiring(page)).toBeVisible();
    await openView(page, 'Compare');
    await expect(page.getByRole('alert')).toContainText('This view could not be shown.');
    await picture(page, info, 'broken');
    await openView(page, 'Lab');
    await expect(wiring(page)).toBeVisible();
    complaints.length = 0;
  },
);
