// The page of the bench builds, and every renderer on it draws. A renderer that draws nothing would seem the fastest.
import { expect, test } from '@playwright/test';
import { RENDERERS } from '../bench/peers/names.ts';
import { servePeers } from '../bench/peersPage.ts';

test('every renderer of the bench draws the same small timeline and follows the steps', {
  tag: '@nightly',
}, async ({ page }) => {
  test.slow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const { url, close } = await servePeers('bench-smoke');
  try {
    for (const name of RENDERERS) {
      await test.step(name, async () => {
        await page.goto(url);
        await page.evaluate((renderer) => window.bench?.prepare(renderer, 1_000, 8), name);
        await page.evaluate(() => window.bench?.first());
        // NaN if it has drawn nothing
        expect(await page.evaluate(() => window.bench?.missing())).toBeGreaterThanOrEqual(0);
        const times = await page.evaluate(() => window.bench?.steps(200));
        expect(times?.length).toBeGreaterThan(0);
      });
    }
  } finally {
    await close();
  }
  expect(complaints).toEqual([]);
});
