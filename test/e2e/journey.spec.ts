// The first journey: drive the model by hand through the lab's central failure, then replay a recording of a real kernel.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { picture } from './looks.ts';
import { openMore } from './more.ts';

class Lab {
  readonly page: Page;
  readonly status: Locator;
  readonly wiring: Locator;
  readonly timeline: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole('status');
    this.wiring = page.getByRole('table', { name: 'Wiring' });
    this.timeline = page.getByRole('group', { name: 'Lanes by vector' });
  }

  row(name: RegExp): Locator {
    return this.wiring.getByRole('row', { name });
  }

  mark(name: RegExp): Locator {
    return this.timeline.getByRole('img', { name });
  }

  operation(name: RegExp): Locator {
    return this.page.getByRole('group', { name: 'Operations' }).getByRole('img', { name });
  }

  async choose(data: 'none' | 'bool' | 'eventfd') {
    const group = this.page.getByRole('group', { name: 'data', exact: true });
    await group.getByText(data, { exact: true }).click();
  }

  async attach(start: number, fds: string) {
    await this.page.getByRole('textbox', { name: 'start' }).fill(String(start));
    await this.page.getByRole('textbox', { name: 'fds' }).fill(fds);
    await this.page.getByRole('button', { name: 'Run ioctl' }).click();
  }
}

test('enables, extends, fails and disables by hand, then opens a recording without mismatches', async ({
  page,
}, info) => {
  const shot = (name: string) => picture(page, info, `${name}`);
  const lab = new Lab(page);
  await page.goto('./');
  await page.getByRole('button', { name: 'New' }).click();
  await expect(page.getByRole('option', { name: 'device opened' })).toBeVisible();
  await shot('empty');

  await openMore(page);
  await page.getByRole('button', { name: 'Create eventfd 100' }).click();
  await page.getByRole('button', { name: 'Create eventfd 101' }).click();
  await lab.attach(0, '100 101');
  await expect(lab.status).toHaveText(/returned 0\. Vectors 0–1 are attached to irqs 25–26\./);

  await page.getByRole('button', { name: 'Create eventfd 102' }).click();
  await lab.attach(5, '102');
  await expect(lab.row(/^Vector 5: attached, fd 102/)).toBeVisible();

  await page.getByRole('textbox', { name: 'start' }).fill('1');
  await page.getByRole('textbox', { name: 'fds' }).fill('999');
  await expect(
    page.getByText('Will fail with EBADF: the number is not an open file descriptor.'),
  ).toBeVisible();
  await page.getByRole('textbox', { name: 'fds' }).press('Enter');
  await expect(lab.status).toHaveText(/failed with EBADF\. Vector 1 is cached: irq 26 stays allocated\./);
  await expect(lab.row(/^Vector 1: cached, fd 999 EBADF, irq 26 allocated, masked/)).toBeVisible();
  await expect(page.getByRole('treeitem', { name: /eventfd_ctx_fdget.*-EBADF/ })).toBeVisible();
  await expect(page.getByRole('option', { selected: true, name: /-EBADF/ })).toBeVisible();
  await shot('failed');

  await lab.choose('none');
  await page.getByRole('textbox', { name: 'start' }).fill('0');
  await page.getByRole('textbox', { name: 'count' }).fill('0');
  await page.getByRole('button', { name: 'Run ioctl' }).click();
  await expect(lab.status).toHaveText(/pci_free_irq_vectors freed 3 irqs/);

  await expect(lab.mark(/^vector 0 attached, irq 25, fd 100, line 3 to 6$/)).toBeVisible();
  await expect(lab.mark(/^vector 1 cached, irq 26, line 6$/)).toBeVisible();
  await expect(lab.mark(/^vector 5 attached, irq 27, fd 102, line 5 to 6$/)).toBeVisible();
  await expect(lab.mark(/^line 7: pci_free_irq_vectors freed 3 irqs \(disable\)$/).first()).toBeAttached();
  await expect(lab.operation(/^Line 6: .* failed with EBADF/)).toBeAttached();
  await shot('disabled');

  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('button', { name: /Irq numbers after a failed call V3 patch/ }).click();
  await expect(page.getByText('0 mismatches in 12 steps')).toBeVisible();
  for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight');
  await expect(page.getByText('line 12 / 12')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'step 11' })).toBeVisible();
  await expect(page.getByText('0 mismatches in 12 steps')).toBeVisible();
  await shot('recording');
});

test('steps into the failure by keys until the irq is cached', async ({ page }) => {
  const lab = new Lab(page);
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(lab.row(/^Vector 1: attached/)).toBeVisible();
  const current = page.getByRole('treeitem', { selected: true });
  const heading = page.getByRole('heading', { name: /kernel step/ });
  for (let step = 2; step < 40 && !(await current.textContent())?.startsWith('free_irq'); step++) {
    await page.keyboard.press('ArrowRight');
    await expect(heading).toContainText(`kernel step ${step} `);
  }
  await expect(current).toHaveText(/^free_irq/);
  await expect(lab.row(/^Vector 1: cached/)).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
});

test('rejects a wrong file with line and field, and keeps the session', async ({ page }) => {
  await page.goto('./');
  const file = {
    name: 'wrong.jsonl',
    mimeType: 'text/plain',
    buffer: Buffer.from('{"type":"header","format":7}\n'),
  };
  await page.getByLabel('Recording file').setInputFiles(file);
  await expect(page.getByRole('alert')).toContainText('wrong.jsonl is not a readable recording.');
  await expect(page.getByRole('alert')).toContainText(
    'line 1, column 18: expected "vfio-irq-recording" in format',
  );
  await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${width}×${height} ${colorScheme}: the page has no overflow`, async ({ page }, info) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.goto('./');
      await expect(page.getByRole('table', { name: 'Wiring' })).toBeVisible();
      await picture(page, info, 'lab');
      await expect(async () => {
        const excess = await page.evaluate(() => {
          const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
          return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight };
        });
        expect(excess.x).toBe(0);
        if (width > 800) expect(excess.y).toBe(0);
      }).toPass();
    });
  }
}

test('enables 2,048 vectors and fails in the middle', async ({ page }) => {
  const lab = new Lab(page);
  await page.goto('./');
  await page.getByRole('button', { name: 'New' }).click();
  await page.getByRole('button', { name: /^Device:/ }).click();
  await page.getByText('NVMe with the largest possible MSI-X table').click();
  await page.keyboard.press('Escape');
  await openMore(page);
  await page.getByRole('button', { name: 'Create eventfd 100' }).click();
  const began = Date.now();
  const detached = Array.from({ length: 2047 }, () => '-1').join(' ');
  await lab.attach(0, `${detached} 100`);
  await expect(lab.status).toHaveText(/Vector 2047 is attached/);
  await lab.attach(1024, '999');
  await expect(lab.row(/^Vector 1024: cached, fd 999 EBADF/)).toBeVisible();
  expect(Date.now() - began).toBeLessThan(40_000);
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(80);
});
