// End-to-end: the built page, served under a sub-path, in a Chromium that is already on the machine.
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
  forbidOnly: Boolean(process.env['CI']),
  fullyParallel: true,
  workers: 2,
  // generous: what they bound is a hang, never a speed
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: url,
    viewport: { width: 1280, height: 720 },
    // what the browser keeps for later must not reach into other tests; offline.spec.ts allows it
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
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
    stdout: 'pipe',
  },
});
