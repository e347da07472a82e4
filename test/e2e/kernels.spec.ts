// The choice of the kernel by version: with a mouse, with keys, in every look, and in links.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsIn, drawnAgain, expectNoOverflow, inEveryLook } from './looks.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const panel = (page: Page) => page.getByRole('region', { name: 'Kernel version' });

test('chooses 7.3, follows it in the link, and undoes it', async ({ page }) => {
  await page.goto('./');
  await button(page, 'Kernel version: 6.12').click();
  await panel(page)
    .getByRole('button', { name: /^7\.3 / })
    .click();
  await expect(button(page, 'Kernel version: 7.3')).toBeVisible();
  await expect(panel(page).getByText(/^Same as 6\.12 for MSI-X; since then: /)).toBeVisible();
  await panel(page)
    .getByText(/^Facts of Linux 7\.3\.4/)
    .click();
  await expect(panel(page).getByText('Devices with an ERR index')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await page.reload();
  await expect(button(page, 'Kernel version: 7.3')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(button(page, 'Kernel version: 6.12')).toBeVisible();
});

test('keys open the menu and choose; arrow keys on the closed button change no kernel', async ({ page }) => {
  await page.goto('./');
  const closed = button(page, 'Kernel version: 6.12');
  await closed.focus();
  for (const key of ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
  await expect(closed).toBeVisible();
  await closed.focus();
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('button', { name: /^5\.10 / })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(panel(page).getByRole('button', { name: /^5\.10 / })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(button(page, 'Kernel version: 5.10')).toBeVisible();
});

test('the menu fits every look, has targets of 24 pixels, and axe finds no violation', async ({ page }) => {
  await page.goto('./');
  await inEveryLook(page, async (look) => {
    const { width, height, name } = look;
    await button(page, 'Kernel version: 6.12').click();
    await expect(panel(page).getByRole('button', { name: /^6\.12 / })).toBeVisible();
    for (const one of await panel(page)
      .getByRole('button', { name: /^\d|patch/ })
      .all()) {
      expect((await one.boundingBox())?.height, name).toBeGreaterThanOrEqual(24);
    }
    await expect(async () => {
      const box = await panel(page).boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(width);
      expect((box?.y ?? 0) + (box?.height ?? 0), name).toBeLessThanOrEqual(height);
    }).toPass();
    await expectNoOverflow(page, name);
    expect(await complaintsIn(page, look), name).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
  });
});

test('the header is one line high with changed facts', async ({ page }) => {
  await page.goto('./');
  await button(page, /nvme/).first().click();
  await page.getByText(/^INTx keeps its irq/).click();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Kernel version: 6.12, changed facts')).toBeVisible();
  for (const width of [1180, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    const height = async () => (await page.locator('.topbar').boundingBox())?.height;
    await drawnAgain(page);
    await expect.poll(height, { message: `at ${width}` }).toBeLessThan(52);
    await expectNoOverflow(page, `at ${width}`);
  }
});
