// Measures a search of a million states in the page's worker: the frame times of the page meanwhile, compared with the idle
// page of the same run, and the time until a cancelled search ends.

import type { Browser, CDPSession, Page } from '@playwright/test';
import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { newPage, PAGE, withBuilt } from './servedPage.ts';
import { median, percentile } from './statistics.ts';

const STATES = 1_000_000;
const QUICK_STATES = 50_000;
/** Cancelled searches in a run. */
const CANCELS = 5;
const QUICK_CANCELS = 2;
/** Time for which the idle page is measured, ms. */
const IDLE = 2000;
/** Longest search before the bench aborts, ms. */
const PATIENCE = 400_000;

function address(states: number): string {
  const alphabet = 'vectors=8&fds=2&block=2&ops=unbind,bad,disable,raise';
  return `${PAGE}#explore=dynamic&${alphabet}&states=${states}&ask=count-states`;
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

/** The values of a run, ms. */
interface Run {
  /** The whole search. */
  readonly whole: number;
  /** The 95th percentile of the times between frames. */
  readonly idle: number;
  readonly searching: number;
  /** Work of the main thread per second of the search. */
  readonly work: number;
  /** The slowest cancelled search. */
  readonly shown: number;
  readonly ended: number;
}

/** One run: a new page, idle, searching, and cancelling. */
async function oneRun(browser: Browser, states: number, times: number): Promise<Run> {
  const page = await newPage(browser);
  try {
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
    const whole = performance.now() - begin;
    const work = (await workOf(session)) - worked;
    await page.goto('about:blank');
    await page.goto(address(5 * STATES));
    await startButton(page).waitFor();
    const cancels: { shown: number; ended: number }[] = [];
    for (let at = 0; at < times; at++) cancels.push(await cancel(page));
    return {
      whole,
      idle: percentile(idle, 0.95),
      searching: percentile(searching, 0.95),
      work: (work / whole) * 1000,
      shown: Math.max(...cancels.map(({ shown }) => shown)),
      ended: Math.max(...cancels.map(({ ended }) => ended)),
    };
  } finally {
    await page.close();
  }
}

/** Returns the figures of a search in the page. */
export async function benchExplorePage({ quick, rounds }: How): Promise<readonly Figure[]> {
  const states = quick ? QUICK_STATES : STATES;
  const cancels = quick ? QUICK_CANCELS : CANCELS;
  const runs = await withBuilt(async (browser) => {
    const found: Run[] = [];
    for (let round = 0; round < rounds; round++) found.push(await oneRun(browser, states, cancels));
    return found;
  });
  const all = (key: keyof Run) => runs.map((run) => run[key]);
  const still = median(all('idle'));
  return [
    figureOf(`${states.toLocaleString('en-US')} states in the page's worker`, 'ms', all('whole')),
    figureOf('idle page: frames, 95th percentile', 'ms', all('idle')),
    figureOf(
      'searching page: frames, 95th percentile',
      'ms',
      all('searching'),
      comparedTo('idle', still, median(all('searching'))),
    ),
    figureOf("its main thread's work per second", 'ms', all('work')),
    figureOf(`cancel, slowest of ${cancels}: until the page shows it`, 'ms', all('shown')),
    figureOf(`cancel, slowest of ${cancels}: until the worker ends`, 'ms', all('ended')),
  ];
}
