// The sizes of the lab's panes: by mouse, by keyboard, collapsed, maximised, kept over a reload.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, expectNoOverflow, stillBox } from './looks.ts';

const NAMES = [
  'Width of the script',
  'Height of the script',
  'Width of the kernel calls',
  'Height of the timeline',
];

const separator = (page: Page, name: string) => page.getByRole('separator', { name });

/** The size of a pane that each separator sizes. */
const PANES = {
  'Width of the script': ['.left', 'width'],
  'Height of the script': ['.script', 'height'],
  'Width of the kernel calls': ['.trace', 'width'],
  'Height of the timeline': ['.timeline-plot', 'height'],
} as const;

async function open(page: Page) {
  await page.goto('./');
  await expect(page.getByRole('separator')).toHaveCount(4);
  await expect(page.locator('.timeline-stage')).toBeVisible();
}

async function valueNow(one: Locator) {
  return Number(await one.getAttribute('aria-valuenow'));
}

/** Returns the size of a pane, once its separator has measured it. */
async function settledSize(page: Page, name: keyof typeof PANES) {
  await stillBox(separator(page, name));
  await expect
    .poll(async () => (await sizeOf(page, name)) - (await valueNow(separator(page, name))), { message: name })
    .toBe(0);
  return sizeOf(page, name);
}

async function sizeOf(page: Page, name: keyof typeof PANES) {
  const [selector, side] = PANES[name];
  return Math.round((await page.locator(selector).boundingBox())?.[side] ?? 0);
}

async function expectSize(page: Page, name: keyof typeof PANES, size: number) {
  await expect.poll(() => sizeOf(page, name), { message: name }).toBe(size);
  await expect(separator(page, name)).toHaveAttribute('aria-valuenow', String(size));
}

async function drag(page: Page, name: string, dx: number, dy: number) {
  const box = await stillBox(separator(page, name));
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
}

async function command(page: Page, title: string) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /command/i }).fill(title);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(title);
  await page.keyboard.press('Enter');
}

test('a drag moves each boundary by its distance, and a reload keeps the sizes', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  const at = (name: keyof typeof PANES) => settledSize(page, name);
  const before = {
    script: await at('Width of the script'),
    lines: await at('Height of the script'),
    calls: await at('Width of the kernel calls'),
    timeline: await at('Height of the timeline'),
  };
  await drag(page, 'Width of the script', 60, 0);
  await expectSize(page, 'Width of the script', before.script + 60);
  await drag(page, 'Height of the script', 0, -40);
  await expectSize(page, 'Height of the script', before.lines + 40);
  await drag(page, 'Width of the kernel calls', -50, 0);
  await expectSize(page, 'Width of the kernel calls', before.calls + 50);
  await drag(page, 'Height of the timeline', 0, -70);
  await expectSize(page, 'Height of the timeline', before.timeline + 70);
  await page.reload();
  await expect(page.getByRole('separator')).toHaveCount(4);
  await expect(page.locator('.timeline-stage')).toBeVisible();
  await expectSize(page, 'Width of the script', before.script + 60);
  await expectSize(page, 'Height of the script', before.lines + 40);
  await expectSize(page, 'Width of the kernel calls', before.calls + 50);
  await expectSize(page, 'Height of the timeline', before.timeline + 70);
  await expectNoOverflow(page);
});

test('kept sizes apply in the first picture, and unreadable ones do not', async ({ page }) => {
  await page.addInitScript(() => {
    if (localStorage.getItem('irqscope.panes') === null)
      localStorage.setItem('irqscope.panes', 'script=340 timeline=220');
    // the widths and heights of the panes in the order in which they were drawn
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const [left, timeline] = ['.left', '.timeline'].map((one) => document.querySelector<HTMLElement>(one));
      if (left && timeline) seen.push(`${left.offsetWidth} ${timeline.offsetHeight}`);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await open(page);
  await expectSize(page, 'Width of the script', 340);
  await expectSize(page, 'Height of the timeline', 220);
  const seen = await page.evaluate(() => [...new Set(Reflect.get(window, 'seen'))]);
  expect(seen).toHaveLength(1);
  await page.evaluate(() => localStorage.setItem('irqscope.panes', 'script=wide'));
  await page.reload();
  await expectSize(page, 'Width of the script', 320);
});

test('keys move a boundary, within its limits, and Enter and a double click restore it', async ({ page }) => {
  await open(page);
  const script = separator(page, 'Width of the script');
  await expect(script).toHaveAttribute('aria-orientation', 'vertical');
  const line = page.getByRole('heading', { name: /^Wiring after line/ });
  const heading = await line.textContent();
  await script.focus();
  await page.keyboard.press('ArrowRight');
  await expectSize(page, 'Width of the script', 336);
  await page.keyboard.press('Shift+ArrowRight');
  await expectSize(page, 'Width of the script', 400);
  await page.keyboard.press('ArrowLeft');
  await expectSize(page, 'Width of the script', 384);
  await page.keyboard.press('Home');
  await expectSize(page, 'Width of the script', 240);
  await page.keyboard.press('End');
  await expectSize(page, 'Width of the script', Number(await script.getAttribute('aria-valuemax')));
  await page.keyboard.press('Enter');
  await expectSize(page, 'Width of the script', 320);
  // the keys move no cursor
  await expect(line).toHaveText(heading ?? '');

  const timeline = separator(page, 'Height of the timeline');
  const high = await settledSize(page, 'Height of the timeline');
  await timeline.focus();
  await page.keyboard.press('ArrowUp');
  await expectSize(page, 'Height of the timeline', high + 16);
  await page.keyboard.press('ArrowDown');
  await expectSize(page, 'Height of the timeline', high);
  await page.keyboard.press('End');
  await expect.poll(() => sizeOf(page, 'Height of the timeline')).toBeGreaterThan(high);
  await timeline.dblclick();
  await expectSize(page, 'Height of the timeline', high);
  await expect.poll(() => page.evaluate(() => localStorage.getItem('irqscope.panes'))).toBeNull();
});

test('a pane collapses by a drag to its edge or by a command, and comes back', async ({ page }) => {
  await open(page);
  await drag(page, 'Width of the script', -280, 0);
  await expect(page.locator('.script')).toBeHidden();
  await expect(separator(page, 'Width of the script')).toHaveAttribute('aria-valuetext', 'collapsed');
  await expect(separator(page, 'Height of the script')).toBeHidden();
  // a command that leads to the pane shows it
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('listbox', { name: 'Script', exact: true })).toBeFocused();
  await expectSize(page, 'Width of the script', 320);

  await command(page, 'Collapse or show the kernel calls');
  await expect(page.locator('.trace')).toBeHidden();
  await expectNoOverflow(page);
  await page.reload();
  await expect(separator(page, 'Width of the kernel calls')).toHaveAttribute('aria-valuetext', 'collapsed');
  await expect(page.locator('.trace')).toBeHidden();
  await separator(page, 'Width of the kernel calls').focus();
  await page.keyboard.press('ArrowLeft');
  await expectSize(page, 'Width of the kernel calls', 260);

  await page.getByRole('button', { name: 'Panes', exact: true }).click();
  await page.getByRole('button', { name: 'Collapse the lanes of the timeline' }).click();
  await expect(page.locator('.timeline-plot')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Next line' })).toBeVisible();
  await page.getByRole('button', { name: 'Panes', exact: true }).click();
  await page.getByRole('button', { name: 'Restore the sizes of the panes' }).click();
  await expect(page.locator('.timeline-stage')).toBeVisible();
  await expect(separator(page, 'Width of the kernel calls')).toHaveAttribute('aria-valuenow', '345');
});

/** Expects a pane to fill the lab. */
async function expectFills(page: Page, selector: string) {
  await expect(async () => {
    const [pane, lab] = await Promise.all(
      [selector, '.lab'].map((one) => page.locator(one).first().boundingBox()),
    );
    expect(pane).toEqual(lab);
  }).toPass();
}

test('a key lets the pane with the focus fill the lab, and the panes keep their state', async ({ page }) => {
  await open(page);
  const field = page.getByRole('combobox', { name: 'Line of notation' });
  await field.fill('raise 1');
  const rows = page.locator('.script-scroll');
  const scrolled = await rows.evaluate((one) => {
    one.scrollTop = 60;
    return one.scrollTop;
  });
  expect(scrolled).toBeGreaterThan(0);
  await page.locator('.wiring-rows').focus();
  await page.keyboard.press('Alt+0');
  await expect(page.locator('.script')).toBeHidden();
  await expectFills(page, '.wiring');
  await expect(page.locator('.wiring-rows')).toBeFocused();
  await expect(page.getByRole('separator')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.locator('.script')).toBeVisible();
  await expect(page.locator('.wiring-rows')).toBeFocused();
  await expect.poll(() => rows.evaluate((one) => one.scrollTop)).toBe(scrolled);
  await expect(field).toHaveValue('raise 1');
});

test('the menu lets each pane fill the lab', async ({ page }) => {
  await open(page);
  for (const [name, selector] of [
    ['composer', '.composer'],
    ['script', '.script'],
    ['kernel calls', '.trace'],
    ['timeline', '.timeline'],
  ] as const) {
    await page.getByRole('button', { name: 'Panes', exact: true }).click();
    await page.getByRole('button', { name: `Maximise the ${name}` }).click();
    await expect(page.getByRole('button', { name: 'All panes' })).toBeVisible();
    await expectFills(page, selector);
    if (name === 'kernel calls') expect(await complaintsOfAxe(page)).toEqual([]);
    await page.getByRole('button', { name: 'All panes' }).click();
    await expect(page.locator('.wiring')).toBeVisible();
  }
});

test('the palette lets a pane fill the lab, and a key that leads to another pane shows all', async ({
  page,
}) => {
  await open(page);
  await command(page, 'Maximise the timeline');
  await expect(page.locator('.script')).toBeHidden();
  await expectFills(page, '.timeline');
  await page.keyboard.press('Alt+3');
  await expect(page.locator('.wiring-rows')).toBeFocused();
  await expect(page.locator('.script')).toBeVisible();
});

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
  [2560, 1440],
] as const) {
  test(`the defaults give every pane room at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    for (const name of NAMES) await expect(separator(page, name)).toBeVisible();
    const wide = async (selector: string) => (await page.locator(selector).boundingBox())?.width ?? 0;
    await expect(async () => {
      const [left, wiring, trace] = [await wide('.left'), await wide('.wiring'), await wide('.trace')];
      expect(left + wiring + trace).toBe(width);
      expect(left).toBeGreaterThanOrEqual(320);
      expect(trace).toBeGreaterThanOrEqual(345);
      // the wiring is the widest, and the others grow with the window
      expect(wiring).toBeGreaterThan(Math.max(left, trace));
      expect(left / width).toBeGreaterThan(0.2);
      expect(trace / width).toBeGreaterThan(0.25);
    }).toPass();
    await expectNoOverflow(page);
    expect(await complaintsOfAxe(page)).toEqual([]);
  });
}

test('panes give way to the wiring in a smaller window, and keep their sizes for the larger one', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open(page);
  await drag(page, 'Width of the script', 300, 0);
  const wide = await settledSize(page, 'Width of the script');
  await page.setViewportSize({ width: 900, height: 700 });
  await expectNoOverflow(page);
  await expect
    .poll(async () => (await page.locator('.wiring').boundingBox())?.width)
    .toBeGreaterThanOrEqual(230);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expectSize(page, 'Width of the script', wide);
});

test('a phone has tabs, and nothing that can be sized', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => localStorage.setItem('irqscope.panes', 'script=0 lines=0 timeline=0'));
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Run ioctl' })).toBeVisible();
  await expect(page.locator('.timeline .transport')).toBeVisible();
  await page.keyboard.press('Alt+0');
  await page.getByRole('button', { name: 'Script', exact: true }).click();
  await expect(page.getByRole('listbox', { name: 'Script', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await expect(page.locator('.timeline-stage')).toBeVisible();
  await expect(page.getByRole('separator')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Panes', exact: true })).toBeHidden();
  await expectNoOverflow(page);
});

test('a presentation and paper ignore the sizes', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('irqscope.panes', 'calls=0 timeline=300'));
  await page.goto('./');
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: /^Start The rollback/ }).click();
  await expect(page.getByRole('separator')).toHaveCount(4);
  await page.keyboard.press('Alt+0');
  await expect(page.locator('.script')).toBeHidden();
  await page.keyboard.press('p');
  await expect(page.locator('.lab[data-presenting]')).toBeVisible();
  await expect(page.locator('.wiring')).toBeVisible();
  await expect(page.getByRole('separator')).toHaveCount(0);
  await expect(page.locator('.timeline-scroll')).toBeHidden();
  // the slide of the timeline has the room of the window, not the kept 300 pixels
  await page.keyboard.press('t');
  const height = async () => (await page.locator('.timeline').boundingBox())?.height ?? 0;
  await expect.poll(height).toBeGreaterThan(340);
  await page.keyboard.press('t');
  await expect(page.locator('.timeline-scroll')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.locator('.lab[data-maximised]')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('.printed h1')).toBeVisible();
});

test('the focus is visible on every separator, also with forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page);
  for (const name of NAMES) {
    await separator(page, name).focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(separator(page, name)).toBeFocused();
    const style = await separator(page, name).evaluate((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return `${outlineStyle} ${outlineWidth}`;
    });
    expect(style, name).toBe('solid 2px');
  }
  expect(await complaintsOfAxe(page)).toEqual([]);
});
