// Repeatedly opening and closing a long session does not grow the heap.
import type { CDPSession, Page } from '@playwright/test';
import { printScript } from '../../src/formats/notation/print.ts';
import { workload } from '../../src/session/workload.ts';
import { expect, test } from './fixtures.ts';

/** The long way takes minutes: `IRQSCOPE_LEAK_ROUNDS=200`. */
const ROUNDS = Number(process.env['IRQSCOPE_LEAK_ROUNDS'] ?? 6);
/** Rounds until code, caches and the bounded undo history are complete. */
const WARM = 13;
const MEGABYTE = 2 ** 20;

test.setTimeout(240_000 + ROUNDS * 60_000);

async function heap(cdp: CDPSession): Promise<number> {
  for (let round = 0; round < 3; round++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
  return (usedSize + (backingStorageSize ?? 0)) / MEGABYTE;
}

/** Opens the file, waits until it is computed, and starts a new script. */
async function openAndClose(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'leak.txt', { type: 'text/plain' }));
    document.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }),
    );
  }, text);
  await expect(page.locator('.position')).toHaveText('line 0 / 10000');
  await page.locator('.script-list').focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Wiring after line 10000', exact: true })).toBeVisible({
    timeout: 180_000,
  });
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.locator('.position')).toHaveText('line 0 / 0');
}

test('closing a long session frees its heap', { tag: '@nightly' }, async ({ page }) => {
  const text = printScript(workload({ lines: 10_000, vectors: 2048, seed: 9 }));
  const cdp = await page.context().newCDPSession(page);
  await page.goto('./');
  for (let round = 0; round < WARM; round++) await openAndClose(page, text);
  const before = await heap(cdp);
  for (let round = 0; round < ROUNDS; round++) await openAndClose(page, text);
  const after = await heap(cdp);
  expect(after, `${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after`).toBeLessThan(before * 1.1);
});
