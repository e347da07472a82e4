// Builds a page of the bench into the cache and serves it.

import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, loadConfigFromFile, preview } from 'vite';
import { preactForReact } from '../../build/runtime.ts';
import { CACHE, TOP } from './tree.ts';

/** A served page. */
export interface Served {
  readonly url: string;
  /** The folder with the built files. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Serves the page of the peers with the runtime of the real page; `folder` is its place in the cache. */
export function servePeers(folder: string): Promise<Served> {
  return served({ ...pageBelow('peers'), resolve: { alias: preactForReact } }, folder);
}

/** Serves the empty application, which uses React. */
export function serveEmpty(folder: string): Promise<Served> {
  return served(pageBelow('empty'), folder);
}

/** Returns the configuration of a page below this folder, which is built like the real page. */
function pageBelow(name: string): InlineConfig {
  return {
    root: join(import.meta.dirname, name),
    base: './',
    plugins: [react()],
    build: { target: 'es2023', chunkSizeWarningLimit: Number.POSITIVE_INFINITY },
  };
}

/** Serves the lab built with React: the same source and configuration without the aliases that put Preact in its place. */
export async function serveReactLab(folder: string): Promise<Served> {
  const loaded = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    join(TOP, 'vite.config.ts'),
    TOP,
    'error',
  );
  if (loaded === null) throw new Error('vite.config.ts cannot be loaded');
  return served({ ...loaded.config, root: TOP, resolve: { alias: [] } }, folder);
}

/** Builds a page and serves it on a free local port. */
async function served(config: InlineConfig, folder: string): Promise<Served> {
  const common = { root: config.root ?? TOP, configFile: false, logLevel: 'error' } as const;
  const out = { ...config.build, outDir: join(CACHE, folder), emptyOutDir: true };
  await build({ ...config, ...common, build: out });
  const server = await preview({ ...common, build: out, preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the page of the bench is not served');
  return { url, folder: out.outDir, close: () => server.close() };
}
