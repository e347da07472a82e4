// The page about the recorder: it opens under a sub-path from the menu and contains the program of the repository; its
// recordings open in the lab, which lists the parts that were not compared.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, inEveryLook, picture } from './looks.ts';

const TOP = join(import.meta.dirname, '../..');

test('opens from the menu, shows the program, and leads back', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('link', { name: 'Record your own device' }).click();
  await expect(page).toHaveURL(/\/some\/where\/irqscope\/recorder\/index\.html$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Record your own device');
  await expect(page.getByText('driver_override').first()).toBeVisible();

  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'irqscope-record.c' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('irqscope-record.c');
  const [got, source] = [await download.path(), join(TOP, 'public/recorder/irqscope-record.c')];
  expect(readFileSync(got, 'utf8')).toBe(readFileSync(source, 'utf8'));

  await page.getByRole('navigation', { name: 'irqscope' }).getByRole('link').click();
  await expect(page).toHaveURL(/\/some\/where\/irqscope\/(#.*)?$/);
  await expect(page.getByRole('button', { name: 'Open…' })).toBeVisible();
});

test('the page is complete in every look', async ({ page }, testInfo) => {
  await page.goto('recorder/index.html');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await inEveryLook(page, async (look) => {
    const { name } = look;
    await expectNoOverflow(page, name);
    expect(await complaintsIn(page, look), name).toEqual([]);
    await picture(page, testInfo, `recorder ${name}`, { fullPage: true });
  });
});

test('the page has no script and no inline style, and its policy allows none', async ({ page }) => {
  await page.goto('recorder/index.html');
  await expect(page.locator('script, style, [style]')).toHaveCount(0);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toMatch(/^default-src 'none'; style-src 'self'; img-src 'self'/);
  // the colours come from the style sheet and not from the browser
  await expect(page.locator('.warning')).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
});

test('opens a recording and excludes unrecorded parts', async ({ page }, testInfo) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open…' }).click();
  await page
    .getByLabel('Recording file')
    .setInputFiles(join(TOP, 'test/recorder/recordings/dynamic-deassign-reassign.jsonl'));
  const panel = page.getByRole('region', { name: 'Recording' });
  await expect(panel).toContainText('0 mismatches in 12 steps; not recorded, so not compared: kernel calls');
  await page.keyboard.press('End');
  await expect(panel.getByRole('table')).toContainText('step 11');
  await expect(panel).not.toContainText('Recorded calls');
  await picture(page, testInfo, 'own');

  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Compare' }).click();
  const lanes = page.getByRole('region', { name: 'Lanes' });
  await lanes.getByRole('button', { name: 'change' }).first().click();
  await page.getByRole('button', { name: /^deassign-reassign/ }).click();
  await page.getByRole('button', { name: 'Remove V3 patch' }).click();
  await page.keyboard.press('End');
  const differences = page.getByRole('region', { name: 'Differences' });
  await expect(differences).toContainText('no difference. A recording without kernel calls');
  await page.getByText('Kernel calls', { exact: true }).click();
  const calls = page.getByRole('table', { name: 'Kernel calls side by side' });
  await expect(calls.getByText('calls not recorded').first()).toBeAttached();
  await expect(calls.getByText('differs')).toHaveCount(0);
  await picture(page, testInfo, 'compared');
});
