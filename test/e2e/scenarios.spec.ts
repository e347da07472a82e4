// The scenario library, and the debate: V3 frees an irq of the original allocation, the merged driver keeps it.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, inEveryLook, picture } from './looks.ts';

const list = (page: Page) => page.getByRole('list', { name: 'Scenarios', exact: true });
const item = (page: Page, name: RegExp) => list(page).getByRole('listitem', { name });
const row = (page: Page, name: RegExp) =>
  page.getByRole('table', { name: 'Wirings side by side' }).getByRole('row', { name });

async function openLibrary(page: Page) {
  await page.goto('./#learn=scenarios');
  await expect(list(page)).toBeVisible();
}

/** Expects the call that only V3 makes, and the irq that V3 frees and the merged driver keeps. */
async function expectDebate(page: Page) {
  const current = page
    .getByRole('table', { name: 'Kernel calls side by side' })
    .locator('[aria-current="step"]');
  await expect(current).toContainText('pci_msix_free_irq');
  await expect(row(page, /^Vector 1\b.*V3 patch: empty/)).toHaveAccessibleName(/dynamic: cached, irq/);
}

test('the debate is at most three clicks from the first page, without scrolling', async ({ page }) => {
  test.slow();
  await page.goto('./');
  let clicks = 0;
  const click = async (what: Locator) => {
    await expect(what).toBeInViewport({ ratio: 1 });
    await what.click();
    clicks++;
  };
  await click(page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Compare' }));
  await click(page.getByRole('button', { name: 'Go to the kernel call that makes the difference' }));
  await expectDebate(page);
  await expect(page.locator('.compare-calls [aria-current="step"]')).toBeInViewport();
  expect(clicks).toBeLessThanOrEqual(3);
});

test('the library and the palette open the debate', async ({ page }) => {
  test.slow();
  await openLibrary(page);
  await page.getByRole('button', { name: 'Show that kernel call' }).click();
  await expectDebate(page);
  await page.keyboard.press('m');
  await expect(page.getByRole('table', { name: 'Kernel calls side by side' })).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('the debate');
  await expect(page.getByRole('option', { selected: true, name: /^The debate/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expectDebate(page);
});

test('Compare opens at the kernel call selected in the lab', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
  const called = page
    .getByRole('region', { name: /kernel calls|trace/i })
    .locator('[aria-current="step"], [aria-selected="true"]');
  const name = /([a-z_]\w+)/.exec((await called.first().textContent()) ?? '')?.[1] ?? 'nothing';
  await page.keyboard.press('v');
  await expect(
    page.getByRole('table', { name: 'Kernel calls side by side' }).locator('[aria-current="step"]'),
  ).toContainText(name);
});

test('the search finds scenarios by words, errno, function and kernel', async ({ page }) => {
  await openLibrary(page);
  await expect(list(page).getByRole('listitem')).toHaveCount(51);
  await page.getByRole('searchbox', { name: 'Words' }).fill('lost grow');
  await expect(item(page, /^T1 /)).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('combobox', { name: 'Kernel', exact: true }).selectOption({ label: 'V3 patch' });
  await page.getByRole('combobox', { name: 'Kernel function' }).selectOption('pci_msix_free_irq');
  await expect(item(page, /^S15 /)).toBeVisible();
  await expect(item(page, /^S2 /)).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Errno' }).selectOption('ENOSPC');
  await expect(item(page, /^S15 /)).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('combobox', { name: 'Client' }).selectOption('DPDK');
  await expect(item(page, /^S2 /)).toBeVisible();
});

test('a scenario opens in the lab at its line, and in Compare at the differing line', async ({ page }) => {
  test.slow();
  await openLibrary(page);
  await page.getByRole('button', { name: 'Open S15 in the lab' }).click();
  await expect(page.getByRole('heading', { name: /^Wiring after line 5/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();
  await page.goBack();
  await expect(list(page)).toBeVisible();
  await page.getByRole('button', { name: 'Compare S15' }).click();
  await expect(page.getByRole('group', { name: 'Difference and cause' })).toContainText('freed irq');
});

test('axe reports no violation in any look', async ({ page }, info) => {
  test.slow();
  await openLibrary(page);
  await inEveryLook(page, async (look) => {
    const { name } = look;
    expect(await complaintsIn(page, look), name).toEqual([]);
    await expectNoOverflow(page, name);
    await picture(page, info, `scenarios ${name}`);
  });
  await page.getByRole('button', { name: 'Show that kernel call' }).click();
  await expectDebate(page);
  await inEveryLook(page, async ({ name }) => {
    await expectNoOverflow(page, name);
    await picture(page, info, `debate ${name}`);
  });
});
