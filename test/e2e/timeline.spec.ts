// Journeys of the timeline: zoom and pan by wheel, drag, touch and keys, marking a range, the minimap, the cursor's
// handle, a device with 2,048 lanes, and axe.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, picture, stillBox } from './looks.ts';

class Timeline {
  readonly page: Page;
  readonly lanes: Locator;
  readonly operations: Locator;
  readonly minimap: Locator;
  readonly cursor: Locator;
  readonly names: Locator;
  readonly told: Locator;
  readonly tools: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lanes = page.getByRole('group', { name: 'Lanes by vector' });
    this.operations = page.getByRole('group', { name: 'Operations' });
    this.minimap = page.getByRole('scrollbar', { name: 'Shown part of the script' });
    this.cursor = page.getByRole('slider', { name: 'Cursor' });
    this.names = page.getByRole('tree', { name: 'Lanes' });
    this.told = page.locator('.timeline-told');
    this.tools = page.getByRole('group', { name: 'Timeline view' });
  }

  shows(from: number, to: number): Promise<void> {
    const lines = `lines ${from.toLocaleString('en')} to ${to.toLocaleString('en')} of `;
    return expect(this.minimap).toHaveAttribute('aria-valuetext', new RegExp(`^${lines}`));
  }

  /** First and last line that are shown. */
  async shown(): Promise<readonly [number, number]> {
    const text = (await this.minimap.getAttribute('aria-valuetext')) ?? '';
    const [first = 0, last = 0] = [...text.matchAll(/[\d,]+/g)].map(([digits]) =>
      Number(digits.replaceAll(',', '')),
    );
    return [first, last];
  }

  box() {
    return stillBox(this.lanes);
  }

  async open(text: string) {
    await this.page.getByRole('button', { name: 'Notation…' }).click();
    await this.page
      .getByLabel('Script file')
      .setInputFiles({ name: 'script.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    // the first line names the device
    const lines = text.trim().split('\n').length - 1;
    await this.page
      .getByRole('button', { name: new RegExp(`^Use these ${lines.toLocaleString('en')} lines`) })
      .click();
    await expect(this.page.getByText(`line ${lines} / ${lines}`)).toBeVisible();
  }
}

/** Attaches every vector, then raises, fails and attaches vectors in turn; disables and enables MSI-X at line 1,000. */
function largeScript(lines: number): string {
  const all = Array.from({ length: 2048 }, (_, vector) => 100 + (vector % 64)).join(' ');
  const script = [
    ...Array.from({ length: 64 }, (_, fd) => `eventfd ${100 + fd}`),
    `set_irqs msix trigger eventfd 0 [${all}]`,
  ];
  for (let step = 0; script.length < lines; step++) {
    const vector = (step * 37) % 2048;
    const kinds = [
      `raise ${vector}`,
      `set_irqs msix trigger eventfd ${vector} [999]`,
      `set_irqs msix trigger eventfd ${vector} [${100 + (vector % 64)}]`,
    ];
    script.push(kinds[step % kinds.length] ?? '');
    if (script.length === 999)
      script.push('set_irqs msix trigger none 0 0', `set_irqs msix trigger eventfd 0 [${all}]`);
  }
  return `device nvme2048 dynamic cpu_vectors=4096\n${script.join('\n')}\n`;
}

test('wheel and buttons zoom, a drag pans, Fit shows the whole script', async ({ page }, info) => {
  const timeline = new Timeline(page);
  await page.goto('./');
  await timeline.shows(1, 12);
  const { x, y, width, height } = await timeline.box();
  await page.mouse.move(x + width * 0.6, y + height / 2);
  await page.keyboard.down('Control');
  // the code that zooms is loaded after the first picture
  await expect(async () => {
    await page.mouse.wheel(0, -200);
    const [first, last] = await timeline.shown();
    expect(last - first).toBeLessThan(8);
  }).toPass();
  await page.keyboard.up('Control');
  const before = await timeline.shown();
  await page.mouse.down();
  await page.mouse.move(x + width * 0.2, y + height / 2, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await timeline.shown())[0]).toBeGreaterThan(before[0]);
  // a drag is not a click: the cursor keeps its place
  await expect(timeline.cursor).toHaveAttribute('aria-valuenow', '7');
  await picture(page, info, 'zoomed');
  const moved = await timeline.shown();
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, -600);
  await page.keyboard.up('Shift');
  await expect.poll(async () => (await timeline.shown())[0]).toBeLessThan(moved[0]);
  await timeline.tools.getByRole('button', { name: 'Fit' }).click();
  await timeline.shows(1, 12);
  await timeline.tools.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(async () => (await timeline.shown())[0]).toBeGreaterThan(1);
});

test('two fingers zoom', async ({ page }) => {
  const timeline = new Timeline(page);
  await page.goto('./');
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  await page.reload();
  const { x, y, width, height } = await timeline.box();
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [-apart, apart].map((by, id) => ({ x: x + width / 2 + by, y: y + height / 2, id })),
    });
  // the code that zooms is loaded after the first picture
  await expect(async () => {
    await touch('touchStart', 40);
    for (let apart = 60; apart <= 240; apart += 20) await touch('touchMove', apart);
    await touch('touchEnd', 0);
    const [first, last] = await timeline.shown();
    expect(last - first).toBeLessThan(6);
  }).toPass();
});

test("keys zoom, pan and fit; move the cursor's handle; walk the lanes as a tree", async ({ page }) => {
  const timeline = new Timeline(page);
  await page.goto('./');
  await timeline.shows(1, 12);
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(async () => (await timeline.shown())[1] - (await timeline.shown())[0]).toBeLessThan(5);
  const before = await timeline.shown();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => (await timeline.shown())[0]).toBeLessThan(before[0]);
  // the view follows the cursor
  await page.keyboard.press('End');
  await expect.poll(async () => (await timeline.shown())[1]).toBe(12);
  await page.keyboard.press('0');
  await timeline.shows(1, 12);
  await timeline.cursor.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(timeline.cursor).toHaveAttribute(
    'aria-valuetext',
    /^Line 11: SET_IRQS MSI-X vector 1, fd 101 returned 0/,
  );
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('heading', { name: 'Wiring after line 1', exact: true })).toBeVisible();
  for (let line = 1; line < 7; line++) await page.keyboard.press('ArrowRight');
  await timeline.names.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(timeline.told).toHaveText(
    'line 7, vector 1: 1 detached, 1 failed (EBADF); then cached; the line failed with EBADF',
  );
  await page.keyboard.press('ArrowRight');
  await expect(timeline.told).toHaveText(
    /^line 8, vector 1: 1 raised, 1 made pending; then cached, pending$/,
  );
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  await expect(timeline.names.getByRole('treeitem', { name: 'MSI-X' })).toHaveAttribute(
    'aria-expanded',
    'false',
  );
  await expect(timeline.names.getByRole('treeitem', { name: 'vector 1', exact: true })).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(timeline.names.getByRole('treeitem', { name: 'vector 1', exact: true })).toBeVisible();
});

test('a click and the handle move the cursor; pointing describes the place', async ({ page }) => {
  const timeline = new Timeline(page);
  await page.goto('./');
  const cached = timeline.lanes.getByRole('img', { name: /^vector 1 cached, irq 26, line 7 to 10$/ });
  await cached.hover();
  await expect(timeline.told).toHaveText(/^line (8|9), vector 1: .*then cached, pending/);
  await timeline.operations.getByRole('img', { name: /^Line 4:/ }).click();
  await expect(page.getByRole('heading', { name: 'Wiring after line 4' })).toBeVisible();
  const handle = await stillBox(timeline.cursor);
  const target = await stillBox(timeline.operations.getByRole('img', { name: /^Line 10:/ }));
  await page.mouse.move(handle.x + handle.width / 2, handle.y + 4);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, handle.y + 4, { steps: 5 });
  await page.mouse.up();
  await expect(timeline.cursor).toHaveAttribute('aria-valuenow', '10');
});

test('a range is marked, described and zoomed to; the minimap moves the view', async ({ page }, info) => {
  const timeline = new Timeline(page);
  await page.goto('./');
  const place = async (line: number) => {
    const box = await stillBox(timeline.operations.getByRole('img', { name: new RegExp(`^Line ${line}:`) }));
    return box.x + box.width / 2;
  };
  const { y, height } = await timeline.box();
  const [from, to] = [await place(5), await place(8)];
  // the code that drags is loaded after the first picture
  await expect(async () => {
    await page.keyboard.down('Shift');
    await page.mouse.move(from, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(to, y + height / 2, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.mouse.move(from, 100);
    await expect(timeline.told).toHaveText(/^lines 5–8, vectors 0–7: .*1 failed \(EBADF\)/, {
      timeout: 5000,
    });
  }).toPass();
  await picture(page, info, 'range');
  await timeline.tools.getByRole('button', { name: 'Zoom to range' }).click();
  await timeline.shows(5, 8);
  await expect(timeline.tools.getByRole('button', { name: 'Zoom to range' })).toBeHidden();
  await timeline.minimap.focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await timeline.shown())[1]).toBe(12);
  await page.keyboard.press('Home');
  await expect.poll(async () => (await timeline.shown())[0]).toBe(1);
  const map = await stillBox(timeline.minimap);
  await page.mouse.move(map.x + map.width * 0.15, map.y + 10);
  await page.mouse.down();
  await page.mouse.move(map.x + map.width * 0.9, map.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await timeline.shown())[0]).toBeGreaterThan(7);
  await timeline.tools.getByRole('button', { name: 'Range', exact: true }).click();
  await page.mouse.move((await timeline.box()).x + 200, y + 30);
  await page.mouse.down();
  await page.mouse.move((await timeline.box()).x + 500, y + 30, { steps: 4 });
  await page.mouse.up();
  await expect(timeline.tools.getByRole('button', { name: 'Clear range' })).toBeVisible();
});

test('a magnified line unfolds its kernel calls', async ({ page }, info) => {
  const timeline = new Timeline(page);
  await page.goto('./');
  await timeline.shows(1, 12);
  await page.keyboard.press('z');
  const calls = page.getByRole('group', { name: 'Kernel calls of line 7' });
  await expect(calls.getByRole('img', { name: 'eventfd_ctx_fdget() = -EBADF' })).toBeVisible();
  await picture(page, info, 'calls');
  await calls.getByRole('img', { name: 'eventfd_ctx_fdget() = -EBADF' }).click();
  await expect(page.getByRole('treeitem', { selected: true })).toHaveText(/^eventfd_ctx_fdget/);
  await page.keyboard.press('0');
  await expect(calls).toBeHidden();
  await expect(timeline.cursor).toHaveAttribute('aria-valuenow', '7');
});

test('2,048 lanes and 3,000 lines: few elements, exact counts, the same lanes at every height', async ({
  page,
}, info) => {
  test.slow();
  const timeline = new Timeline(page);
  await page.goto('./');
  await timeline.open(largeScript(3000));
  await expect(timeline.names.getByRole('treeitem', { name: 'vector 3', exact: true })).toBeVisible();
  // the lanes of the script before were as few
  await expect(timeline.minimap).toHaveAttribute('aria-valuetext', / of 3,\d{3}$/);
  expect(await timeline.names.getByRole('treeitem').count()).toBeLessThan(40);
  await picture(page, info, 'lanes');
  // the wheel scrolls the lanes
  const { x, y, width, height } = await timeline.box();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.wheel(0, 16 * 1000);
  await expect(timeline.names.getByRole('treeitem', { name: 'vector 1003', exact: true })).toBeVisible();
  await page.getByRole('slider', { name: 'Lane height' }).fill('0');
  await expect(timeline.names.getByRole('treeitem').last()).toHaveAccessibleName(/^vector (19|20)\d\d$/);
  await page.mouse.move(x + width / 2, y + height / 2 + 1);
  await expect(timeline.told).toHaveText(/^lines [\d,]+–[\d,]+, vectors \d+–\d+: /);
  const pixels = () =>
    page.locator('.lane-canvas').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      return new Set(new Uint32Array(Uint8Array.from(data).buffer)).size;
    });
  await expect.poll(pixels).toBeGreaterThan(3);
  await picture(page, info, 'fitted');
  await timeline.names.focus();
  await page.keyboard.press('+');
  await expect.poll(async () => (await timeline.shown())[0]).toBeGreaterThan(1);
  expect(await complaintsOfAxe(page)).toEqual([]);
});

for (const { look, sizes } of [
  {
    look: { colorScheme: 'light', forcedColors: 'none' },
    sizes: [
      [1440, 900],
      [390, 844],
    ],
  },
  { look: { colorScheme: 'dark', forcedColors: 'active' }, sizes: [[1440, 900]] },
] as const) {
  for (const [width, height] of sizes) {
    test(`axe: ${look.forcedColors === 'active' ? 'forced' : look.colorScheme} ${width}×${height}`, async ({
      page,
    }, info) => {
      test.slow();
      const timeline = new Timeline(page);
      await page.emulateMedia(look);
      await page.setViewportSize({ width, height });
      await page.goto('./');
      if (width < 800) await page.getByRole('button', { name: 'Timeline', exact: true }).click();
      await timeline.names.focus();
      await page.keyboard.press('ArrowDown');
      await picture(page, info, 'timeline');
      expect(await complaintsOfAxe(page)).toEqual([]);
      await page.keyboard.press('z');
      await expect(page.getByRole('group', { name: 'Kernel calls of line 7' })).toBeVisible();
      await picture(page, info, 'calls');
      expect(await complaintsOfAxe(page)).toEqual([]);
    });
  }
}
