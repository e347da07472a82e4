// The wiring's own journeys: a full table, a phone, everything linked, the source beside the trace, and what axe says.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe } from './looks.ts';

class Lab {
  readonly page: Page;
  readonly status: Locator;
  readonly wiring: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole('status');
    this.wiring = page.getByRole('table', { name: 'Wiring' });
  }

  row(name: RegExp): Locator {
    return this.wiring.getByRole('row', { name });
  }

  async attach(start: number, fds: string) {
    await this.page.getByRole('textbox', { name: 'start' }).fill(String(start));
    await this.page.getByRole('textbox', { name: 'fds' }).fill(fds);
    await this.page.getByRole('button', { name: 'Run ioctl' }).click();
  }

  async largeDevice() {
    await this.page.getByRole('button', { name: 'New' }).click();
    await this.page.getByRole('button', { name: /^Device:/ }).click();
    await this.page.getByText('The largest MSI-X table there can be').click();
    await this.page.keyboard.press('Escape');
    await this.page.getByRole('button', { name: 'Create eventfd 100' }).click();
  }
}

const lit = (element: Locator) =>
  element.evaluate((one) => getComputedStyle(one).getPropertyValue('--lit-ground').trim() !== '');

test('pointing at a vector, an irq or an eventfd lights its chain everywhere', async ({ page }) => {
  const lab = new Lab(page);
  await page.goto('./');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  const row = lab.row(/^Vector 1: attached/);
  const lane = page.locator('.lane[data-link="v1"]');
  const fd = page.getByRole('option', { name: /eventfd 101$/ }).locator('[data-link="f101"]');
  expect(await lit(row)).toBe(false);
  await lab
    .row(/^Vector 1:/)
    .getByText('irq 26')
    .hover();
  for (const element of [row, lane, fd]) await expect.poll(() => lit(element)).toBe(true);
  expect(await lit(lab.row(/^Vector 2:/))).toBe(false);
  await fd.hover();
  await expect.poll(() => lit(row)).toBe(true);
  await page
    .getByRole('treeitem', { name: /^vfio_msi_set_vector_signal/ })
    .first()
    .hover();
  await expect.poll(() => lit(lane)).toBe(true);
  await page.getByRole('heading', { level: 1 }).hover();
  await expect.poll(() => lit(row)).toBe(false);
});

test('a row opens by keys and tells everything about its chain', async ({ page }) => {
  const lab = new Lab(page);
  await page.goto('./');
  await lab.wiring.getByRole('button', { name: 'Details of vector 0' }).focus();
  await expect.poll(() => lit(lab.row(/^Vector 0:/))).toBe(true);
  await page.keyboard.press('ArrowDown');
  await expect(lab.wiring.getByRole('button', { name: 'Details of vector 1' })).toBeFocused();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'Vector 1 in detail' });
  await expect(detail).toContainText('allocated since');
  await expect(detail).toContainText('line 5, pci_alloc_irq_vectors');
  await expect(detail).toContainText('not requested: cached');
  await page.keyboard.press('ArrowLeft');
  await expect(detail).toContainText('2: open file, ctx[1]');
  await expect(detail).toContainText('vfio-msix[1](0000:00:04.0)');
  await expect(detail).toContainText('IR-PCI-MSIX-0000:00:04.0');
  await page.getByRole('button', { name: 'Close details of Vector 1' }).click();
  await expect(detail).toBeHidden();
});

test('the source of the generation follows the call that is executing', async ({ page }) => {
  const lab = new Lab(page);
  await page.goto('./');
  await page.getByRole('button', { name: 'Source', exact: true }).click();
  const source = page.getByRole('region', { name: 'Source' });
  await expect(source.getByText('generations/dynamic.ts', { exact: true })).toBeVisible();
  await page.getByRole('treeitem', { name: /^eventfd_ctx_fdget/ }).click();
  const current = source.locator('[aria-current="step"]');
  await expect(current.filter({ hasText: 'eventfd_ctx_fdget(k, fd)' })).toBeInViewport();
  await expect(lab.row(/^Vector 1: cached/)).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Why' })).toContainText('Linux 6.12 fs/eventfd.c');
  await page.getByRole('radio', { name: 'V3 patch' }).check({ force: true });
  await expect(source.getByText('generations/v3.ts', { exact: true })).toBeVisible();
});

test('2,048 vectors: the CPU runs out at 194, then all are allocated; scroll, and fail in the middle', async ({
  page,
}, info) => {
  const lab = new Lab(page);
  await page.goto('./');
  await lab.largeDevice();
  await lab.attach(0, Array.from({ length: 2048 }, () => '100').join(' '));
  await expect(lab.status).toHaveText(/failed with ENOSPC/);
  await expect(lab.row(/^Vector 194: .*fd 100 ENOSPC/)).toBeVisible();
  await page.screenshot({ path: info.outputPath('enospc.png') });

  await lab.attach(0, `100 ${Array.from({ length: 2047 }, () => '-1').join(' ')}`);
  await expect(lab.status).toHaveText(/2,047 vectors|Vectors 1–2047/);
  const strip = page.getByRole('scrollbar', { name: 'Overview of all rows' });
  await strip.press('End');
  await expect(lab.row(/^Vector 2047: cached/)).toBeVisible();
  await expect(strip).toHaveAttribute('aria-valuetext', /to 2047 of 2,048$/);
  await strip.press('Home');
  await expect(lab.row(/^Vector 0: attached/)).toBeVisible();
  const box = await strip.boundingBox();
  await strip.click({ position: { x: 8, y: (box?.height ?? 0) / 2 } });
  // a pixel of the strip is some ten rows
  await expect(lab.row(/^Vector 10[123]\d: cached/).first()).toBeVisible();
  await strip.press('Home');
  await lab.attach(1024, '999');
  await expect(lab.row(/^Vector 1024: cached, fd 999 EBADF/)).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  await page.screenshot({ path: info.outputPath('middle.png') });
  expect(await complaintsOfAxe(page)).toEqual([]);
});

test('phone: compose, run, see the wiring, step, by controls that a finger can hit', async ({
  browser,
}, info) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  const lab = new Lab(page);
  await page.goto(info.project.use.baseURL ?? '/');
  await page.getByRole('button', { name: 'New' }).tap();
  await page.getByRole('button', { name: 'Compose' }).tap();
  await page.getByRole('button', { name: 'Create eventfd 100' }).tap();
  await page.getByRole('textbox', { name: 'start' }).fill('0');
  await page.getByRole('textbox', { name: 'fds' }).fill('100 -1');
  await page.getByRole('button', { name: 'Run ioctl' }).tap();
  await expect(lab.row(/^Vector 0: attached/)).toBeVisible();
  await page.screenshot({ path: info.outputPath('phone.png') });
  await page.getByRole('button', { name: 'Trace' }).tap();
  await page.getByRole('button', { name: 'Step into' }).tap();
  await expect(page.getByRole('heading', { name: /Wiring inside line 2/ })).toBeVisible();
  await page.getByRole('button', { name: 'Next', exact: true }).tap();
  await expect(page.getByRole('heading', { name: /kernel step 2 of/ })).toBeVisible();
  await lab.wiring.getByRole('button', { name: 'Details of vector 0' }).tap();
  await expect(page.getByRole('region', { name: 'Vector 0 in detail' })).toBeVisible();
  await page.screenshot({ path: info.outputPath('phone-detail.png') });
  const small = await page
    .locator('.transport button:visible, .tabs button:visible, .row-button:visible')
    .evaluateAll((all) =>
      all
        .filter((one) => one.getBoundingClientRect().height < 36 || one.getBoundingClientRect().width < 24)
        .map((one) => one.outerHTML),
    );
  expect(small).toEqual([]);
  await context.close();
});

const LOOKS = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const;
const SIZES = [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const;

for (const look of LOOKS) {
  for (const [width, height] of SIZES) {
    const name = look.forcedColors === 'active' ? 'forced' : look.colorScheme;
    test(`axe: ${name} ${width}×${height}: first screen, inside a failing line, recording`, async ({
      page,
    }, info) => {
      test.slow();
      const found: string[] = [];
      const look_at = async (state: string) => {
        await page.screenshot({ path: info.outputPath(`${state}-${name}-${width}.png`) });
        found.push(...(await complaintsOfAxe(page)).map((one) => `${state}: ${one}`));
      };
      await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      await page.goto('./');
      await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
      await look_at('first');
      if (width < 800) await page.getByRole('button', { name: 'Trace' }).click();
      await page.getByRole('button', { name: 'Source', exact: true }).click();
      await page.getByRole('treeitem', { name: /^eventfd_ctx_fdget/ }).click();
      await page.getByRole('button', { name: 'Details of vector 1' }).click();
      await expect(page.locator('.source-view .calling')).toBeVisible();
      await look_at('inside');
      await page.getByRole('button', { name: 'Source', exact: true }).click();
      await page.getByRole('button', { name: 'Open…' }).click();
      await page.getByRole('button', { name: /Who gets the irq number after a failure V3 patch/ }).click();
      await expect(page.getByText('0 disagreements in 12 steps')).toBeVisible();
      await page.keyboard.press('End');
      await page.getByText(/^\/proc\/interrupts/).click();
      await look_at('recording');
      expect(found).toEqual([]);
    });
  }
}
