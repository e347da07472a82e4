// The timeline against its peers: the same events on the same page, each renderer and size in a browser of its own. First
// frame is the time from the call that gives the renderer its data to the frame after the one that shows it; then 60 steps
// of zooming and panning, a step a frame.

import { chromium, type Page } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import type { Part } from './figure.ts';
import type { RendererName } from './peers/main.ts';
import { servePeers } from './peersPage.ts';
import { median, percentile } from './statistics.ts';
import { type Cell, figuresOf, OURS, tableText } from './timelineTable.ts';

const RENDERERS: readonly RendererName[] = [
  OURS,
  'irqscope, by wheel',
  'd3 SVG',
  'd3 SVG in view',
  'vis-timeline',
  'ECharts',
  'flame-chart-js',
];
const EVENTS = [1_000, 10_000, 100_000, 1_000_000];
const LANES = [8, 64, 2_048];
/** A first frame that takes longer, or would by how it grew, is given up (ms). */
const PATIENCE = 20_000;
/** Steps are broken off after that (ms). */
const STEPS_PATIENCE = 10_000;
/** A first frame below this is measured so many times (ms). */
const SHORT = 1_000;
const ROUNDS = 3;

interface Size {
  readonly events: number;
  readonly lanes: number;
}

interface Measured {
  readonly first: number;
  readonly times: readonly number[];
  readonly heap: number;
}

/** What V8 and the page hold after a collection, MB. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return (usedSize + embedderHeapUsedSize + backingStorageSize) / 2 ** 20;
}

/** The promise, or an error after so many ms. */
async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} takes more than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function measure(url: string, renderer: RendererName, { events, lanes }: Size): Promise<Measured> {
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    const ask = { renderer, events, lanes };
    const prepared = page.evaluate(
      (asked) => window.bench?.prepare(asked.renderer, asked.events, asked.lanes),
      ask,
    );
    await within(3 * PATIENCE, 'making the data', prepared);
    const before = await heapOf(page);
    const first = await within(
      PATIENCE,
      'the first frame',
      page.evaluate(() => window.bench?.first()),
    );
    if (first === undefined) throw new Error('the page of the bench has no bench');
    if (first.drawn === 0) throw new Error(`${renderer} has drawn nothing by its first frame`);
    const heap = (await heapOf(page)) - before;
    const steps = page.evaluate((limit) => window.bench?.steps(limit), STEPS_PATIENCE);
    const times = await within(STEPS_PATIENCE + 2 * PATIENCE, 'a step', steps).catch(() => []);
    return { first: first.took, times: times ?? [], heap };
  } finally {
    await browser.close();
  }
}

/** The median of several rounds where one takes little. */
async function cellOf(url: string, renderer: RendererName, size: Size): Promise<Cell> {
  const rounds = [await measure(url, renderer, size)];
  if ((rounds[0]?.first ?? 0) < SHORT)
    while (rounds.length < ROUNDS) rounds.push(await measure(url, renderer, size));
  return {
    renderer,
    ...size,
    first: median(rounds.map(({ first }) => first)),
    p95: median(rounds.map(({ times }) => percentile(times, 0.95))),
    heap: median(rounds.map(({ heap }) => heap)),
  };
}

const givenUp = (renderer: string, size: Size, note: string): Cell => ({
  renderer,
  ...size,
  first: Number.NaN,
  p95: Number.NaN,
  heap: Number.NaN,
  note,
});

/** Null where it is worth trying, else why not: `smaller` is the same renderer with fewer events. */
function hopeless(smaller: Cell | undefined, { events }: Size): string | null {
  if (smaller === undefined) return null;
  if (Number.isNaN(smaller.first)) return smaller.note ?? 'given up';
  // What grows at all grows at least half as fast as the number of events.
  const expected = (smaller.first * events) / smaller.events / 2;
  return expected < PATIENCE
    ? null
    : `given up: ${smaller.events} events take ${Math.round(smaller.first)} ms`;
}

async function cellOrNote(url: string, renderer: RendererName, size: Size): Promise<Cell> {
  try {
    return await cellOf(url, renderer, size);
  } catch (error) {
    if (renderer === OURS) throw error;
    return givenUp(renderer, size, error instanceof Error ? error.message : String(error));
  }
}

async function measureAll(quick: boolean): Promise<readonly Cell[]> {
  const { url, close } = await servePeers();
  const cells: Cell[] = [];
  try {
    for (const lanes of quick ? LANES.slice(0, 2) : LANES) {
      const smaller = new Map<RendererName, Cell>();
      for (const events of quick ? EVENTS.slice(0, 2) : EVENTS) {
        const size = { events, lanes };
        for (const renderer of RENDERERS) {
          const reason = hopeless(smaller.get(renderer), size);
          const cell =
            reason === null ? await cellOrNote(url, renderer, size) : givenUp(renderer, size, reason);
          smaller.set(renderer, cell);
          cells.push(cell);
        }
        process.stderr.write(`timeline: ${events} events in ${lanes} lanes measured\n`);
      }
    }
  } finally {
    await close();
  }
  return cells;
}

/** The part of the bench. */
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
