// The review of one kernel against another: from Compare and Explore, by keyboard, on a phone, cancelled, and by its address.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectNoOverflow } from './looks.ts';

const SENTENCE =
  /V3 patch against 6\.12: no ioctl result or signal differs \(\d+ states\); msi_irqs differs after 3 lines; MSI: none; no dynamic allocation: none; host with 2 irqs: 0 against ENOSPC\./;

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Review' });
const answers = (page: Page) => sheet(page).getByText(SENTENCE);
/** All searches of a review take some seconds on a quiet machine. */
const WHOLE = { timeout: 300_000 };

async function openCompare(page: Page) {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.keyboard.press('v');
  await expect(page.getByRole('button', { name: 'Review V3 patch against 6.12' })).toBeVisible();
}

test('one click in Compare gives the sentence, the answers and the costs, and opens a script', async ({
  page,
}) => {
  test.slow();
  await openCompare(page);
  await page.getByRole('button', { name: 'Review V3 patch against 6.12' }).click();
  await expect(sheet(page)).toBeVisible();
  await expect(answers(page)).toBeVisible(WHOLE);
  await expect.poll(() => new URL(page.url()).hash).toBe('#review=v3,6.12');
  await expect(sheet(page).getByText(/^Differences \(\d+\)$/)).toBeVisible();
  const row = sheet(page)
    .getByRole('table', { name: 'Costs' })
    .getByRole('row', { name: /^MSI-X: failing/ });
  await expect(row).toContainText('4 / 6');
  await expect(sheet(page).getByText(/^No search has these operations/)).toBeVisible();

  await sheet(page).getByRole('button', { name: 'Open in Compare: host with 2 irqs, client' }).click();
  await expect(sheet(page)).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Difference and cause' })).toContainText('fails with ENOSPC');
  await expect(page.getByRole('region', { name: 'Lane V3 patch', exact: true })).toContainText('= 0');

  // the review is kept for its kernels
  await page.getByRole('button', { name: 'Review V3 patch against 6.12' }).click();
  await expect(answers(page)).toBeVisible();
});

test('works by keyboard alone: the palette opens it, Cancel ends it, Escape closes it', async ({ page }) => {
  await openCompare(page);
  await expect(async () => {
    if (await page.getByRole('dialog', { name: 'Command palette' }).isHidden()) {
      await page.keyboard.press('Control+k');
    }
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await page.keyboard.type('Review one kernel');
  await expect(page.getByRole('option', { name: /^Review one kernel against another/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(sheet(page)).toBeVisible();
  const cancel = sheet(page).getByRole('button', { name: 'Cancel' });
  await expect(cancel).toBeVisible();
  await cancel.press('Enter');
  await expect(sheet(page).getByText('Cancelled.')).toBeVisible();
  const start = sheet(page).getByRole('button', { name: 'Start the review' });
  await start.press('Enter');
  await expect(sheet(page).getByRole('progressbar', { name: 'Finished searches' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Review V3 patch against 6.12' })).toBeVisible();
});

test('Explore reviews the kernels of its form', async ({ page }) => {
  await page.goto('./#explore=hold,dynamic&vectors=2');
  await page.getByRole('button', { name: 'Review hold (proposed) against 6.12' }).click();
  await expect(sheet(page).getByRole('combobox', { name: 'Kernel' })).toHaveValue('hold');
  await expect(sheet(page).getByRole('combobox', { name: 'against' })).toHaveValue('6.12');
  await expect(sheet(page).getByRole('button', { name: 'Cancel' })).toBeVisible();
  await sheet(page).getByRole('button', { name: 'Close' }).click();
  await expect(sheet(page)).toHaveCount(0);
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#explore=hold,dynamic/);
});

test('an address opens it on a phone without overflow; an unknown kernel is named', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./#review=v3,6.12');
  await expect(answers(page)).toBeVisible(WHOLE);
  await expectNoOverflow(page);
  const body = sheet(page).getByRole('group', { name: 'Answers' });
  expect(
    await body.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
  ).toBeLessThanOrEqual(0);
  await sheet(page)
    .getByText(/^No difference \(\d+\)$/)
    .click();
  await expect(sheet(page).getByText('MSI · client', { exact: true })).toBeVisible();

  await page.goto('./#review=v9,6.12');
  await expect(sheet(page).getByRole('alert')).toContainText('A kernel is unknown.');
});
