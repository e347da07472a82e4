// The wiring in a browser: a full table, a phone, linked highlighting, the model source, and axe.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { asKnown } from './known.ts';
import { complaintsOfAxe, expectNone, picture, stillBox } from './looks.ts';
import { openMore } from './more.ts';

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
    await this.page.getByText('NVMe with the largest possible MSI-X table').click();
    await this.page.keyboard.press('Escape');
    await openMore(this.page);
    await this.page.getByRole('button', { name: 'Create eventfd 100' }).click();
  }
}

const lit = (element: Locator) =>
  element.evaluate((one) => getComputedStyle(one).getPropertyValue('--lit-ground').trim() !== '');

test('highlights the whole chain when a vector, an irq or an eventfd is pointed at', async ({ page }) => {
  const lab = new Lab(page);
  await page.goto('./');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  const row = lab.row(/^Vector 1: attached/);
  const lane = page.locator('.lane[data-link="v1"]');
  const fd = page.getByRole('option', { name: /eventfd 101$/ }).locator('[data-link="f101"]');
  await expect.poll(() => lit(row)).toBe(false);
  await lab
    .row(/^Vector 1:/)
    .getByText('irq 26')
    .hover();
  for (const element of [row, lane, fd]) await expect.poll(() => lit(element)).toBe(true);
  await expect.poll(() => lit(lab.row(/^Vector 2:/))).toBe(false);
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

test('opens the details of a row by keyboard', async ({ page }) => {
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

test('model source: opens at the selected call with the lines that ran, below a link to the kernel', async ({
  page,
}) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).origin));
  await page.goto('./');
  await page.getByRole('button', { name: 'Model source' }).click();
  const source = page.getByRole('region', { name: 'Model source' });
  // without a selected call: the one whose check refused the line
  const current = source.locator('[aria-current="step"]');
  await expect(current.filter({ hasText: 'function eventfd_ctx_fdget(' })).toBeInViewport();
  await page
    .getByRole('treeitem', { name: /^vfio_msi_set_vector_signal/ })
    .first()
    .click();
  await expect(current.filter({ hasText: 'function vfio_msi_set_vector_signal(' })).toBeInViewport();
  await expect(source.locator('li.ran').filter({ hasText: 'free_irq(' })).toHaveCount(1);
  await expect(source.locator('li.ran').filter({ hasText: 'request_irq(' })).toHaveCount(0);
  await expect(source.locator('li.ran.last')).toContainText('return fdget');
  await expect(source.getByRole('link', { name: /on git\.kernel\.org/ })).toHaveAttribute(
    'href',
    /vfio_pci_intrs\.c\?h=v6\.12\.117#n447$/,
  );
  const why = page.getByRole('complementary', { name: 'Why' });
  await expect(why.getByRole('link', { name: /on Elixir/ })).toHaveAttribute('href', /#L447$/);
  await page.getByRole('radio', { name: 'V3 patch' }).check({ force: true });
  await page
    .getByRole('treeitem', { name: /^vfio_msi_set_vector_signal/ })
    .first()
    .click();
  await expect(source.getByText('generations/v3.ts', { exact: true })).toBeVisible();
  await expect(source.getByRole('link', { name: /PATCH V3 09\/10/ })).toHaveAttribute(
    'href',
    /lore\.kernel\.org/,
  );
  expect(new Set(requests)).toEqual(new Set([new URL(page.url()).origin]));
});

test('handles 2,048 vectors: no CPU vector left at 194, then all allocated, scrolled, and a failure in the middle', async ({
  page,
}, info) => {
  const lab = new Lab(page);
  await page.goto('./');
  await lab.largeDevice();
  await lab.attach(0, Array.from({ length: 2048 }, () => '100').join(' '));
  await expect(lab.status).toHaveText(/failed with ENOSPC/);
  await expect(lab.row(/^Vector 194: .*fd 100 ENOSPC/)).toBeVisible();
  await picture(page, info, 'enospc');

  await lab.attach(0, `100 ${Array.from({ length: 2047 }, () => '-1').join(' ')}`);
  await expect(lab.status).toHaveText(/2,047 vectors|Vectors 1–2047/);
  const strip = page.getByRole('scrollbar', { name: 'Overview of all rows' });
  await strip.press('End');
  await expect(lab.row(/^Vector 2047: cached/)).toBeVisible();
  await expect(strip).toHaveAttribute('aria-valuetext', /to 2047 of 2,048$/);
  await strip.press('Home');
  await expect(lab.row(/^Vector 0: attached/)).toBeVisible();
  const { height } = await stillBox(strip);
  await strip.click({ position: { x: 8, y: height / 2 } });
  // one pixel of the strip represents about ten rows
  await expect(lab.row(/^Vector 10[123]\d: cached/).first()).toBeVisible();
  await strip.press('Home');
  await lab.attach(1024, '999');
  await expect(lab.row(/^Vector 1024: cached, fd 999 EBADF/)).toBeVisible();
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(80);
  await picture(page, info, 'middle');
  expect(await complaintsOfAxe(page)).toEqual([]);
});

test('phone: composes, runs and steps with controls that are large enough for touch', async ({
  browser,
}, info) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  await asKnown(context);
  const page = await context.newPage();
  const lab = new Lab(page);
  await page.goto(info.project.use.baseURL ?? '/');
  await page.getByRole('button', { name: 'New' }).tap();
  await page.getByRole('button', { name: 'Compose' }).tap();
  await openMore(page);
  await page.getByRole('button', { name: 'Create eventfd 100' }).tap();
  await page.getByRole('textbox', { name: 'start' }).fill('0');
  await page.getByRole('textbox', { name: 'fds' }).fill('100 -1');
  await page.getByRole('button', { name: 'Run ioctl' }).tap();
  await expect(lab.row(/^Vector 0: attached/)).toBeVisible();
  await picture(page, info, 'phone');
  await page.getByRole('button', { name: 'Trace' }).tap();
  await page.getByRole('button', { name: 'Step into' }).tap();
  await expect(page.getByRole('heading', { name: /Wiring inside line 2/ })).toBeVisible();
  await page.getByRole('button', { name: /^Next (line|call)/ }).tap();
  await expect(page.getByRole('heading', { name: /kernel step 2 of/ })).toBeVisible();
  await lab.wiring.getByRole('button', { name: 'Details of vector 0' }).tap();
  await expect(page.getByRole('region', { name: 'Vector 0 in detail' })).toBeVisible();
  await picture(page, info, 'phone-detail');
  const small = () =>
    page
      .locator('.transport button:visible, .tabs button:visible, .row-button:visible')
      .evaluateAll((all) =>
        all
          .filter((one) => one.getBoundingClientRect().height < 36 || one.getBoundingClientRect().width < 24)
          .map((one) => one.outerHTML),
      );
  await expectNone(page, small);
  await context.close();
});

const LOOKS = [
  {
    media: { colorScheme: 'light', forcedColors: 'none' },
    sizes: [
      [1440, 900],
      [1280, 720],
      [390, 844],
    ],
  },
  { media: { colorScheme: 'dark', forcedColors: 'none' }, sizes: [[1280, 720]] },
  { media: { colorScheme: 'dark', forcedColors: 'active' }, sizes: [[1280, 720]] },
] as const;

for (const { media: look, sizes } of LOOKS) {
  for (const [width, height] of sizes) {
    const name = look.forcedColors === 'active' ? 'forced' : look.colorScheme;
    test(`axe: ${name} ${width}×${height}: first screen, inside a failing line, recording`, async ({
      page,
    }, info) => {
      test.slow();
      const found: string[] = [];
      const look_at = async (state: string) => {
        await picture(page, info, `${state}-${name}-${width}`);
        found.push(...(await complaintsOfAxe(page)).map((one) => `${state}: ${one}`));
      };
      await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      await page.goto('./');
      await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
      await look_at('first');
      if (width < 800) await page.getByRole('button', { name: 'Trace' }).click();
      await page.getByRole('button', { name: 'Model source' }).click();
      await page.getByRole('treeitem', { name: /^eventfd_ctx_fdget/ }).click();
      await page.getByRole('button', { name: 'Details of vector 1' }).click();
      await expect(page.locator('.source-view li.ran').first()).toBeVisible();
      await look_at('inside');
      await page.getByRole('button', { name: 'Model source' }).click();
      await page.getByRole('button', { name: 'Open…' }).click();
      await page.getByRole('button', { name: /Irq numbers after a failed call V3 patch/ }).click();
      await expect(page.getByText('0 mismatches in 12 steps')).toBeVisible();
      await page.keyboard.press('End');
      await page.getByText(/^\/proc\/interrupts/).click();
      await look_at('recording');
      expect(found).toEqual([]);
    });
  }
}
