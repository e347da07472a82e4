// The documentation in the page: a citation opens its section, every section has an address.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, expectNoOverflow, inEveryLook, picture } from './looks.ts';

const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'Documentation' });

test('a citation in the call pane opens its section; closing returns to the lab', async ({ page }) => {
  await page.goto('./');
  // the page writes addresses once the code for it has arrived
  await expect(page).toHaveURL(/#v2=/);
  await page.getByRole('region', { name: 'Script' }).getByText('EBADF').first().click();
  const why = page.getByRole('complementary', { name: 'Why' });
  const citation = why.getByRole('button', { name: /^docs\/driver\.md §/ }).first();
  await citation.click();
  const sheet = sheetOf(page);
  await expect(sheet.getByRole('heading', { name: /^6\.4 / })).toBeFocused();
  await expect(sheet.getByRole('heading', { name: /^6\.4 / })).toBeInViewport();
  await expect(page).toHaveURL(/#docs=driver&section=6\.4$/);

  await sheet.getByRole('link', { name: /^6\.5 / }).click();
  await expect(page).toHaveURL(/#docs=driver&section=6\.5$/);
  await page.goBack();
  await expect(sheet.getByRole('heading', { name: /^6\.4 / })).toBeFocused();
  await page.goBack();
  await expect(sheet).toBeHidden();
  await expect(citation).toBeFocused();
  // the address of the lab is written after a pause, so that it has no fixed text here
  await expect(page).not.toHaveURL(/#docs=/);

  await citation.press('Enter');
  await expect(sheet.getByRole('heading', { name: /^6\.4 / })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(citation).toBeFocused();
  await expect(page).not.toHaveURL(/#docs=/);
});

test('an address opens its section directly, also after a reload, and Back closes it', async ({ page }) => {
  await page.goto('./#docs=facts&section=N8');
  const sheet = sheetOf(page);
  const heading = sheet.getByRole('heading', { name: /^N8\. / });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  const entry = sheet.getByRole('link', { name: /^N8\. / });
  await expect(entry).toHaveAttribute('aria-current', 'location');
  await expect(entry).toBeInViewport();
  await page.reload();
  await expect(heading).toBeFocused();
  await expect(page).toHaveURL(/#docs=facts&section=N8$/);
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('region', { name: 'Script' })).toBeVisible();
  await expect(page).not.toHaveURL(/docs=/);
});

test('fits every look, and axe finds no violation', async ({ page }, info) => {
  await page.goto('./#docs=driver&section=6.4');
  const sheet = sheetOf(page);
  await expect(sheet.getByRole('heading', { name: /^6\.4 / })).toBeFocused();
  await inEveryLook(page, async (look) => {
    await expectNoOverflow(page, look.name);
    await picture(page, info, `docs ${look.name}`);
  });
  await page.emulateMedia({ colorScheme: 'light' });
  // axe takes the links before the first one to another page for skip links; that one is loaded late
  await expect(page.locator('a[href="recorder/index.html"]')).toBeAttached();
  expect(await complaintsOfAxe(page, '.overlay')).toEqual([]);

  // the last look is the narrow one: the contents are behind a button
  await sheet.getByRole('button', { name: 'Contents' }).click();
  await picture(page, info, 'docs contents');
  await sheet.getByRole('link', { name: 'History: how vfio-pci came to keep its irqs' }).click();
  await expect(sheet.getByRole('heading', { name: /^History/ })).toBeFocused();
  await expect(sheet.getByRole('link', { name: 'The question' })).toBeHidden();
});
