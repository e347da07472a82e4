// A search of a million states in the page's worker: how far apart the page's frames are meanwhile, beside those of the
// same page idle in the same run, and how long a cancelled search goes on.

import { type CDPSession, chromium, type Page } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import type { Figure } from './figure.ts';
import { PORT, serveBuilt } from './servedPage.ts';
import { percentile } from './statistics.ts';

const STATES = 1_000_000;
const QUICK_STATES = 50_000;
/** How often a search is cancelled. */
const CANCELS = 5;
/** How long the idle page is watched, ms. */
const IDLE = 4000;
/** A search that takes longer is given up (ms). */
const PATIENCE = 400_000;

function address(states: number): string {
  const alphabet = 'vectors=8&fds=2&block=2&ops=unbind,bad,disable,raise';
  return `http://127.0.0.1:${PORT}/some/where/irqscope/#explore=dynamic&${alphabet}&states=${states}&ask=count-states`;
}

const startButton = (page: Page) => page.getByRole('button', { name: 'Start the search' });
const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });

/** Times between frames, ms, until `until` holds in the page. */
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
  if (!Array.isArray(found)) throw new Error('the page told no frames');
  return found.map(Number);
}

/** What the main thread of the page has worked so far, ms; the session is to have enabled Performance. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1000;
}

/** From the click on Cancel to the frame that says so, and to the end of the worker, ms. */
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
        if (button === undefined) reject(new Error('nothing to cancel'));
        const from = performance.now();
        button?.click();
        const look = () => {
          if (document.body.textContent?.includes('Cancelled.')) resolve(performance.now() - from);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
  await gone;
  return { shown, ended: closed - begin };
}

/** The figures of a search in the page. */
export async function benchExplorePage(quick: boolean): Promise<readonly Figure[]> {
  const states = quick ? QUICK_STATES : STATES;
  const server = await serveBuilt();
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    // the compiler that runs the bench wraps named functions in this, also those that go into the page
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
      () => answer(page).getByText('None within these bounds.').waitFor({ timeout: PATIENCE }),
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
      { name: 'the page idle: frames, 95th percentile', value: still, unit: 'ms' },
      {
        name: 'the page while it searches: frames, 95th percentile',
        value: moving,
        unit: 'ms',
        ratio: moving / still,
        against: 'idle',
      },
      { name: "its main thread's work in a second", value: (work / milliseconds) * 1000, unit: 'ms' },
      {
        name: 'cancel, slowest of 5: until the page says so',
        value: Math.max(...cancels.map(({ shown }) => shown)),
        unit: 'ms',
      },
      {
        name: 'cancel, slowest of 5: until the worker has ended',
        value: Math.max(...cancels.map(({ ended }) => ended)),
        unit: 'ms',
      },
    ];
  } finally {
    await browser.close();
    server.kill();
  }
}
