// Gives the service worker (src/offline/) the list of what it keeps: every file of the built page, whoever put it there.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Shipped } from '../src/offline/answers.ts';
import { filesBelow, SERVICE_WORKER, SINGLE_FILE } from './files.ts';

/** Puts the list before the worker's code, in the place of one that is there already. */
export function listForOffline(folder: string): void {
  const worker = join(folder, SERVICE_WORKER);
  const code = readFileSync(worker, 'utf8').replace(/^const SHIPPED=.*\n/, '');
  const files = filesBelow(folder)
    .filter((path) => path !== SERVICE_WORKER && path !== SINGLE_FILE && !path.endsWith('.map'))
    .map((path) => ({ path, hash: sha256(readFileSync(join(folder, path))) }));
  const version = sha256(JSON.stringify([files, code]));
  const shipped: Shipped = { version: version.slice(0, 16), files };
  writeFileSync(worker, `const SHIPPED=${JSON.stringify(shipped)};\n${code}`);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}

/** Builds the service worker beside the page. */
export function offline(): Plugin {
  let folder = '';
  return {
    name: 'irqscope:offline',
    apply: 'build',
    enforce: 'post',
    config: () => ({
      build: {
        rolldownOptions: {
          input: { index: 'index.html', sw: 'src/offline/serviceWorker.ts' },
          output: {
            entryFileNames: ({ name }) => (name === 'sw' ? SERVICE_WORKER : 'assets/[name]-[hash].js'),
          },
        },
      },
    }),
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    generateBundle(_options, bundle) {
      const worker = bundle[SERVICE_WORKER];
      if (worker?.type !== 'chunk') this.error(`the build made no ${SERVICE_WORKER}`);
      // it runs as a plain script: browsers with module workers only are not asked for
      if (worker.imports.length + worker.dynamicImports.length + worker.exports.length > 0) {
        this.error(`${SERVICE_WORKER} shares code with the page: ${worker.imports.join(', ')}`);
      }
    },
    // when everything is there, also what comes from public/
    writeBundle: () => listForOffline(folder),
  };
}
