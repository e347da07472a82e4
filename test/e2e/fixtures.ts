// Playwright's `test` with guards that every journey has: no error on the console, no uncaught exception,
// no breach of the content security policy, no failed request and none to another origin.
import { test as base, type Request } from '@playwright/test';

export { expect } from '@playwright/test';

// data: and blob: stay inside the browser.
const isLocal = (url: string) => /^(data|blob|about):/.test(url);

interface Guards {
  /** What went wrong so far, a sentence each. A test that breaks something on purpose empties it. */
  complaints: string[];
}

export const test = base.extend<Guards>({
  complaints: [
    async ({ context, baseURL }, use) => {
      if (baseURL === undefined) throw new Error('the guards need a baseURL');
      const origin = new URL(baseURL).origin;
      const complaints: string[] = [];
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
        // A navigation away aborts what is still on its way.
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
