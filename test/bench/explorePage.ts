// Measures a search of a million states in the page's worker: the frame times of the page meanwhile, compared with the idle
// page of the same run, and the time until a cancelled search ends.

import { type CDPSession, chromium, type Page } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import { asKnown } from '../e2e/known.ts';
import { comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';
import { PORT, serveBuilt } from './servedPage.ts';
import { percentile } from './statistics.ts';

const STATES = 1_000_000;
const QUICK_STATES = 50_000;
/** Number of cancelled searches. */
const CANCELS = 5;
/** Time for which the idle page is measured, ms. */
const IDLE = 4000;
/** Longest search before the bench aborts, ms. */
const PATIENCE = 400_000;

function address(states: number): string {
  const alphabet = 'vectors=8&fds=2&block=2&ops=unbind,bad,disable,raise';
  return `http://127.0.0.1:${PORT}/some/where/irqscope/#explore=dynamic&${alphabet}&states=${states}&ask=count-states`;
}

const startButton = (page: Page) => page.getByRole('button', { name: 'Start the search' });
const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });

/** Returns the times between frames, ms, until `until` holds in the page. */
async function frames(page: Page, begin: () => Promise<void>, end: () => Promise<void>) {
  await page.evaluate(() => {
    const times: number[] = [];
    let last = performance.now();
    let watched = true;
    const frame = (now: number) => {
      times.push(now - last);
      last = now;
      if (watched) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, {
      endOfFrames: () => {
        watched = false;
        return times.slice(1);
      },
    });
  });
  await begin();
  await end();
  const found: unknown = await page.evaluate('endOfFrames()');
  if (!Array.isArray(found)) throw new Error('the page returned no frame times');
  return found.map(Number);
}

/** Returns the work of the page's main thread so far, ms. The session must have enabled Performance. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1000;
}

/** Returns the times from the click on Cancel to the frame that shows it, and to the end of the worker, ms. */
async function cancel(page: Page): Promise<{ readonly shown: number; readonly ended: number }> {
  const appeared = page.waitForEvent('worker');
  await startButton(page).click();
  const worker = await appeared;
  await answer(page).getByText('states', { exact: true }).waitFor();
  let closed = 0;
  const gone = new Promise<void>((resolve) => {
    worker.on('close', () => {
      closed = performance.now();
      resolve();
    });
  });
  const begin = performance.now();
  const shown = await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const button = [...document.querySelectorAll('button')].find(
          ({ textContent }) => textContent === 'Cancel',
        );
        if (button === undefined) reject(new Error('no Cancel button'));
        const from = performance.now();
        button?.click();
        const look = () => {
          const text = document.querySelector('[aria-label="Answer"]')?.textContent ?? '';
          if (text.includes('Cancelled')) resolve(performance.now() - from);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
  await gone;
  return { shown, ended: closed - begin };
}

/** Returns the figures of a search in the page. */
export async function benchExplorePage(quick: boolean): Promise<readonly Figure[]> {
  const states = quick ? QUICK_STATES : STATES;
  const server = await serveBuilt();
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await asKnown(page);
    // the compiler of the bench wraps named functions in this helper, also functions for the page
    await page.addInitScript('globalThis.__name = (value) => value');
    await page.goto(address(states));
    await startButton(page).waitFor();
    const idle = await frames(
      page,
      async () => undefined,
      () => page.waitForTimeout(IDLE),
    );
    let begin = 0;
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const worked = await workOf(session);
    const searching = await frames(
      page,
      async () => {
        begin = performance.now();
        await startButton(page).click();
      },
      () => answer(page).getByText('Limit reached.').waitFor({ timeout: PATIENCE }),
    );
    const milliseconds = performance.now() - begin;
    const work = (await workOf(session)) - worked;
    const cancels: { shown: number; ended: number }[] = [];
    await page.goto('about:blank');
    await page.goto(address(5 * STATES));
    await startButton(page).waitFor();
    for (let i = 0; i < CANCELS; i++) cancels.push(await cancel(page));
    const name = `${states.toLocaleString('en-US')} states in the page's worker`;
    const still = percentile(idle, 0.95);
    const moving = percentile(searching, 0.95);
    return [
      { name, value: milliseconds, unit: 'ms' },
      { name: 'idle page: frames, 95th percentile', value: still, unit: 'ms' },
      {
        name: 'searching page: frames, 95th percentile',
        value: moving,
        unit: 'ms',
        ...comparedTo('idle', still, moving),
      },
      { name: "its main thread's work per second", value: (work / milliseconds) * 1000, unit: 'ms' },
      {
        name: 'cancel, slowest of 5: until the page shows it',
        value: Math.max(...cancels.map(({ shown }) => shown)),
        unit: 'ms',
      },
      {
        name: 'cancel, slowest of 5: until the worker ends',
        value: Math.max(...cancels.map(({ ended }) => ended)),
        unit: 'ms',
      },
    ];
  } finally {
    await browser.close();
    server.kill();
  }
}
