// Measures how fast the page reacts after 10,000 lines on a device with 2,048 attached vectors. Figures are the 95th
// percentile of the clicks or keys of a run, each from the event to the frame that shows its result.

import type { Browser, Page } from '@playwright/test';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { replayWhole } from '../../src/session/replay.ts';
import { emptySession } from '../../src/session/session.ts';
import { ledgerAt } from '../../src/views/sums.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';
import { baselineTimes, comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { opening, reactions, type Target, typing } from './reaction.ts';
import { workedOut } from './scalePage.ts';
import { newPage, PAGE, withBuilt } from './servedPage.ts';
import { median, percentile } from './statistics.ts';

const CLICKS = 40;
const QUICK_CLICKS = 10;
const LINES = 10_000;
const AGAIN = 'all 10,000 lines computed again';
/** Openings of Compare in a run; between them the page shows the lab. */
const COMPARES = 10;
const QUICK_COMPARES = 3;
/** Compare shows the first lines at once. */
const COMPARED_LINE = 100;

/** Returns a script for the largest table: all vectors are attached, then each one is raised, read, detached and attached. */
function largeScript(): string {
  const all = Array.from({ length: 2048 }, (_, vector) => 100 + (vector % 64)).join(' ');
  const lines = [
    ...Array.from({ length: 64 }, (_, fd) => `eventfd ${100 + fd}`),
    `set_irqs msix trigger eventfd 0 [${all}]`,
  ];
  for (let step = 0; lines.length < LINES; step++) {
    const vector = (step * 37) % 2048;
    const fd = 100 + (vector % 64);
    const kinds = [
      `raise ${vector}`,
      `read ${fd}`,
      `set_irqs msix trigger eventfd ${vector} [999]`,
      `set_irqs msix trigger eventfd ${vector} [${fd}]`,
    ];
    lines.push(kinds[step % kinds.length] ?? '');
  }
  return `device nvme2048 dynamic cpu_vectors=4096\n${lines.join('\n')}\n`;
}

/** Returns the time of a click without caching, in ms: all lines, the timeline and the counters computed again. */
function naive(text: string, rounds: number): readonly number[] {
  const { script } = parseScript(text);
  return baselineTimes(AGAIN, LINES, rounds, () => {
    // `replay` would compute nothing of a long script
    const replayed = replayWhole(withScript(emptySession('dynamic', 'nvme'), script));
    const timeline = new TimelineData();
    followReplay(timeline, null, replayed);
    ledgerAt(replayed, LINES);
    return timeline.length;
  });
}

async function openScript(page: Page, text: string): Promise<number> {
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Notation…' }).click();
  await page.getByLabel('Script file').setInputFiles({
    name: 'large.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(text),
  });
  const use = page.getByRole('button', { name: 'Use these 10,000 lines' });
  await use.waitFor();
  const begin = performance.now();
  await use.click();
  await page.getByText('line 10000 / 10000').waitFor();
  const opened = performance.now() - begin;
  // the first clicks would measure the opening
  await workedOut(page);
  await page.waitForLoadState('networkidle');
  return opened;
}

const ACTIONS: readonly (Target & { readonly name: string })[] = [
  { name: 'run an operation at the end', selector: '.composer button', label: 'raise' },
  { name: 'run the ioctl of the form', selector: '.composer button', label: 'Run ioctl' },
  { name: 'select the previous line', selector: '[aria-label="Time"] [aria-label^="Previous"]' },
  { name: 'select another line of the list', selector: '[role="option"]:not([aria-selected="true"])' },
  { name: 'point at a row of the wiring', selector: '[role="table"] [role="row"][data-link]' },
];

/** Types in the fields. Returns the times of the keys by the name of the figure. */
async function typeInFields(page: Page): Promise<readonly (readonly [string, readonly number[]])[]> {
  const form = page.locator('.composer form');
  const inForm = await typing(page, form.getByRole('textbox', { name: 'fds', exact: true }), '100 101 102');
  const line = page.getByRole('combobox', { name: 'Line of notation' });
  const onLine = await typing(page, line, 'set_irqs msix trigger none 5 1');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Command' });
  await palette.waitFor();
  const inPalette = await typing(page, palette, 'workload vectors');
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  return [
    ["a key in the form's field of descriptors", inForm],
    ['a key in the line of notation', onLine],
    ['a key in the palette', inPalette],
  ];
}

const COMPARED: Target = { selector: '.compare-line:not([aria-selected="true"])' };

interface Compared {
  /** Selecting another line while all lanes are compared, ms. */
  readonly steps: readonly number[];
  /** From the click to the picture, ms. */
  readonly pictures: readonly number[];
  /** From the click until every line is compared, ms. */
  readonly whole: number;
}

/** Opens Compare with four lanes, again and again, at a line whose result it shows at once. */
async function compareFourLanes(page: Page, times: number, clicks: number): Promise<Compared> {
  await page.locator('.script-scroll').evaluate((list, line) => {
    list.scrollTop = line * 24 - list.clientHeight / 2;
  }, COMPARED_LINE);
  await page.locator(`.script-row[aria-posinset="${COMPARED_LINE + 1}"]`).click();
  await opening(page, 'Compare', 'main.compare [role="table"]');
  await page.getByRole('button', { name: '+ lane' }).click();
  await page.getByRole('button', { name: /^NORESIZE host/ }).click();
  const shown = 'main.compare[data-lanes="4"] [role="table"] [role="row"]';
  await page.locator(shown).first().waitFor();
  const pictures: number[] = [];
  for (let at = 0; at < times; at++) {
    await opening(page, 'Lab', '.script-row');
    pictures.push(await opening(page, 'Compare', shown));
  }
  await opening(page, 'Lab', '.script-row');
  const whole = await opening(page, 'Compare', 'main.compare[data-lanes="4"]:not(:has(progress))', 300_000);
  const steps = await reactions(page, COMPARED, clicks);
  await opening(page, 'Lab', '.script-row');
  return { pictures, steps, whole };
}

/** One run: a new page, the script, and every action. Returns the values by the name of the figure. */
async function oneRun(browser: Browser, text: string, quick: boolean): Promise<Map<string, number>> {
  const page = await newPage(browser);
  try {
    const values = new Map([[OPENING, await openScript(page, text)]]);
    const add = (name: string, times: readonly number[]) =>
      values.set(`page, 95th percentile: ${name}`, percentile(times, 0.95));
    const clicks = quick ? QUICK_CLICKS : CLICKS;
    for (const { name, ...target } of ACTIONS) add(name, await reactions(page, target, clicks));
    for (const [name, times] of await typeInFields(page)) add(name, times);
    const { pictures, steps, whole } = await compareFourLanes(
      page,
      quick ? QUICK_COMPARES : COMPARES,
      clicks,
    );
    add('open Compare with four lanes', pictures);
    add('select another line in Compare with four lanes', steps);
    return values.set('page: compare all lines in four lanes', whole);
  } finally {
    await page.close();
  }
}

const OPENING = 'page: open a script of 10,000 lines, 2,048 vectors';

/** Returns the figures of the page. */
export async function benchPage({ quick, rounds }: How): Promise<readonly Figure[]> {
  const text = largeScript();
  const slow = naive(text, rounds);
  const runs = await withBuilt(async (browser) => {
    const found: Map<string, number>[] = [];
    for (let round = 0; round < rounds; round++) found.push(await oneRun(browser, text, quick));
    return found;
  });
  const names = [...(runs[0]?.keys() ?? [])];
  return [
    figureOf(`${AGAIN}, with timeline and counters`, 'ms', slow),
    ...names.map((name) => {
      const times = runs.map((values) => values.get(name) ?? Number.NaN);
      return figureOf(name, 'ms', times, comparedTo(AGAIN, median(slow), median(times)));
    }),
  ];
}
