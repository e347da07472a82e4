// Builds a page of the bench into the cache and serves it.

import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';

const CACHE = join(import.meta.dirname, '../../.cache');

/** A served page. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page of the peers; `folder` is its place in the cache. */
export function servePeers(folder: string): Promise<Served> {
  return servePage('peers', folder);
}

/** Serves a page below this folder, built like the real page, on a free local port. */
export async function servePage(name: string, folder: string): Promise<Served> {
  const common = { root: join(import.meta.dirname, name), configFile: false, logLevel: 'error' } as const;
  const out = {
    outDir: join(CACHE, folder),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: Infinity,
  };
  await build({ ...common, plugins: [react()], build: out });
  const server = await preview({ ...common, build: out, preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the page of the bench is not served');
  return { url, close: () => server.close() };
}
