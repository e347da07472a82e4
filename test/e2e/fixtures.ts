// Playwright's `test` with guards for every journey: no error on the console, no uncaught exception,
// no breach of the content security policy, no failed request and none to another origin.
import { type BrowserContext, test as base, type Page, type Request } from '@playwright/test';

export { expect } from '@playwright/test';

// data: and blob: stay inside the browser.
const isLocal = (url: string) => /^(data|blob|about):/.test(url);

interface Guards {
  /** The complaints so far, one sentence each. A test that breaks the page on purpose empties the list. */
  complaints: string[];
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

export const test = base.extend<Guards>({
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    page.goto = async (...asked) => {
      const response = await goto(...asked);
      if (!isLocal(page.url())) await untilDrawn(page);
      return response;
    };
    await use(page);
  },
  complaints: [
    async ({ context, baseURL }, use) => {
      if (baseURL === undefined) throw new Error('the guards need a baseURL');
      const origin = new URL(baseURL).origin;
      const complaints: string[] = [];
      await slowDown(context);
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
