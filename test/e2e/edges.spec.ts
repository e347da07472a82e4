// The edges of narrow places: names, states and headings are whole, words do not overlap, and cut content has a cue.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectNone, expectNoOverflow } from './looks.ts';

/** Twelve lines under V3; the last one leaves freed, cached, pending and attached vectors. */
const SCRIPT = `device nvme msix=8 v3
eventfd 100
eventfd 101
eventfd 102
eventfd 103
eventfd 104
eventfd 105
set_irqs msix trigger eventfd 0 [100 101 102 -1 100]
set_irqs msix trigger eventfd 2 [-1]
raise 2
set_irqs msix trigger eventfd 1 [999]
raise 0
set_irqs msix trigger eventfd 3 [101 999 102]
`;

async function open(page: Page, text = SCRIPT) {
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
  await expect(page.getByRole('heading', { name: 'Wiring at the start' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: /^Wiring after line \d+$/ })).toBeVisible();
}

async function openCompare(page: Page) {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.keyboard.press('v');
  await expect(page.locator('.compare-row').first()).toBeVisible();
}

/** Returns the texts of visible elements whose content is wider or higher than they are. */
function cut(page: Page, selector: string) {
  return page.locator(selector).evaluateAll((all) =>
    all
      .filter((one) => one.getClientRects().length > 0)
      .filter((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 2)
      .map((one) => one.textContent),
  );
}

/** Returns the scrollers with hidden content and without a shadow at the cut edge. */
function bareScrollers(page: Page, root: string) {
  return page.locator(`${root}, ${root} *`).evaluateAll((all) =>
    all
      .filter((one) => {
        const { overflowY, backgroundAttachment } = getComputedStyle(one);
        const isCut = one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0;
        return /auto|scroll/.test(overflowY) && isCut && !backgroundAttachment.includes('local');
      })
      .map((one) => one.className),
  );
}

test('the bar shows the whole name of the kernel, and the heading of the calls keeps its button in the pane', async ({
  page,
}) => {
  await open(page, SCRIPT.replace('nvme msix=8', 'nvme2048'));
  const trace = page.getByRole('region', { name: 'Kernel calls · line 12' });
  for (const width of [1180, 1280, 1366, 1440, 1600, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNone(page, () => cut(page, '.topbar button:has(> .hidden)'), `kernel at ${width}`);
    await expectNoOverflow(page, `at ${width}`);
    const right = (one: { x: number; width: number } | null) => (one?.x ?? 0) + (one?.width ?? 0);
    await expect(async () => {
      const pane = await trace.boundingBox();
      const button = await trace.getByRole('button', { name: 'Model source' }).boundingBox();
      expect(right(button), `button at ${width}`).toBeLessThanOrEqual(right(pane) - 8);
    }).toPass();
  }
});

test('results of the deepest calls are whole at 1280 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page);
  await page.getByRole('option', { name: /SET_IRQS MSI-X \[0\.\.4\]/ }).click();
  const row = page.getByRole('treeitem', { name: /irq_bypass_register_producer.*-EBUSY/ }).first();
  await expect(row).toBeVisible();
  await expect(async () => {
    const { result, list } = await row.evaluate((one) => ({
      result: one.querySelector('.ret')?.getBoundingClientRect().right ?? Number.POSITIVE_INFINITY,
      list: one.parentElement?.parentElement?.getBoundingClientRect().right ?? 0,
    }));
    expect(result).toBeLessThanOrEqual(list);
  }).toPass();
});

test('marks of later lines do not cross the word of the current line', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Timeline' }).click();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('heading', { name: 'Wiring after line 10' })).toBeVisible();
  const word = page.locator('.line-mark.current text').first();
  await expect(word).toHaveText(/-EBADF$/);
  const crossing = () =>
    page.locator('.timeline-head').evaluate((head) => {
      const box = head.querySelector('.line-mark.current text')?.getBoundingClientRect();
      if (box === undefined) return ['no word'];
      return [...head.querySelectorAll('.line-mark:not(.current) :is(.failed-tick, .grid, text)')]
        .filter((one) => {
          const { left, right, top, bottom } = one.getBoundingClientRect();
          return left < box.right && right > box.left && bottom > box.top + 3 && top < box.bottom - 3;
        })
        .map((one) => one.outerHTML);
    });
  await expectNone(page, crossing);
});

test('four lanes of Compare show whole descriptors, irqs and states, and their tabs do not overlap', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openCompare(page);
  await page.getByRole('button', { name: '+ lane' }).click();
  await page.getByRole('button', { name: /^NORESIZE host/ }).click();
  await expect(page.getByRole('region', { name: /NORESIZE host/ })).toBeVisible();
  await expectNone(page, () => cut(page, '.compare-row .box, .compare-row .box > *, .compare-row .vector'));
  await page.setViewportSize({ width: 390, height: 844 });
  const tabs = page.locator('.lane-tab');
  await expect(tabs).toHaveCount(4);
  await expect(tabs.first()).toBeVisible();
  await expectNone(page, () => cut(page, '.lane-tab'));
  await expectNoOverflow(page);
});

test('the kernels over the state graph do not overlap on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(
    './#explore=v3&vectors=2&fds=1&block=2&ops=bad,disable&states=5000&ask=count-states&show=graph',
  );
  await expect(page.getByRole('radio', { name: 'hold (proposed)' })).toBeAttached();
  await expectNone(page, () => cut(page, '.segments label, .segments span'));
});

test('an answer key shows whole states and irqs on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./#learn=lessons');
  await page.getByRole('button', { name: 'Worksheet of An eventfd outlives its descriptor' }).click();
  await page.getByRole('checkbox', { name: 'With the answer key' }).check();
  await expect(page.locator('.wiring-paper').first()).toBeVisible();
  await expectNone(page, () => cut(page, '.wiring-paper .box, .wiring-paper .box > *'));
});

test('menus, Compare, Export and sheets have a shadow where content is cut', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page);
  await page.getByRole('button', { name: /^Device:/ }).click();
  await expect(page.getByRole('radio', { name: /^nvme2048/ })).toBeVisible();
  await expectNone(page, () => bareScrollers(page, '.menu:popover-open'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('y');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByText('C program', { exact: true }).click();
  await expect(dialog.getByText('#define _GNU_SOURCE')).toBeVisible();
  await expectNone(page, () => bareScrollers(page, 'dialog[open]'));
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('F1');
  await page.getByRole('button', { name: /^Keyboard shortcuts/ }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectNone(page, () => bareScrollers(page, 'dialog[open]'));
  await page.keyboard.press('Escape');
  await openCompare(page);
  await expectNone(page, () => bareScrollers(page, '.compare'));
});

test('calls are touch targets of 24 pixels on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Trace' }).click();
  await expect(async () => {
    const heights = await page
      .locator('.trace-row')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(3);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
  }).toPass();
});
