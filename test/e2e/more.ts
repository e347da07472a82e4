// The operations behind the disclosure of the composer.
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Opens the disclosure `More operations` if it is closed. */
export async function openMore(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'More operations' });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  await expect(page.getByRole('group', { name: 'More operations' })).toBeVisible();
}
