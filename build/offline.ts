// Writes the list of files to keep into the service worker (src/offline/): every file that the build or public/ put into
// the page. Other files of the output folder, such as a host's own, are not in the list.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import type { Shipped } from '../src/offline/answers.ts';
import { filesBelow, SERVICE_WORKER, SINGLE_FILE } from './files.ts';

const LIST = /^const SHIPPED=(.*);\n/;

/** Writes the list into the service worker of a built page and replaces an earlier list. `paths` are relative to `folder`. */
export function listForOffline(folder: string, paths: Iterable<string> = filesBelow(folder)): void {
  const worker = join(folder, SERVICE_WORKER);
  const code = readFileSync(worker, 'utf8').replace(LIST, '');
  const files = [...new Set(paths)]
    .filter((path) => path !== SERVICE_WORKER && path !== SINGLE_FILE && !path.endsWith('.map'))
    .sort()
    .map((path) => ({ path, hash: sha256(readFileSync(join(folder, path))) }));
  const version = sha256(JSON.stringify([files, code]));
  const shipped: Shipped = { version: version.slice(0, 16), files };
  writeFileSync(worker, `const SHIPPED=${JSON.stringify(shipped)};\n${code}`);
}

/** Returns the paths in the service worker's list. Throws when the folder contains no built page. */
export function listedFiles(folder: string): string[] {
  const worker = join(folder, SERVICE_WORKER);
  const [, list] = (existsSync(worker) && LIST.exec(readFileSync(worker, 'utf8'))) || [];
  if (list === undefined)
    throw new Error(`${folder} contains no built page; build the page first, into this folder`);
  const { files }: Shipped = JSON.parse(list);
  return files.map(({ path }) => path);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}

/** Builds the service worker beside the page. */
export function offline(): Plugin {
  let folder = '';
  let publicDir = '';
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
    configResolved(config) {
      // a folder on the command line may be absolute
      folder = resolve(config.root, config.build.outDir);
      publicDir = config.publicDir;
    },
    generateBundle(_options, bundle) {
      const worker = bundle[SERVICE_WORKER];
      if (worker?.type !== 'chunk') this.error(`the build did not produce ${SERVICE_WORKER}`);
      // the worker runs as a classic script, because some browsers have no module service workers
      if (worker.imports.length + worker.dynamicImports.length + worker.exports.length > 0) {
        this.error(`${SERVICE_WORKER} shares code with the page: ${worker.imports.join(', ')}`);
      }
    },
    // Vite has copied public/ by then
    writeBundle: (_options, bundle) =>
      listForOffline(folder, [...Object.keys(bundle), ...filesBelow(publicDir)]),
  };
}
