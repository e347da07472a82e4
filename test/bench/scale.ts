// Measures long scripts: how the times of the page and of the model grow with the lines, on 2,048 vectors, and with the vectors,
// at 10,000 lines. Times of the page are measured inside it, the heap after two collections.

import type { Browser } from '@playwright/test';
import { printScript } from '../../src/formats/notation/print.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { replay, workOut } from '../../src/session/replay.ts';
import { emptySession } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How, type Unit } from './figure.ts';
import { growthFigure } from './growth.ts';
import { reactions } from './reaction.ts';
import * as page from './scalePage.ts';
import { newPage, PAGE, withBuilt } from './servedPage.ts';
import { median, percentile } from './statistics.ts';

const JUMPS = 30;
const QUICK_JUMPS = 10;
const RUNS_AT_END = 20;
const QUICK_RUNS_AT_END = 5;

/** A script of this size. */
interface Size {
  readonly lines: number;
  readonly vectors: number;
}

/** The size from which one number varies. */
const USUAL: Size = { lines: 10_000, vectors: 2048 };
const LINES = [1000, 10_000, 100_000];
const LONG_LINES = [...LINES, 1_000_000];
const QUICK_LINES = [1000, 10_000];
/** The computation of so many lines lasts longer than a journey over the timeline. */
const LASTING = 100_000;
const VECTORS = [8, 64, 512, 2048];
const QUICK_VECTORS = [8, 2048];

/** What a run measures, in the order of the table. Blocks may be zero: no task took more than 50 ms. */
const MEASURES = [
  { key: 'open', name: 'open to first usable picture', unit: 'ms', grows: true },
  { key: 'whole', name: 'open to everything computed', unit: 'ms', grows: false },
  { key: 'openBlock', name: 'longest block while opening', unit: 'ms', grows: false },
  {
    key: 'moving',
    name: 'timeline step while lines are computed, 95th percentile',
    unit: 'ms',
    grows: false,
  },
  { key: 'moved', name: 'timeline step, 95th percentile', unit: 'ms', grows: true },
  { key: 'scrub', name: 'scrub, 95th percentile', unit: 'ms', grows: true },
  { key: 'scrubMedian', name: 'scrub, median', unit: 'ms', grows: false },
  { key: 'scrubBlock', name: 'longest block while scrubbing', unit: 'ms', grows: false },
  { key: 'heap', name: 'heap with buffers', unit: 'MB', grows: false },
  { key: 'runAtEnd', name: 'run an operation at the end, 95th percentile', unit: 'ms', grows: true },
  { key: 'edit', name: 'delete line 10, to the new wiring', unit: 'ms', grows: false },
  { key: 'cancel', name: 'cancel', unit: 'ms', grows: false },
  { key: 'editBlock', name: 'longest block of edit and cancel', unit: 'ms', grows: false },
  { key: 'replay', name: 'replay in the model alone', unit: 'ms', grows: true },
] as const satisfies readonly { key: string; name: string; unit: Unit; grows: boolean }[];
type Key = (typeof MEASURES)[number]['key'];
type Run = Readonly<Record<Key, number>>;

/** Returns the time of the model for the whole script, computed in pieces like in the page, ms. */
function replayTime(size: Size): number {
  const session = withScript(emptySession('dynamic', 'nvme'), workload({ ...size, seed: 1 }));
  const begin = performance.now();
  workOut(replay(session));
  return performance.now() - begin;
}

/** One run: a new page, the script, and every action. */
async function oneRun(browser: Browser, size: Size, quick: boolean): Promise<Run> {
  const { lines } = size;
  const text = printScript(workload({ ...size, seed: 1 }));
  const opened = await newPage(browser);
  try {
    const cdp = await opened.context().newCDPSession(opened);
    await opened.goto(PAGE);
    await opened.locator('.position').waitFor();
    // the parts that every visit fetches are there before a person can drop a file
    await opened.waitForLoadState('networkidle');
    await page.bringFile(opened, text);
    await page.watchBlocks(opened);
    const begin = performance.now();
    const open = await page.open(opened, lines);
    const openBlock = await page.longestBlock(opened);
    // fewer lines are computed before the journey ends
    const moving = lines < LASTING ? Number.NaN : percentile(await page.journey(opened), 0.95);
    await page.workedOut(opened);
    const whole = performance.now() - begin;
    await page.longestBlock(opened);
    const times = await page.scrub(opened, lines, quick ? QUICK_JUMPS : JUMPS);
    const scrubBlock = await page.longestBlock(opened);
    const heap = await page.heap(cdp);
    await page.goToEnd(opened, lines);
    const raise = { selector: '.composer button', label: 'raise' };
    const runs = await reactions(opened, raise, quick ? QUICK_RUNS_AT_END : RUNS_AT_END);
    const moved = percentile(await page.journey(opened), 0.95);
    await page.longestBlock(opened);
    const edit = await page.editLineTen(opened);
    const cancel = (await page.cancel(opened)) ?? Number.NaN;
    const editBlock = await page.longestBlock(opened);
    return {
      ...{ open, whole, openBlock, moving, moved, scrubBlock, heap, edit, cancel, editBlock },
      scrub: percentile(times, 0.95),
      scrubMedian: median(times),
      runAtEnd: percentile(runs, 0.95),
      replay: replayTime(size),
    };
  } finally {
    await opened.close();
  }
}

const count = (value: number) => value.toLocaleString('en');
const sizeText = ({ lines, vectors }: Size) => `${count(lines)} lines × ${count(vectors)} vectors`;

/** All runs of a size. */
interface Measured {
  readonly size: Size;
  readonly runs: readonly Run[];
}

const samples = ({ runs }: Measured, key: Key) => runs.map((run) => run[key]);

/** Returns the figures of a size, compared with those of the smallest one. */
function figuresOf(measured: Measured, smallest: Measured): readonly Figure[] {
  return MEASURES.flatMap(({ key, name, unit }) => {
    const own = samples(measured, key);
    // a short script is computed before a person can cancel
    if (own.every(Number.isNaN)) return [];
    const [value, least] = [median(own), median(samples(smallest, key))];
    const isCompared = measured !== smallest && least > 0;
    const against = isCompared ? comparedTo(sizeText(smallest.size), least, value) : {};
    return [figureOf(`${sizeText(measured.size)}: ${name}`, unit, own, against)];
  });
}

/** Returns how the times grow with one of the numbers while the other is the usual one. */
function growthOf(all: readonly Measured[], by: keyof Size): readonly Figure[] {
  const fixed = by === 'lines' ? 'vectors' : 'lines';
  const some = all.filter(({ size }) => size[fixed] === USUAL[fixed]).sort((a, b) => a.size[by] - b.size[by]);
  return MEASURES.filter(({ grows }) => grows).map(({ key, name }) =>
    growthFigure(
      `${name}: grows with ${by}`,
      some.map((one) => ({ n: one.size[by], times: samples(one, key) })),
    ),
  );
}

/** Returns the figures of long scripts; the sizes take turns, so that a busy moment affects all of them. */
export async function benchScale({ quick, long, rounds }: How): Promise<readonly Figure[]> {
  const sizes = [
    ...(quick ? QUICK_LINES : long ? LONG_LINES : LINES).map((lines) => ({ ...USUAL, lines })),
    ...(quick ? QUICK_VECTORS : VECTORS)
      .filter((vectors) => vectors !== USUAL.vectors)
      .map((vectors) => ({ ...USUAL, vectors })),
  ];
  const measured = sizes.map((size) => ({ size, runs: [] as Run[] }));
  await withBuilt(async (browser) => {
    for (let round = 0; round < rounds; round++)
      for (const { size, runs } of measured) {
        runs.push(await oneRun(browser, size, quick));
        process.stderr.write(`scale: ${sizeText(size)} measured\n`);
      }
  });
  const [smallest] = measured;
  if (smallest === undefined) return [];
  return [
    ...measured.flatMap((one) => figuresOf(one, smallest)),
    ...growthOf(measured, 'lines'),
    ...growthOf(measured, 'vectors'),
  ];
}
