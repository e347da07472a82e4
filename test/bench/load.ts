// How long it takes until the lab can be used, from the navigation to the frame after the one that shows its button: on the
// built site and as one file, with the processor as it is and slowed down, beside an app that is empty in the same run.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import type { Figure } from './figure.ts';
import { servePage } from './peersPage.ts';
import { PORT, serveBuilt } from './servedPage.ts';
import { percentile } from './statistics.ts';

const ROUNDS = 9;
const QUICK_ROUNDS = 3;
const SLOWDOWN = 4;
const SINGLE = pathToFileURL(join(import.meta.dirname, '../../dist/irqscope.html')).href;

/** What is clicked first. */
const BUTTON = 'button.primary:not(:disabled)';

/**
 * Notes when the button is there, behind that frame with whatever the page still does before it can answer. As text: what
 * runs the bench gives inner functions a helper for their names, which the page has not.
 */
const WATCH = `(function look() {
  if (document.querySelector('${BUTTON}') === null) return void requestAnimationFrame(look);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.usableAt = performance.now(); };
  port2.postMessage(null);
})()`;

/** Milliseconds from the navigation until a click would be answered, in a browser that has seen nothing yet. */
async function opening(browser: Browser, url: string, slowdown: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    if (slowdown > 1) {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    }
    await page.addInitScript({ content: WATCH });
    await page.goto(url);
    await page.waitForFunction('window.usableAt !== undefined');
    return Number(await page.evaluate('window.usableAt'));
  } finally {
    await context.close();
  }
}

/** The figures: medians. */
export async function benchLoad(quick: boolean): Promise<readonly Figure[]> {
  const server = await serveBuilt();
  const empty = await servePage('empty', 'bench-empty');
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const pages = [
    ['an empty app (React, zustand, ten functions of d3)', empty.url],
    ['the lab', `http://127.0.0.1:${PORT}/some/where/irqscope/`],
    ['the lab as one file', SINGLE],
  ] as const;
  try {
    const figures: Figure[] = [];
    for (const slowdown of [1, SLOWDOWN]) {
      const times = pages.map((): number[] => []);
      // in turn, so that a busy moment of the machine meets all of them
      for (let round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
        for (const [at, [, url]] of pages.entries()) times[at]?.push(await opening(browser, url, slowdown));
      }
      const medians = times.map((one) => percentile(one, 0.5));
      for (const [at, [name]] of pages.entries()) {
        const value = medians[at] ?? Number.NaN;
        figures.push({
          name: `can be used${slowdown > 1 ? `, processor ${slowdown} × slower` : ''}: ${name}`,
          value,
          unit: 'ms',
          ...(at === 0 ? {} : { ratio: value / (medians[0] ?? Number.NaN), against: 'the empty app' }),
        });
      }
    }
    return figures;
  } finally {
    await browser.close();
    await empty.close();
    server.kill();
  }
}
