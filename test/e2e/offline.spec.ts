// Without a network: the page is kept by one visit, every lazily loaded part of it and its files too; a newer version says so
// and waits to be asked. Each test has a server of its own, with a copy of the built page that it can change or take away.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { filesBelow } from '../../build/files.ts';
import { listForOffline } from '../../build/offline.ts';
import { test as base, expect } from './fixtures.ts';
import { complaintsOfAxe, LOOKS, overflow, wear } from './looks.ts';
import { answerFrom } from './serve.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));

/** A host of the page. */
interface Host {
  /** The folder that it serves. */
  readonly folder: string;
  readonly server: Server;
  /** What was asked for since the test began. */
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
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Line of notation' }).fill(line);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: line })).toBeVisible();
}

/** A version is there only when all its files are. */
const PATIENCE = { timeout: 20_000 };

/** Opens the page for the first time, and waits until the browser has kept it. */
async function visit(page: Page) {
  await page.goto('./');
  await expect(wiring(page)).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

async function sheetSays(page: Page, what: string | RegExp) {
  await page.keyboard.press('Shift+Slash');
  await expect(page.getByRole('dialog', { name: 'Keys and marks' })).toContainText(what, PATIENCE);
  await page.keyboard.press('Escape');
}

/** The network is gone, and so is the host. */
async function unplug(context: BrowserContext, { server }: Host) {
  await context.setOffline(true);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Another version of the page on the host. `gone`: files that it does not have any more. */
function deploy({ folder }: Host, title: string, gone: RegExp | null = null) {
  const index = join(folder, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  for (const path of filesBelow(folder)) if (gone?.test(path)) rmSync(join(folder, path));
  listForOffline(folder);
}

test.slow();

test('after one visit everything opens without a network: views, workers, recordings, links', async ({
  page,
  context,
  host,
}) => {
  await visit(page);
  await sheetSays(page, 'This browser keeps the page');
  await unplug(context, host);

  await page.reload();
  await expect(wiring(page)).toBeVisible();
  await run(page, 'eventfd 177');
  const link = page.url();

  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('button', { name: /Who gets the irq number after a failure V3 patch/ }).click();
  await expect(page.locator('.verdict')).toHaveClass(/agree/);

  await openView(page, 'Compare');
  await expect(page.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();

  await openView(page, 'Explore');
  await page.getByRole('button', { name: /^V3 and ≥ 6.5: anything a client can see/ }).click();
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('None: space exhausted.');
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

test('every file of the built page is kept, but for the one that needs no server', async ({ page, host }) => {
  await visit(page);
  const kept = await page.evaluate(async () => {
    const [name = ''] = await caches.keys();
    const folder = new URL('./', location.href).href;
    return (await (await caches.open(name)).keys()).map(({ url }) => url.slice(folder.length));
  });
  const built = filesBelow(host.folder).filter((path) => path !== 'sw.js' && path !== 'irqscope.html');
  // a folder stands for its index
  expect(kept.map((path) => path.replace(/(^|\/)$/, '$1index.html')).sort()).toEqual(built);
  // an unchanged host is asked for nothing of it again
  host.asked.length = 0;
  await page.reload();
  await expect(wiring(page)).toBeVisible();
  await openView(page, 'Compare');
  await expect(page.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();
  expect(host.asked.filter((url) => !url.endsWith('/sw.js'))).toEqual([]);
});

test('a newer version is announced, waits, and opens with the work that was done', async ({ page, host }) => {
  await visit(page);
  await run(page, 'eventfd 177');
  deploy(host, 'irqscope, the next');
  // the browser looks for it whenever the page is opened
  await page.reload();
  await expect(notice(page)).toContainText('A new version of irqscope is there.', PATIENCE);
  await expect(page).toHaveTitle('irqscope');
  await notice(page).getByRole('button', { name: 'Later' }).click();
  await expect(notice(page)).toBeHidden();
  await run(page, 'eventfd 178');
  await page.reload();
  await expect(page).toHaveTitle('irqscope');
  await notice(page).getByRole('button', { name: 'Reload' }).click(PATIENCE);
  await expect(page).toHaveTitle('irqscope, the next');
  await expect(page.getByRole('option', { name: 'eventfd 177' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'eventfd 178' })).toBeVisible();
  await expect(notice(page)).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toHaveLength(2);
});

test('another tab stays with its version, and still finds the parts that the host has no more', async ({
  page,
  context,
  host,
}) => {
  await visit(page);
  const other = await context.newPage();
  await other.goto('./');
  await run(other, 'eventfd 177');
  deploy(host, 'irqscope, the next', /CompareView/);
  await page.reload();
  await notice(page).getByRole('button', { name: 'Reload' }).click(PATIENCE);
  await expect(page).toHaveTitle('irqscope, the next');
  await expect(other.getByRole('option', { name: 'eventfd 177' })).toBeVisible();
  await openView(other, 'Compare');
  await expect(other.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' })).toBeVisible();
  await expect(other).toHaveTitle('irqscope');
});

test('a host with files of two versions is not kept, and the page says why', async ({
  page,
  host,
  complaints,
}) => {
  const [chunk = ''] = filesBelow(host.folder).filter((path) => path.includes('CompareView'));
  writeFileSync(join(host.folder, chunk), 'throw new Error("of another version");');
  await page.goto('./');
  await expect(wiring(page)).toBeVisible();
  await sheetSays(page, 'some of its files could not be fetched');
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  complaints.length = 0;
});

test('the notice of a newer version bears every size and theme', async ({ page, host }, info) => {
  await visit(page);
  deploy(host, 'irqscope, the next');
  await page.reload();
  await expect(notice(page)).toBeVisible(PATIENCE);
  for (const look of LOOKS) {
    await wear(page, look);
    await page.screenshot({ path: info.outputPath(`${look.name}.png`) });
    expect(await overflow(page)).toBe(0);
    expect(await complaintsOfAxe(page, '.update')).toEqual([]);
  }
});

base(
  'a part whose code cannot be fetched says so, and the rest of the page goes on',
  async ({ page, complaints }, info) => {
    await page.route('**/CompareView*.js', (route) => route.abort());
    await page.goto('./');
    await expect(wiring(page)).toBeVisible();
    await openView(page, 'Compare');
    await expect(page.getByRole('alert')).toContainText('This view could not be shown.');
    await page.screenshot({ path: info.outputPath('broken.png') });
    await openView(page, 'Lab');
    await expect(wiring(page)).toBeVisible();
    complaints.length = 0;
  },
);
