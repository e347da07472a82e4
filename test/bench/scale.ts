// Measures the page with long scripts: 1,000, 10,000 and 100,000 lines on 2,048 vectors. Times are measured inside the page,
// the heap after two collections.

import { type CDPSession, chromium, type Page } from '@playwright/test';
import { printScript } from '../../src/formats/notation/print.ts';
import { workload } from '../../src/session/workload.ts';
import { provideChromium } from '../e2e/chromium.mjs';
import { asKnown } from '../e2e/known.ts';
import { comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';
import { PORT, serveBuilt } from './servedPage.ts';
import { median, percentile } from './statistics.ts';

const JUMPS = 60;
const VECTORS = 2048;
const PAGE = `http://127.0.0.1:${PORT}/some/where/irqscope/`;

/** Starts recording every task of more than 50 ms. */
async function watchBlocks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Reflect.set(window, 'seenBlocks', seen);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ entryTypes: ['longtask'] });
  });
}

/** Returns the longest task since the last call; 0 if all took at most 50 ms. */
async function longestBlock(page: Page): Promise<number> {
  await page.waitForTimeout(50);
  return page.evaluate(() => {
    const seen: unknown = Reflect.get(window, 'seenBlocks');
    if (!Array.isArray(seen)) return Number.NaN;
    return seen.splice(0).reduce((most: number, one: unknown) => Math.max(most, Number(one)), 0);
  });
}

/** Drops the file on the page, and waits for the position in the script and one more frame. */
async function open(page: Page, text: string, lines: number): Promise<number> {
  return page.evaluate(
    async ({ content, count }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'bench.txt', { type: 'text/plain' }));
      const begin = performance.now();
      document.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }),
      );
      const wanted = `line 0 / ${count}`;
      while (document.querySelector('.position')?.textContent !== wanted)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - begin;
    },
    { content: text, count: lines },
  );
}

/** Waits until timeline and wiring are complete. */
async function workedOut(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.working') === null, null, { timeout: 120_000 });
}

/** Jumps to lines all over the script by clicks into the list. Returns the times from each click to the frame after its effect. */
async function scrub(page: Page, lines: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let jump = 0; jump < JUMPS; jump++) {
    const line = 1 + ((jump * 7919 * 13) % lines);
    times.push(
      await page.evaluate(async (to) => {
        const list = document.querySelector('.script-scroll');
        if (list === null) throw new Error('no script');
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        list.scrollTop = to * 24 - list.clientHeight / 2;
        await frame();
        await frame();
        await new Promise((resolve) => setTimeout(resolve, 30));
        const row = document.querySelector(`.script-row[aria-posinset="${to + 1}"]`);
        if (!(row instanceof HTMLElement)) throw new Error(`no row ${to}`);
        const begin = performance.now();
        row.click();
        await new Promise<void>((resolve) =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve();
            port2.postMessage(null);
          }),
        );
        return performance.now() - begin;
      }, line),
    );
  }
  return times;
}

async function heap(cdp: CDPSession): Promise<number> {
  for (let round = 0; round < 2; round++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
  return (usedSize + (backingStorageSize ?? 0)) / 2 ** 20;
}

/** Deletes line 10 while it is selected. Returns the time to the frame whose heading names the line before. */
async function editLineTen(page: Page): Promise<number> {
  await page.evaluate(() => document.querySelector('.script-scroll')?.scrollTo({ top: 0 }));
  await page.locator('.script-row[aria-posinset="11"]').click();
  return page.evaluate(async () => {
    const list = document.querySelector('.script-list');
    if (!(list instanceof HTMLElement)) throw new Error('no list');
    list.focus();
    const begin = performance.now();
    list.dispatchEvent(
      new KeyboardEvent('keydown', { code: 'Delete', key: 'Delete', bubbles: true, cancelable: true }),
    );
    const heading = () => document.querySelector('#wiring-heading')?.textContent ?? '';
    while (!/^Wiring after line 9( \(left out\))?$/.test(heading())) {
      if (performance.now() > begin + 5000) throw new Error(`not shown: ${heading()}`);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - begin;
  });
}

/** Cancels the computation. Returns the time to the frame that offers to continue, or null if it was complete before. */
async function cancel(page: Page): Promise<number | null> {
  return page.evaluate(async () => {
    const end = performance.now() + 2000;
    const button = () => document.querySelector('.working button');
    while (button()?.textContent !== 'Cancel') {
      if (performance.now() > end) return null;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const found = button();
    const begin = performance.now();
    if (found instanceof HTMLElement) found.click();
    while (button()?.textContent === 'Cancel') await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - begin;
  });
}

/** Returns the figures of long scripts. */
export async function benchScale(): Promise<readonly Figure[]> {
  const server = await serveBuilt();
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const figures: Figure[] = [];
  const first = new Map<string, { readonly lines: number; readonly value: number }>();
  const add = (what: string, lines: number, value: number, unit: Figure['unit']) => {
    const name = `${lines.toLocaleString('en')} lines: ${what}`;
    const small = first.get(what);
    if (small === undefined) first.set(what, { lines, value });
    // 0 is a result of blocks only: no task took more than 50 ms
    const isComparable = small !== undefined && !(small.value === 0 && what.startsWith('longest block'));
    const ratio = isComparable
      ? comparedTo(`${small.lines.toLocaleString('en')} lines`, small.value, value)
      : {};
    figures.push({ name, value, unit, ...ratio });
    if (process.env['IRQSCOPE_BENCH_ALOUD'] !== undefined)
      process.stdout.write(`${name}: ${value.toFixed(1)}\n`);
  };
  try {
    for (const lines of [1000, 10_000, 100_000]) {
      const text = printScript(workload({ lines, vectors: VECTORS, seed: 1 }));
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await asKnown(page);
      const cdp = await page.context().newCDPSession(page);
      // the compiler of the bench wraps named functions in this helper
      await page.addInitScript('globalThis.__name = (made) => made');
      await page.goto(PAGE);
      await page.locator('.position').waitFor();
      await watchBlocks(page);
      const begin = performance.now();
      add('open to first usable picture', lines, await open(page, text, lines), 'ms');
      await page.waitForTimeout(400);
      await workedOut(page);
      add('open to everything computed', lines, performance.now() - begin, 'ms');
      add('longest block while opening', lines, await longestBlock(page), 'ms');
      const times = await scrub(page, lines);
      add('scrub, 95th percentile of 60', lines, percentile(times, 0.95), 'ms');
      add('scrub, median', lines, median(times), 'ms');
      add('longest block while scrubbing', lines, await longestBlock(page), 'ms');
      add('heap with buffers', lines, await heap(cdp), 'MB');
      add('delete line 10, to the new wiring', lines, await editLineTen(page), 'ms');
      const ended = await cancel(page);
      if (ended !== null) add('cancel', lines, ended, 'ms');
      add('longest block of edit and cancel', lines, await longestBlock(page), 'ms');
      await page.close();
    }
  } finally {
    await browser.close();
    server.kill();
  }
  return figures;
}
