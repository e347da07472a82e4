// Compares the timeline with its peers: the same events on the same page, each renderer and size in its own process. The first
// frame is the time from passing the data to the frame after the one that shows all of it. Then follow 60 steps of zooming
// and panning, one per frame. Each time comes with the work of the main thread, which a busy machine changes less.

import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import type { Part } from './figure.ts';
import { OURS, OURS_BY_WHEEL, RENDERERS, type RendererName } from './peers/names.ts';
import { servePeers } from './peersPage.ts';
import { median, percentile } from './statistics.ts';
import { type Cell, figuresOf, tableText } from './timelineTable.ts';

const EVENTS = [1_000, 10_000, 100_000, 1_000_000];
const LANES = [8, 64, 2_048];
/** Longest first frame, measured or extrapolated, before the bench skips a renderer, ms. */
const PATIENCE = 20_000;
/** Longest time for the steps, ms. */
const STEPS_PATIENCE = 10_000;
/** Limit for measuring a first frame several times, ms. */
const SHORT = 200;
const ROUNDS = 3;

interface Size {
  readonly events: number;
  readonly lanes: number;
}

interface Measured {
  readonly first: number;
  readonly times: readonly number[];
  readonly heap: number;
  /** Processor time of the page's main thread, ms; it depends little on the load of the machine. */
  readonly firstCpu: number;
  readonly stepCpu: number;
}

/** Returns the memory of V8 and the page after a collection, MB. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return (usedSize + embedderHeapUsedSize + backingStorageSize) / 2 ** 20;
}

/** Returns the work of the page's main thread so far, ms. */
async function threadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1000;
}

class TooSlow extends Error {}

/** Returns the promise's value, or throws TooSlow after `ms`. */
async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(`${what} takes more than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A browser that restarts after a page that does not react. */
class Browsers {
  #browser: Browser | null = null;

  /** Runs a function with a page in its own process. */
  async withPage<T>(act: (page: Page) => Promise<T>): Promise<T> {
    this.#browser ??= await chromium.launch({
      executablePath: provideChromium(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 } });
    try {
      const result = await act(await context.newPage());
      // a page that is still drawing may block its closing
      await within(PATIENCE, 'closing', context.close()).catch(() => this.close());
      return result;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#browser = null;
  }
}

interface Place {
  readonly browsers: Browsers;
  readonly url: string;
}

function measure(
  { browsers, url }: Place,
  renderer: RendererName,
  { events, lanes }: Size,
): Promise<Measured> {
  return browsers.withPage(async (page) => {
    await page.goto(url);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const ask = { renderer, events, lanes };
    const prepared = page.evaluate(
      (asked) => window.bench?.prepare(asked.renderer, asked.events, asked.lanes),
      ask,
    );
    await within(3 * PATIENCE, 'creating the data', prepared);
    const before = await heapOf(page);
    const begun = await threadTime(session);
    const first = await within(
      PATIENCE,
      'the first frame',
      page.evaluate(() => window.bench?.first()),
    );
    const firstCpu = (await threadTime(session)) - begun;
    const missing = await within(
      PATIENCE,
      'the first frame',
      page.evaluate(() => window.bench?.missing()),
    );
    if (first === undefined || missing === undefined) throw new Error('the page has no bench object');
    if (Number.isNaN(missing)) throw new Error(`${renderer} drew no event`);
    const heap = (await heapOf(page)) - before;
    const stepsBegun = await threadTime(session);
    const steps = page.evaluate((limit) => window.bench?.steps(limit), STEPS_PATIENCE);
    const times = await within(STEPS_PATIENCE + PATIENCE, 'a step', steps).catch((error: unknown) => {
      if (error instanceof TooSlow) return [];
      throw error;
    });
    const count = times?.length ?? 0;
    const stepCpu = count === 0 ? Number.NaN : ((await threadTime(session)) - stepsBegun) / count;
    return { first: first + missing, times: times ?? [], heap, firstCpu, stepCpu };
  });
}

/** Returns the median of several rounds if one round is short. */
async function cellOf(place: Place, renderer: RendererName, size: Size): Promise<Cell> {
  const rounds = [await measure(place, renderer, size)];
  if ((rounds[0]?.first ?? 0) < SHORT)
    while (rounds.length < ROUNDS) rounds.push(await measure(place, renderer, size));
  return {
    renderer,
    ...size,
    first: median(rounds.map(({ first }) => first)),
    p95: median(rounds.map(({ times }) => percentile(times, 0.95))),
    heap: median(rounds.map(({ heap }) => heap)),
    firstCpu: median(rounds.map(({ firstCpu }) => firstCpu)),
    stepCpu: median(rounds.map(({ stepCpu }) => stepCpu)),
  };
}

const givenUp = (renderer: string, size: Size, note: string): Cell => ({
  renderer,
  ...size,
  first: Number.NaN,
  p95: Number.NaN,
  heap: Number.NaN,
  firstCpu: Number.NaN,
  stepCpu: Number.NaN,
  note,
});

/** Returns null if the renderer should be tried, else the reason against it; `smaller` is its run with fewer events. */
function hopeless(smaller: Cell | undefined, { events }: Size): string | null {
  if (smaller === undefined) return null;
  if (Number.isNaN(smaller.first)) return smaller.note ?? 'aborted';
  // a growing time grows at least half as fast as the number of events
  const expected = (smaller.first * events) / smaller.events / 2;
  return expected < PATIENCE
    ? null
    : `skipped: ${smaller.events} events take ${Math.round(smaller.first)} ms`;
}

async function cellOrNote(place: Place, renderer: RendererName, size: Size): Promise<Cell> {
  try {
    return await cellOf(place, renderer, size);
  } catch (error) {
    // a peer may run out of memory or stack; irqscope must not
    if (renderer === OURS || renderer === OURS_BY_WHEEL) throw error;
    return givenUp(renderer, size, error instanceof Error ? error.message : String(error));
  }
}

async function measureAll(quick: boolean): Promise<readonly Cell[]> {
  const { url, close } = await servePeers('bench-timeline');
  const place = { browsers: new Browsers(), url };
  const cells: Cell[] = [];
  try {
    for (const lanes of quick ? LANES.slice(0, 2) : LANES) {
      const smaller = new Map<RendererName, Cell>();
      for (const events of quick ? EVENTS.slice(0, 2) : EVENTS) {
        const size = { events, lanes };
        for (const renderer of RENDERERS) {
          const reason = hopeless(smaller.get(renderer), size);
          const cell =
            reason === null ? await cellOrNote(place, renderer, size) : givenUp(renderer, size, reason);
          smaller.set(renderer, cell);
          cells.push(cell);
        }
        process.stderr.write(`timeline: ${events} events in ${lanes} lanes measured\n`);
      }
    }
  } finally {
    await place.browsers.close();
    await close();
  }
  return cells;
}

/** The timeline part of the bench. */
export function timelinePart(): Part {
  let cells: readonly Cell[] = [];
  return {
    name: 'timeline',
    async run(quick) {
      cells = await measureAll(quick);
      return figuresOf(cells);
    },
    text: () => tableText(cells),
  };
}
