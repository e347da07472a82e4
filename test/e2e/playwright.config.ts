// End-to-end: the built page, served under a sub-path, in an installed Chromium.
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findChromium } from './chromium.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));
const port = Number(process.env['IRQSCOPE_E2E_PORT'] ?? 4179);
const url = `http://127.0.0.1:${port}/some/where/irqscope/`;

const chromium = findChromium();
if (chromium === undefined) throw new Error('No Chromium: run `node test/e2e/chromium.mjs` first.');

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: `${top}.cache/e2e`,
  reporter: [['list'], ['json', { outputFile: `${top}.cache/e2e.json` }]],
  // the long tests run with `npm run test:nightly` only
  ...(process.env['IRQSCOPE_NIGHTLY'] === undefined ? { grepInvert: /@nightly/ } : { grep: /@nightly/ }),
  forbidOnly: Boolean(process.env['CI']),
  fullyParallel: true,
  // two workers leave 14 % of two processors idle
  workers: 3,
  // on a shared machine a journey may lose a race with the machine; the summary names each one that needed another try
  retries: process.env['CI'] ? 2 : 0,
  // generous limits, which detect a hang and do not measure speed
  timeout: 240_000,
  expect: { timeout: 45_000 },
  use: {
    baseURL: url,
    viewport: { width: 1280, height: 720 },
    // a page kept by the service worker must not affect other tests; offline.spec.ts allows service workers
    serviceWorkers: 'block',
    // a trace of every test costs a third of the time; IRQSCOPE_TRACE=1 keeps those of the tests that fail
    trace: process.env['IRQSCOPE_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npm run build && node test/e2e/serve.mjs ${port}`,
    cwd: top,
    url,
    reuseExistingServer: false,
    // the build takes a minute on two quiet processors
    timeout: 600_000,
    stdout: 'pipe',
  },
});
