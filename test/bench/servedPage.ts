// The built page in a browser, for the parts of the bench that measure it.

import { spawn } from 'node:child_process';
import { type Browser, chromium, type Page } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import { asKnown } from '../e2e/known.ts';
import { TOP } from './tree.ts';

/** Port of the server on 127.0.0.1. */
const PORT = Number(process.env['IRQSCOPE_BENCH_PORT'] ?? 4197);
/** The address of the built page. */
export const PAGE = `http://127.0.0.1:${PORT}/some/where/irqscope/`;

declare global {
  interface Window {
    /** Resolves after the next frame is painted. */
    afterFrame(): Promise<void>;
  }
}

/**
 * Functions inside the page. tsx wraps named functions in `__name`, also those that run in the page. The callback of a frame
 * runs before the frame is painted, the message after it.
 */
const IN_PAGE = `
globalThis.__name = (made) => made;
globalThis.afterFrame = () =>
  new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }),
  );
`;

/** Starts a browser like that of the end-to-end tests. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: provideChromium(), args: ['--no-sandbox', '--disable-gpu'] });
}

/** Calls a function while the built page is served and a browser is open. Throws if the server does not start. */
export async function withBuilt<T>(act: (browser: Browser) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, ['test/e2e/serve.mjs', String(PORT)], {
    cwd: TOP,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise((resolve, reject) => {
      server.stdout.once('data', resolve);
      server.once('exit', () => reject(new Error(`the server of the bench ended; is port ${PORT} free?`)));
    });
    const browser = await launch();
    try {
      return await act(browser);
    } finally {
      await browser.close();
    }
  } finally {
    server.kill();
  }
}

/** Returns a new page of a person who has seen the start card, ready for the functions of the bench. */
export async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await asKnown(page);
  await page.addInitScript(IN_PAGE);
  return page;
}
