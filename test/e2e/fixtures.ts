// Playwright's `test` with guards for every journey: no error on the console, no uncaught exception,
// no breach of the content security policy, no failed request and none to another origin.
import { type BrowserContext, test as base, type Page, type Request } from '@playwright/test';

import { asKnown } from './known.ts';

export { expect } from '@playwright/test';

// data: and blob: stay inside the browser.
const isLocal = (url: string) => /^(data|blob|about):/.test(url);

interface Options {
  /**
   * False for most journeys: the person has seen the start card, and `./` opens the lab at the failing line of its example. True:
   * the page is as a first visit finds it.
   */
  firstVisit: boolean;
}

interface Guards {
  /** The complaints so far, one sentence each. A test that breaks the page on purpose empties the list. */
  complaints: string[];
}

/**
 * Shows the failing line of the example, which is the line after that of a first visit. The key moves no focus, and the page's
 * status tells the line.
 */
async function toFailure(page: Page): Promise<void> {
  await page.keyboard.press('ArrowRight');
  await page
    .getByRole('status')
    .filter({ hasText: /^Line 7: / })
    .waitFor({ state: 'attached' });
}

/** Clicks beside the name of the page, where nothing is: the focus leaves its element. */
export async function clickNowhere(page: Page): Promise<void> {
  await page.getByRole('banner').click({ position: { x: 3, y: 3 } });
}

/** Returns after the page has drawn something, because a key or a click before that reaches nothing. */
async function untilDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getElementById('root')?.childElementCount !== 0);
}

/**
 * Finds races: `IRQSCOPE_SLOW=6` makes the main thread of every page six times slower than the test, and delays each script by up
 * to 100 ms times six.
 */
const SLOW = Number(process.env['IRQSCOPE_SLOW'] ?? 1);

async function slowDown(context: BrowserContext): Promise<void> {
  if (SLOW <= 1) return;
  context.on('page', async (page) => {
    const cdp = await context.newCDPSession(page).catch(() => null);
    await cdp?.send('Emulation.setCPUThrottlingRate', { rate: SLOW }).catch(() => undefined);
  });
  await context.route('**/assets/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * SLOW));
    await route.fallback().catch(() => undefined);
  });
}

export const test = base.extend<Options & Guards>({
  firstVisit: [false, { option: true }],
  page: async ({ page, firstVisit }, use) => {
    const goto = page.goto.bind(page);
    page.goto = async (...asked) => {
      const response = await goto(...asked);
      if (!isLocal(page.url())) await untilDrawn(page);
      if (!firstVisit && asked[0] === './') await toFailure(page);
      return response;
    };
    await use(page);
  },
  complaints: [
    async ({ context, baseURL, firstVisit }, use) => {
      if (baseURL === undefined) throw new Error('the guards need a baseURL');
      const origin = new URL(baseURL).origin;
      const complaints: string[] = [];
      await slowDown(context);
      if (!firstVisit) await asKnown(context);
      const name = (request: Request) => `${request.method()} ${request.url()}`;

      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      context.on('weberror', (error) => complaints.push(`exception: ${error.error().message}`));
      context.on('request', (request) => {
        if (!isLocal(request.url()) && new URL(request.url()).origin !== origin) {
          complaints.push(`other origin: ${name(request)}`);
        }
      });
      context.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText ?? 'no reason given';
        // A navigation aborts pending requests.
        if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${name(request)}: ${reason}`);
      });
      context.on('response', (response) => {
        if (response.status() >= 400) {
          complaints.push(`status ${response.status()}: ${name(response.request())}`);
        }
      });
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI}`);
        });
      });

      await use(complaints);
      if (complaints.length > 0) throw new Error(`The page misbehaved:\n  ${complaints.join('\n  ')}`);
    },
    { auto: true },
  ],
});
