// A page of another origin embeds and controls the built page, within the documented messages.
import { createServer, type Server } from 'node:http';
import type { BrowserContext, Frame, Page } from '@playwright/test';
import { writtenHash } from './address.ts';
import { clickNowhere, expect, test } from './fixtures.ts';
import { complaintsOfAxe, picture } from './looks.ts';

// the tests load dozens of pages
test.slow();

/** A page around an embed, on its own port and so of its own origin. */
class Host {
  readonly #server: Server;
  readonly origin: string;
  body = '';

  private constructor(server: Server, origin: string) {
    this.#server = server;
    this.origin = origin;
    server.on('request', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="en"><title>blog</title><body>${this.body}`);
    });
  }

  static async start(): Promise<Host> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    return new Host(server, `http://127.0.0.1:${address.port}`);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Collects the embed's messages in the page's `heard`. */
const LISTEN = `<script>
  window.heard = [];
  addEventListener('message', ({ data, origin }) => heard.push({ ...data, origin }));
</script>`;

interface Heard {
  readonly event: string;
  readonly line: number;
  readonly step: number | null;
  readonly lines: number;
  readonly playing: boolean;
  readonly sentence: string;
  readonly origin: string;
  readonly what?: string;
}

const heardBy = (page: Page) => page.evaluate<Heard[]>('heard');
const lastHeard = async (page: Page) => (await heardBy(page)).at(-1);
const say = (page: Page, message: unknown) =>
  page.evaluate((sent) => {
    window.frames[0]?.postMessage(sent, '*');
  }, message);

const hosts: Host[] = [];
async function newHost(): Promise<Host> {
  const host = await Host.start();
  hosts.push(host);
  return host;
}

/** Reports an embed that writes to the storage or the history as a complaint. */
const noTraces = (context: BrowserContext) =>
  context.addInitScript(() => {
    if (!window.location.search.includes('embed=1')) return;
    const guard = (on: object, name: string) =>
      Object.defineProperty(on, name, { value: () => console.error(`an embed calls ${name}`) });
    for (const name of ['setItem', 'removeItem', 'clear']) guard(Storage.prototype, name);
    for (const name of ['pushState', 'replaceState']) guard(History.prototype, name);
    guard(IDBFactory.prototype, 'open');
  });

test.beforeEach(({ context }) => noTraces(context));

test.afterEach(({ complaints }) => {
  // the test itself opens the page around the embed; the embed must send no request to another origin
  const meant = new Set(hosts.map(({ origin }) => `other origin: GET ${origin}/`));
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !meant.has(one)));
  for (const host of hosts.splice(0)) host.stop();
});

/** The fragment of the lab's first session. */
async function exampleLink(page: Page): Promise<string> {
  await page.goto('./');
  return (await writtenHash(page)).slice(1);
}

/** Returns the HTML of an embed without the dialog. */
const frameHtml = (base: string, query: string, link: string) =>
  `<iframe src="${base}?embed=1${query}#${link}" title="embed" width="720" height="420"></iframe>`;

/** Returns the frame of the embed; a lazy frame loads after the page around it. */
async function embedOf(page: Page): Promise<Frame> {
  const found = () => page.frames().find((one) => one.url().includes('embed=1'));
  await expect.poll(() => found() !== undefined).toBe(true);
  const frame = found();
  if (frame === undefined) throw new Error('no embed');
  return frame;
}

const selected = (frame: Frame | Page) =>
  frame.getByRole('listbox', { name: 'Script' }).getByRole('option', { selected: true });

test('the dialog’s HTML works in a page of another origin: steps, obeys messages, opens the lab', async ({
  page,
  context,
  baseURL,
}, info) => {
  const host = await newHost();
  const link = await exampleLink(page);
  await clickNowhere(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('embed');
  await expect(page.getByRole('option', { selected: true, name: /^Embed/ })).toBeVisible();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Embed in another page' });
  await dialog.getByRole('textbox', { name: 'Origin that may control it' }).fill('blog');
  await expect(dialog.getByRole('alert')).toHaveText(/origin: expected the origin of a page.*found blog/);
  await dialog.getByRole('textbox', { name: 'Origin that may control it' }).fill(host.origin);
  await dialog.getByRole('radio', { name: 'dark' }).check();
  for (const [width, height, colorScheme] of [
    [1280, 720, 'light'],
    [390, 844, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    expect(await complaintsOfAxe(page, '.overlay')).toEqual([]);
    await picture(page, info, `dialog-${width}-${colorScheme}`);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy HTML' }).click();
  await expect(dialog.getByRole('status')).toHaveText(/^Copied/);
  const snippet = await page.evaluate(() => navigator.clipboard.readText());
  expect(snippet).toContain(`#${link}"`);

  host.body = `${LISTEN}<h1>About a failed assignment</h1>${snippet}`;
  await page.goto(host.origin);
  const frame = await embedOf(page);
  await expect(frame.getByRole('table', { name: /^Wiring after line 7/ })).toBeVisible();
  await expect(frame.getByText(`Controlled by ${host.origin}`)).toBeVisible();
  await expect(frame.getByRole('status')).toHaveText(
    /^Line 7: SET_IRQS MSI-X vector 1, fd 999 failed with EBADF\./,
  );
  expect(await frame.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark');
  await expect.poll(() => heardBy(page)).toHaveLength(1);
  expect(await lastHeard(page)).toMatchObject({
    event: 'ready',
    line: 7,
    step: null,
    lines: 12,
    playing: false,
  });
  expect((await lastHeard(page))?.origin).toBe(new URL(baseURL ?? '').origin);
  await page.getByText('as text').click();
  await expect(page.getByText('7  ioctl(50, VFIO_DEVICE_SET_IRQS')).toContainText('= -1 EBADF');
  await picture(page, info, 'host', { fullPage: true });

  const before = await page.evaluate(() => window.history.length);
  await frame.getByRole('button', { name: 'Next' }).click();
  await expect(selected(frame)).toHaveText(/raise 1/);
  await frame.getByRole('option', { name: /SET_IRQS MSI-X \[5\.\.5\]/ }).click();
  await page.keyboard.press('ArrowLeft');
  await frame.getByRole('button', { name: 'Previous' }).click();
  await frame.getByRole('button', { name: 'Step into' }).click();
  await expect(frame.getByRole('status')).toHaveText(/^Line 7, kernel step 1 of \d+: begins /);
  await expect(frame.getByRole('table', { name: 'Wiring inside line 7' })).toBeVisible();

  await say(page, { irqscope: 1, command: 'go', line: 5 });
  await expect.poll(async () => (await lastHeard(page))?.line).toBe(5);
  await expect(selected(frame)).toHaveText(/SET_IRQS MSI-X \[0\.\.2\]/);
  await say(page, { irqscope: 1, command: 'go', line: 7, step: 1 });
  await expect.poll(async () => (await lastHeard(page))?.step).toBe(1);
  await say(page, { irqscope: 1, command: 'next' });
  await expect.poll(async () => (await lastHeard(page))?.step).toBe(2);
  await say(page, { irqscope: 1, command: 'go', line: 99, step: 3 });
  await expect.poll(async () => (await lastHeard(page))?.line).toBe(12);
  await say(page, { irqscope: 1, command: 'previous' });
  await expect.poll(async () => (await lastHeard(page))?.line).toBe(11);
  await say(page, { irqscope: 1, command: 'play' });
  // it plays for a moment only
  await expect.poll(async () => (await heardBy(page)).some(({ playing }) => playing)).toBe(true);
  await expect.poll(async () => (await lastHeard(page))?.line).toBe(12);
  await expect.poll(async () => (await lastHeard(page))?.playing).toBe(false);
  await frame.getByRole('button', { name: 'Play' }).click();
  // it begins at the start again, and is soon at the next line
  await expect.poll(async () => (await heardBy(page)).some(({ line }) => line === 0)).toBe(true);
  await say(page, { irqscope: 1, command: 'stop' });
  await expect(frame.getByRole('button', { name: 'Play' })).toBeVisible();
  await say(page, { irqscope: 1, command: 'open', link: 'v2=nonsense' });
  await expect.poll(async () => (await lastHeard(page))?.event).toBe('problem');
  expect((await lastHeard(page))?.what).toMatch(/^This link cannot be shown\./);
  await expect(frame.getByRole('option')).toHaveCount(13);
  await say(page, { irqscope: 1, command: 'open', link: `#${link}` });
  await expect.poll(async () => (await lastHeard(page))?.line).toBe(7);
  await say(page, { irqscope: 1, command: 'ask' });
  await expect.poll(async () => (await lastHeard(page))?.event).toBe('ready');

  // no history entry and the same address; `noTraces` checks in every test that the embed writes no storage
  expect(await page.evaluate(() => window.history.length)).toBe(before);
  expect(frame.url()).toContain(`#${link}`);

  await frame.getByRole('button', { name: 'Previous' }).click();
  await expect(selected(frame)).toHaveText(/raise 1/);
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    frame.getByRole('link', { name: 'Open in irqscope' }).click(),
  ]);
  await expect(selected(opened)).toHaveText(/raise 1/);
  await opened.getByRole('button', { name: 'New' }).click();
  await expect(opened.getByRole('listbox', { name: 'Script' }).getByRole('option')).toHaveCount(1);
});

test('ignores junk, other windows and other origins, and sends them nothing', async ({
  page,
  context,
  baseURL,
}) => {
  const link = await exampleLink(page);
  const host = await newHost();
  const base = baseURL ?? '';
  host.body = `${LISTEN}${frameHtml(base, `&play=1&origin=${encodeURIComponent(host.origin)}`, link)}
    <iframe srcdoc="<p>a window beside</p>" title="beside"></iframe>`;
  await page.goto(host.origin);
  await expect.poll(() => heardBy(page)).toHaveLength(1);
  const junk: unknown[] = [
    null,
    7,
    'next',
    '{"irqscope":1,"command":"next"}',
    [],
    {},
    { command: 'next' },
    { irqscope: 2, command: 'next' },
    { irqscope: 1, command: 'delete' },
    { irqscope: 1, command: 'next', more: 1 },
    { irqscope: 1, command: 'go' },
    { irqscope: 1, command: 'go', line: -1 },
    { irqscope: 1, command: 'go', line: 1.5 },
    { irqscope: 1, command: 'go', line: '3' },
    { irqscope: 1, command: 'go', line: { valueOf: null } },
    { irqscope: 1, command: 'open', link: ['v2='] },
    { irqscope: 1, command: 'open', link: 'v'.repeat(200_000) },
    { irqscope: 1, command: 'next', ['__proto__']: { command: 'go' } },
  ];
  for (const message of junk.slice(0, -1)) await say(page, message);
  // right origin, but not the window around the embed
  await page
    .frames()
    .at(-1)
    ?.evaluate(() => {
      window.parent.frames[0]?.postMessage({ irqscope: 1, command: 'go', line: 1 }, '*');
    });
  await say(page, { irqscope: 1, command: 'go', line: 3 });
  await expect.poll(async () => (await lastHeard(page))?.line).toBe(3);
  // only the valid message has an effect
  expect((await heardBy(page)).map(({ event, line }) => [event, line])).toEqual([
    ['ready', 7],
    ['moved', 3],
  ]);

  // the page around the embed has another origin than the named one
  const other = await newHost();
  other.body = `${LISTEN}${frameHtml(base, `&play=1&origin=${encodeURIComponent(host.origin)}`, link)}`;
  const stranger = await context.newPage();
  await stranger.goto(other.origin);
  const embed = await embedOf(stranger);
  await expect(embed.getByText(`Controlled by ${host.origin}`)).toBeVisible();
  await say(stranger, { irqscope: 1, command: 'go', line: 1 });
  await embed.getByRole('button', { name: 'Next' }).click();
  await expect(selected(embed)).toHaveText(/raise 1/);
  expect(await heardBy(stranger)).toEqual([]);
  // without a valid named origin the embed ignores all messages; an alert reports an invalid one
  for (const query of [
    '&play=1',
    '&play=1&origin=*',
    '&play=1&origin=null',
    `&play=1&origin=${other.origin}/`,
  ]) {
    other.body = `${LISTEN}${frameHtml(base, query, link)}`;
    await stranger.goto(other.origin);
    const silent = await embedOf(stranger);
    await expect(selected(silent)).toHaveText(/fd 999|\{999\}/);
    await say(stranger, { irqscope: 1, command: 'go', line: 1 });
    await silent.getByRole('button', { name: 'Next' }).click();
    await expect(selected(silent)).toHaveText(/raise 1/);
    expect(await heardBy(stranger)).toEqual([]);
    await expect(silent.getByText('Controlled by')).toHaveCount(0);
    await expect(silent.getByRole('alert')).toHaveCount(query === '&play=1' ? 0 : 1);
  }
});

test('looks, keys and axe at 720 and 320 pixels, light and dark, playable and not', async ({
  page,
}, info) => {
  const link = await exampleLink(page);
  for (const [name, query, width, height] of [
    ['playable-light', '&play=1&theme=light', 720, 420],
    ['playable-light', '&play=1&theme=light', 320, 420],
    ['playable-dark', '&play=1&theme=dark', 320, 420],
    ['playable-dark', '&play=1&theme=dark', 1280, 720],
    ['still-dark', '&theme=dark', 720, 420],
    ['still-light', '&theme=light', 320, 420],
    ['still-light', '&theme=light', 720, 420],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await page.goto(`./?embed=1${query}#${link}`);
    await expect(page.getByRole('table', { name: /^Wiring/ })).toBeVisible();
    await expect(selected(page)).toBeInViewport();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
    expect(await complaintsOfAxe(page), `${name} ${width}`).toEqual([]);
    await picture(page, info, `${name}-${width}`);
  }
  // the selected line stays visible at another size
  await page.setViewportSize({ width: 320, height: 420 });
  await expect(selected(page)).toBeInViewport();
  // without `play=1` keys and clicks do not move the cursor
  await page.keyboard.press('ArrowRight');
  await page.getByRole('option', { name: /eventfd 101/ }).click();
  await expect(selected(page)).toHaveText(/\{999\}/);
  // only the folds of unused vectors open
  await expect(page.getByRole('button')).toHaveText([/^\W*3–4: empty$/, /^\W*6–7: empty$/]);

  await page.setViewportSize({ width: 720, height: 420 });
  await page.goto(`./?embed=1&play=1#${link}`);
  await expect(page.getByRole('table', { name: /^Wiring/ })).toBeVisible();
  // the keys are followed after the first picture
  await expect(async () => {
    await page.keyboard.press('Home');
    await expect(page.getByRole('status')).toHaveText(/^Start/, { timeout: 5000 });
  }).toPass();
  await expect(page.getByRole('button', { name: 'Previous' })).toBeDisabled();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('status')).toHaveText(/^Line 12, kernel step 1 of/);
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('status')).toHaveText(/^Line 12: /);
});

test('handles a damaged link, a missing link, a link to another browser, and a changed fragment', async ({
  page,
}, info) => {
  const link = await exampleLink(page);
  await page.setViewportSize({ width: 720, height: 420 });
  await page.goto(`./?embed=1&play=1#${link.slice(0, link.length - 60)}`);
  await expect(page.getByRole('alert')).toHaveText(/This link is damaged: \d+ of 12 lines are readable\./);
  await expect(page.getByRole('table', { name: /^Wiring/ })).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await picture(page, info, 'damaged');
  await page.evaluate((good) => {
    window.location.hash = good;
  }, link);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('option')).toHaveCount(13);
  await page.goto('about:blank');
  await page.goto('./?embed=1#kept=abc.1');
  await expect(page.getByRole('alert')).toHaveText(/only the browser that created the link has it/);
  await page.goto('about:blank');
  await page.goto('./?embed=1&theme=pink');
  await expect(page.getByRole('alert')).toContainText('The address contains no script.');
  await expect(page.getByRole('alert')).toContainText('theme: expected system, light, dark, found "pink"');
  await picture(page, info, 'empty');
});

test('the lab loads no code of the embed, and the embed loads no code that the lab loads on demand', async ({
  context,
  page,
}) => {
  const link = await exampleLink(page);
  const loaded = await scriptsOf(context, './');
  const embedded = await scriptsOf(context, `./?embed=1&play=1#${link}`);
  expect(loaded.filter((name) => /Embed|Trust/.test(name))).toEqual([]);
  expect(embedded.filter((name) => /address|Timeline|LaneStage/.test(name))).toEqual([]);
});

/** Returns the names of the scripts that a page loads until it is idle. */
async function scriptsOf(context: BrowserContext, address: string): Promise<readonly string[]> {
  const page = await context.newPage();
  const names: string[] = [];
  page.on('response', (response) => {
    const name = new URL(response.url()).pathname.split('/').at(-1) ?? '';
    if (name.endsWith('.js')) names.push(name);
  });
  await page.goto(address);
  await expect(page.getByRole('table', { name: /^Wiring/ })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.close();
  return names;
}

test('a lesson inside another page is taken there, without the top bar, and opens outside of the frame', async ({
  page,
  baseURL,
  browser,
}, info) => {
  await page.goto('./#lesson=ebadf');
  await expect(page.getByRole('region', { name: /^Lesson: EBADF/ })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('embed');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Embed in another page' });
  await dialog.getByRole('radio', { name: /^the lesson “EBADF/ }).check();
  const html = await dialog.getByRole('textbox', { name: 'HTML for the page' }).inputValue();
  expect(html).toContain('?frame=1#lesson=ebadf');
  const host = await Host.start();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const outer = await context.newPage();
  try {
    host.body = html;
    await outer.goto(host.origin);
    const frame = outer.frameLocator('iframe');
    const lesson = frame.getByRole('region', { name: /^Lesson: EBADF/ });
    await expect(lesson).toContainText('Step 1 of 2');
    await expect(frame.getByRole('button', { name: 'Commands' })).toHaveCount(0);
    await expect(frame.getByRole('link', { name: 'Open in irqscope' })).toHaveAttribute(
      'href',
      /^[^?]*#lesson=ebadf/,
    );
    await lesson.getByRole('radio', { name: 'It is detached, and its irq is cached' }).check();
    await lesson.getByRole('button', { name: 'Run it' }).click();
    await expect(lesson).toContainText('Right.');
    await lesson.getByRole('button', { name: 'Next step' }).click();
    await frame
      .getByRole('combobox', { name: 'Line of notation' })
      .fill('set_irqs msix trigger eventfd 1 [12]');
    await frame.getByRole('combobox', { name: 'Line of notation' }).press('Enter');
    await expect(lesson).toContainText('Goal reached.');
    await picture(outer, info, 'lesson-in-a-frame');
    await page.goto(`${baseURL ?? ''}?frame=1#lesson=ebadf`);
    await expect(page.getByRole('heading', { level: 1, name: 'irqscope' })).toBeAttached();
    expect(await complaintsOfAxe(page)).toEqual([]);
  } finally {
    await context.close();
    host.stop();
  }
});
