// How fast the page answers: a device with 2,048 vectors, all attached, and 10,000 lines behind. Figures are the 95th
// percentile of many clicks, each from the event to the frame that shows its result.

import { chromium, type Page } from '@playwright/test';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { replay } from '../../src/session/replay.ts';
import { emptySession } from '../../src/session/session.ts';
import { ledgerAt } from '../../src/views/sums.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';
import { provideChromium } from '../e2e/chromium.mjs';
import type { Figure } from './figure.ts';
import { PORT, serveBuilt } from './servedPage.ts';
import { percentile } from './statistics.ts';

const CLICKS = 60;
const LINES = 10_000;

/** A device with the largest table, every vector attached, then raised, read, detached and attached in turn. */
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

/** The same without anything remembered: the whole script, its timeline and its ledger again, as a click would need. */
function naive(text: string): number {
  const { script } = parseScript(text);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const session = withScript(emptySession('dynamic', 'nvme'), script);
    const begin = performance.now();
    const replayed = replay(session);
    followReplay(new TimelineData(), null, replayed);
    ledgerAt(replayed, LINES);
    times.push(performance.now() - begin);
  }
  return percentile(times, 0.5);
}

/** Times of `CLICKS` doings, from each to the frame after the one that shows it began. */
function measure(page: Page, doing: string): Promise<readonly number[]> {
  return page.evaluate(
    async ({ source, clicks }) => {
      const targets = [...document.querySelectorAll<HTMLElement>(source)].filter(
        (element) => !element.matches(':disabled'),
      );
      const times: number[] = [];
      for (let at = 0; at < clicks; at++) {
        const target = targets[at % targets.length];
        if (target === undefined) throw new Error(`nothing to click: ${source}`);
        await new Promise((resolve) => setTimeout(resolve, 30));
        const begin = performance.now();
        if (target.matches('[role="row"]'))
          target.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        else target.click();
        // a frame's callback runs before it is painted, and the message after
        await new Promise<void>((resolve) =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve();
            port2.postMessage(null);
          }),
        );
        times.push(performance.now() - begin);
      }
      return times;
    },
    { source: doing, clicks: CLICKS },
  );
}

async function openScript(page: Page, text: string): Promise<number> {
  await page.goto(`http://127.0.0.1:${PORT}/some/where/irqscope/`);
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
  return performance.now() - begin;
}

/** The figures of the page. */
export async function benchPage(): Promise<readonly Figure[]> {
  const text = largeScript();
  const slow = naive(text);
  const server = await serveBuilt();
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const opening = await openScript(page, text);
    const figure = (name: string, times: readonly number[]): Figure => {
      const value = percentile(times, 0.95);
      return { name, value, unit: 'ms', ratio: value / slow, against: 'all 10,000 lines run again' };
    };
    const doings = [
      ['run an operation at the end', '.raise button[type="submit"]'],
      ['run the ioctl of the form', '.composer button[type="submit"].primary'],
      ['look at the line before', 'button[aria-label="Previous"]'],
      ['look at another line of the list', '[role="option"]:not([aria-selected="true"])'],
      ['point at a row of the wiring', '[role="table"] [role="row"][class*="wiring-row"]'],
    ] as const;
    const figures: Figure[] = [
      { name: 'all 10,000 lines run again, with timeline and ledger', value: slow, unit: 'ms' },
      { name: 'page: open a script of 10,000 lines, 2,048 vectors', value: opening, unit: 'ms' },
    ];
    for (const [name, doing] of doings) {
      figures.push(figure(`page, 95th percentile: ${name}`, await measure(page, doing)));
    }
    return figures;
  } finally {
    await browser.close();
    server.kill();
  }
}
