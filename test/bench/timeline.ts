// Compares the timeline with its peers: the same events on the same page, each renderer and size in its own process. The first
// frame is the time from passing the data to the frame after the one that shows all of it. Then follow 60 steps of zooming
// and panning, one per frame. Each time comes with the work of the main thread, which a busy machine changes less.

import type { Browser, CDPSession, Page } from '@playwright/test';
import { figureText, type How, type Part } from './figure.ts';
import { OURS, OURS_BY_WHEEL, RENDERERS, type RendererName } from './peers/names.ts';
import { servePeers } from './peersPage.ts';
import { launch } from './servedPage.ts';
import { median, percentile } from './statistics.ts';
import { type Cell, figuresOf, growthOf, NO_SAMPLES, tableText } from './timelineTable.ts';

const EVENTS = [1_000, 10_000, 100_000];
const LONG_EVENTS = [...EVENTS, 1_000_000];
const QUICK_EVENTS = [1_000, 10_000];
const LANES = [8, 64, 2_048];
const QUICK_LANES = [8, 64];
/** Numbers of lanes at which only irqscope is measured, for its growth. */
const OWN_LANES = [512];
/** Longest first frame, measured or extrapolated, before the bench skips a renderer, ms. */
const PATIENCE = 10_000;
/** Longest time for the steps, ms. */
const STEPS_PATIENCE = 5_000;

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
    this.#browser ??= await launch();
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

const givenUp = (renderer: RendererName, size: Size, note: string): Cell => ({
  renderer,
  ...size,
  samples: NO_SAMPLES,
  note,
});

/** Returns null if the renderer should be tried, else the reason against it; `smaller` is its cell with fewer events. */
function hopeless(smaller: Cell | undefined, { events }: Size): string | null {
  if (smaller === undefined) return null;
  const first = median(smaller.samples.first);
  if (Number.isNaN(first)) return smaller.note ?? 'aborted';
  // a growing time grows at least half as fast as the number of events
  const expected = (first * events) / smaller.events / 2;
  return expected < PATIENCE ? null : `skipped: ${smaller.events} events take ${Math.round(first)} ms`;
}

/** Adds a run to a cell, or gives the renderer up. */
async function measuredAgain(place: Place, cell: Cell, renderer: RendererName): Promise<Cell> {
  if (cell.note !== undefined) return cell;
  try {
    const { first, times, heap, firstCpu, stepCpu } = await measure(place, renderer, cell);
    const { samples } = cell;
    return {
      ...cell,
      samples: {
        first: [...samples.first, first],
        p95: [...samples.p95, percentile(times, 0.95)],
        firstCpu: [...samples.firstCpu, firstCpu],
        stepCpu: [...samples.stepCpu, stepCpu],
        heap: [...samples.heap, heap],
      },
    };
  } catch (error) {
    // a peer may run out of memory or stack; irqscope must not
    if (renderer === OURS || renderer === OURS_BY_WHEEL) throw error;
    return givenUp(renderer, cell, error instanceof Error ? error.message : String(error));
  }
}

/** Returns the cells of one size; the renderers take turns, so that a busy moment affects all of them. */
async function cellsOf(
  place: Place,
  renderers: readonly RendererName[],
  size: Size,
  smaller: ReadonlyMap<string, Cell>,
  rounds: number,
): Promise<readonly Cell[]> {
  let cells = renderers.map((renderer): Cell => {
    const reason = hopeless(smaller.get(renderer), size);
    return reason === null ? { renderer, ...size, samples: NO_SAMPLES } : givenUp(renderer, size, reason);
  });
  for (let round = 0; round < rounds; round++) {
    const next: Cell[] = [];
    for (const cell of cells) next.push(await measuredAgain(place, cell, cell.renderer));
    cells = next;
  }
  process.stderr.write(`timeline: ${size.events} events in ${size.lanes} lanes measured\n`);
  return cells;
}

async function measureAll({ quick, long, rounds }: How): Promise<readonly Cell[]> {
  const { url, close } = await servePeers('bench-timeline');
  const place = { browsers: new Browsers(), url };
  const allEvents = quick ? QUICK_EVENTS : long ? LONG_EVENTS : EVENTS;
  const cells: Cell[] = [];
  try {
    for (const lanes of quick ? QUICK_LANES : LANES) {
      let smaller: ReadonlyMap<string, Cell> = new Map();
      for (const events of allEvents) {
        const found = await cellsOf(place, RENDERERS, { events, lanes }, smaller, rounds);
        smaller = new Map(found.map((cell) => [cell.renderer, cell]));
        cells.push(...found);
      }
    }
    const most = allEvents.at(-1) ?? 0;
    for (const lanes of quick ? [] : OWN_LANES)
      cells.push(...(await cellsOf(place, [OURS], { events: most, lanes }, new Map(), rounds)));
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
    page: false,
    async run(how) {
      cells = await measureAll(how);
      return [...figuresOf(cells), ...growthOf(cells)];
    },
    text: () => [tableText(cells), growthOf(cells).map(figureText).join('\n')].join('\n\n'),
  };
}
