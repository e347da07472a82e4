// Measures the time until the lab is usable, from the navigation to the frame after the one with its button: for the built
// site and the single file, at full and reduced processor speed, compared with an empty app in the same run.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import { asKnown } from '../e2e/known.ts';
import { comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';
import { servePage } from './peersPage.ts';
import { PORT, serveBuilt } from './servedPage.ts';
import { percentile } from './statistics.ts';

const ROUNDS = 9;
const QUICK_ROUNDS = 3;
const SLOWDOWN = 4;
const SINGLE = pathToFileURL(join(import.meta.dirname, '../../dist/irqscope.html')).href;

/** The first button that a user clicks. */
const BUTTON = 'button.primary:not(:disabled)';

/**
 * Records the time at which the button can react: after its frame and the work that the page does before it handles events.
 * It is text because the compiler of the bench adds a helper to inner functions, which the page lacks.
 */
const WATCH = `(function look() {
  if (document.querySelector('${BUTTON}') === null) return void requestAnimationFrame(look);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.usableAt = performance.now(); };
  port2.postMessage(null);
})()`;

/** Returns the milliseconds from the navigation until the page can handle a click, in a browser with an empty cache. */
async function opening(browser: Browser, url: string, slowdown: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    await asKnown(context);
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

/** Returns the figures: medians. */
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
      // alternate, so that a busy moment of the machine affects all of them
      for (let round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
        for (const [at, [, url]] of pages.entries()) times[at]?.push(await opening(browser, url, slowdown));
      }
      const medians = times.map((one) => percentile(one, 0.5));
      for (const [at, [name]] of pages.entries()) {
        const value = medians[at] ?? Number.NaN;
        figures.push({
          name: `usable${slowdown > 1 ? `, processor ${slowdown} × slower` : ''}: ${name}`,
          value,
          unit: 'ms',
          ...(at === 0 ? {} : comparedTo('the empty app', medians[0] ?? Number.NaN, value)),
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
