// A long script in the page: opening, scrubbing, editing and cancelling. Times are measured inside the page.

import type { CDPSession, Page } from '@playwright/test';
import { centreOf, STEPS, stepOf } from './peers/ranges.ts';

/** Starts recording every task of more than 50 ms. */
export async function watchBlocks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Reflect.set(window, 'seenBlocks', seen);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ entryTypes: ['longtask'] });
  });
}

/** Returns the longest task since the last call; 0 if all took at most 50 ms. */
export async function longestBlock(page: Page): Promise<number> {
  await page.waitForTimeout(50);
  return page.evaluate(() => {
    const seen: unknown = Reflect.get(window, 'seenBlocks');
    if (!Array.isArray(seen)) return Number.NaN;
    return seen.splice(0).reduce((most: number, one: unknown) => Math.max(most, Number(one)), 0);
  });
}

/** Milliseconds for which a person drags a file over the page before dropping it, at least. */
const DRAG = 300;

/**
 * Gives the page the file that `open` drops, and drags it over the page. Reading megabytes of a message takes a task of its own,
 * which is not the page's.
 */
export async function bringFile(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const file = new File([content], 'bench.txt', { type: 'text/plain' });
    Reflect.set(window, 'broughtFile', file);
    const transfer = new DataTransfer();
    transfer.items.add(file);
    document.dispatchEvent(
      new DragEvent('dragover', { dataTransfer: transfer, cancelable: true, bubbles: true }),
    );
  }, text);
  await page.waitForTimeout(DRAG);
}

/** Drops the brought file on the page. Returns the time to the position in the script and one more frame. */
export async function open(page: Page, lines: number): Promise<number> {
  return page.evaluate(async (count) => {
    const transfer = new DataTransfer();
    const file: unknown = Reflect.get(window, 'broughtFile');
    if (file instanceof File) transfer.items.add(file);
    const begin = performance.now();
    document.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }),
    );
    const wanted = `line 0 / ${count}`;
    while (document.querySelector('.position')?.textContent !== wanted)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - begin;
  }, lines);
}

/**
 * Zooms and pans the timeline by wheel, a step in each frame (peers/ranges.ts), and shows the whole script again. Returns the times of
 * the frames.
 */
export async function journey(page: Page): Promise<readonly number[]> {
  const steps = Array.from({ length: STEPS }, (_, at) => ({ ...stepOf(at), centre: centreOf(at) }));
  const times = await page.evaluate(async (steps) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const stage = document.querySelector('.timeline-stage');
    if (stage === null) throw new Error('no timeline');
    const times: number[] = [];
    let last = await frame();
    for (const { zoom, pan, centre } of steps) {
      const { left, top, width, height } = stage.getBoundingClientRect();
      const [clientX, clientY] = [left + width * centre, top + height / 2];
      const turn = { ctrlKey: pan === 0, deltaX: pan * width, deltaY: Math.log2(zoom) * 100 };
      const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX, clientY, ...turn });
      document.elementFromPoint(clientX, clientY)?.dispatchEvent(event);
      if (!event.defaultPrevented) throw new Error('the timeline did not take a wheel event');
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times;
  }, steps);
  // the last steps may show it already
  const fit = page.getByRole('button', { name: 'Fit', exact: true });
  if (await fit.isEnabled()) await fit.click();
  return times;
}

/** Milliseconds after which the bar of longer work is visible for certain (PATIENCE in store/working.ts). */
const BAR = 400;

/** Waits until timeline and wiring are complete; that takes minutes for a million lines. */
export async function workedOut(page: Page): Promise<void> {
  await page.waitForTimeout(BAR);
  await page.waitForFunction(() => document.querySelector('.working') === null, null, { timeout: 1_200_000 });
}

/** Jumps to lines all over the script by clicks into the list. Returns the times from each click to the frame after its effect. */
export async function scrub(page: Page, lines: number, jumps: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let jump = 0; jump < jumps; jump++) {
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
        await window.afterFrame();
        return performance.now() - begin;
      }, line),
    );
  }
  return times;
}

/** Returns the memory after two collections, with buffers, MB. */
export async function heap(cdp: CDPSession): Promise<number> {
  for (let round = 0; round < 2; round++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
  return (usedSize + (backingStorageSize ?? 0)) / 2 ** 20;
}

/** Goes to the last line. */
export async function goToEnd(page: Page, lines: number): Promise<void> {
  await page.locator('.script-list').focus();
  await page.keyboard.press('End');
  await page.locator('#wiring-heading').getByText(`Wiring after line ${lines}`, { exact: true }).waitFor();
}

/** Deletes line 10 while it is selected. Returns the time to the frame whose heading names the line before. */
export async function editLineTen(page: Page): Promise<number> {
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
export async function cancel(page: Page): Promise<number | null> {
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
