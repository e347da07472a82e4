// Measures the time until the lab is usable, from the navigation to the frame after the one with its button, and the size of
// the code that this takes: for the built site, the same source with React, and the single file, at full and reduced
// processor speed, compared with an empty app in the same run.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';
import { asKnown } from '../e2e/known.ts';
import { firstModules, named, weight } from '../e2e/weight.ts';
import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { type Served, serveEmpty, serveReactLab } from './peersPage.ts';
import { PAGE, withBuilt } from './servedPage.ts';
import { median } from './statistics.ts';
import { TOP } from './tree.ts';

const SLOWDOWN = 4;
const DIST = join(TOP, 'dist');
const SINGLE = 'irqscope.html';

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

declare global {
  interface Window {
    usableAt?: number;
  }
}

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
    await page.waitForFunction(() => window.usableAt !== undefined);
    return await page.evaluate(() => window.usableAt ?? Number.NaN);
  } finally {
    await context.close();
  }
}

/** A page that is opened, and the folder of its files. */
interface Opened {
  readonly name: string;
  readonly url: string;
  readonly folder: string;
}

/** Returns the times of every page; the pages take turns, so that a busy moment of the machine affects all of them. */
async function openings(browser: Browser, pages: readonly Opened[], slowdown: number, rounds: number) {
  const times = pages.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, { url }] of pages.entries()) times[at]?.push(await opening(browser, url, slowdown));
  }
  const empty = median(times[0] ?? []);
  return pages.map(({ name }, at): Figure => {
    const own = times[at] ?? [];
    return figureOf(
      `usable${slowdown > 1 ? `, processor ${slowdown} × slower` : ''}: ${name}`,
      'ms',
      own,
      at === 0 ? {} : comparedTo('the empty app', empty, median(own)),
    );
  });
}

/** Returns the sizes of the files before the first picture. A file's size is the same in every run. */
function sizes(pages: readonly Opened[]): readonly Figure[] {
  const first = pages.map(({ name, folder }) => ({ name, code: weight(folder, firstModules(folder)) }));
  const empty = first[0]?.code ?? Number.NaN;
  return [
    ...first.map(({ name, code }, at) =>
      figureOf(
        `first load, code, gzip: ${name}`,
        'kB',
        [code],
        at === 0 ? {} : comparedTo('the empty app', empty, code),
      ),
    ),
    figureOf('first load, styles, gzip: the lab', 'kB', [weight(DIST, named(DIST, '.css'))]),
    figureOf('the lab as one file, gzip', 'kB', [weight(DIST, [SINGLE])]),
  ];
}

/** Returns the figures of loading; the lab with React takes a build, so it is left out with `quick`. */
export async function benchLoad({ quick, rounds }: How): Promise<readonly Figure[]> {
  const servers: Served[] = [];
  const started = async (server: Promise<Served>) => {
    const one = await server;
    servers.push(one);
    return one;
  };
  try {
    const empty = await started(serveEmpty('bench-empty'));
    const withFolders: Opened[] = [
      { name: 'an empty app (React, zustand, d3)', ...empty },
      { name: 'the lab', url: PAGE, folder: DIST },
    ];
    if (!quick)
      withFolders.push({
        name: 'the lab with React',
        ...(await started(serveReactLab('bench-react'))),
      });
    const single = pathToFileURL(join(DIST, SINGLE)).href;
    const pages = [...withFolders, { name: 'the lab as one file', url: single, folder: DIST }];
    return await withBuilt(async (browser) => [
      ...(await openings(browser, pages, 1, rounds)),
      ...(await openings(browser, pages, SLOWDOWN, rounds)),
      ...sizes(withFolders),
    ]);
  } finally {
    for (const server of servers) await server.close();
  }
}
