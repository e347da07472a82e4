// Measures how fast the page reacts after 10,000 lines on a device with 2,048 attached vectors. Figures are the 95th
// percentile of many clicks, each from the event to the frame that shows its result.

import { chromium, type Page } from '@playwright/test';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { replayWhole } from '../../src/session/replay.ts';
import { emptySession } from '../../src/session/session.ts';
import { ledgerAt } from '../../src/views/sums.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';
import { provideChromium } from '../e2e/chromium.mjs';
import { asKnown } from '../e2e/known.ts';
import { baselineTime, comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';
import { PORT, serveBuilt } from './servedPage.ts';
import { percentile } from './statistics.ts';

const CLICKS = 60;
const LINES = 10_000;
const AGAIN = 'all 10,000 lines computed again';

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
function naive(text: string): number {
  const { script } = parseScript(text);
  return baselineTime(AGAIN, LINES, () => {
    // `replay` would compute nothing of a long script
    const replayed = replayWhole(withScript(emptySession('dynamic', 'nvme'), script));
    const timeline = new TimelineData();
    followReplay(timeline, null, replayed);
    ledgerAt(replayed, LINES);
    return timeline.length;
  });
}

/** Returns the time of each of `CLICKS` actions, to the end of the frame that shows its result. Throws when an action has no effect. */
function measure(page: Page, selector: string): Promise<readonly number[]> {
  return page.evaluate(
    async ({ source, clicks }) => {
      // looked up for every action: a click can replace rows or select the next target
      const targetAt = (at: number) => {
        const targets = [...document.querySelectorAll<HTMLElement>(source)].filter(
          (element) => !element.matches(':disabled'),
        );
        return targets[at % targets.length];
      };
      const times: number[] = [];
      let changes = 0;
      const watch = new MutationObserver((records) => (changes += records.length));
      watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      // pointing changes a style rule and no element
      const rules = () =>
        document.adoptedStyleSheets
          .flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText))
          .join();
      for (let at = 0; at < clicks; at++) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        const target = targetAt(at);
        if (target === undefined) throw new Error(`no element ${source}`);
        // the mouse may rest on the target already, and then pointing changes nothing
        document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        changes = 0;
        const before = rules();
        const begin = performance.now();
        if (target.matches('[role="row"]'))
          target.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        else target.click();
        // the callback of a frame runs before the frame is painted, the message after it
        await new Promise<void>((resolve) =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve();
            port2.postMessage(null);
          }),
        );
        times.push(performance.now() - begin);
        if (changes === 0 && rules() === before)
          throw new Error(`action ${at} on ${source} changed nothing in the page`);
      }
      watch.disconnect();
      return times;
    },
    { source: selector, clicks: CLICKS },
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

/** Returns the figures of the page. */
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
    await asKnown(page);
    // tsx wraps named functions in this helper, also those that run in the page
    await page.addInitScript('globalThis.__name = (made) => made');
    const opening = await openScript(page, text);
    const figure = (name: string, times: readonly number[]): Figure => {
      const value = percentile(times, 0.95);
      return { name, value, unit: 'ms', ...comparedTo(AGAIN, slow, value) };
    };
    const actions = [
      ['run an operation at the end', '.raise button[type="submit"]'],
      ['run the ioctl of the form', '.composer button[type="submit"].primary'],
      ['select the previous line', 'button[aria-label="Previous"]'],
      ['select another line of the list', '[role="option"]:not([aria-selected="true"])'],
      ['point at a row of the wiring', '[role="table"] [role="row"][data-link]'],
    ] as const;
    const figures: Figure[] = [
      { name: `${AGAIN}, with timeline and counters`, value: slow, unit: 'ms' },
      { name: 'page: open a script of 10,000 lines, 2,048 vectors', value: opening, unit: 'ms' },
    ];
    for (const [name, selector] of actions) {
      figures.push(figure(`page, 95th percentile: ${name}`, await measure(page, selector)));
    }
    return figures;
  } finally {
    await browser.close();
    server.kill();
  }
}
