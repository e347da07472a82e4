// Configures the page's build and the unit tests. The page works under any path (`base: './'`). The policy below
// makes the browser refuse requests to other origins and inline scripts.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { docsFile } from './build/docs.ts';
import { executedLines } from './build/executedLines.ts';
import { offline } from './build/offline.ts';
import { compiledForTests, preactForReact } from './build/runtime.ts';
import { versionInPage } from './build/version.ts';
import { makeAtlas } from './src/cli/atlas.ts';
import { seenOf } from './src/cli/seen.ts';
import { trustOf } from './src/cli/trust.ts';
import { printAtlas } from './src/formats/search/atlas.ts';
import { printSeen } from './src/formats/trust/seen.ts';
import { printTrust } from './src/formats/trust/trust.ts';

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// Applies to the build only: Vite's development server needs an inline script for React's fast refresh.
const policyInBuild: Plugin = {
  name: 'irqscope:content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

// Every build searches for the edge cases of the atlas again, so that the atlas matches this model.
const atlasFile: Plugin = {
  name: 'irqscope:atlas',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'atlas.json', source: printAtlas(makeAtlas()) });
  },
  configureServer(server) {
    // computed once: Vite restarts the server when an import of this file changes
    let text: string | null = null;
    server.middlewares.use('/atlas.json', (_request, response) => {
      text ??= printAtlas(makeAtlas());
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(text);
    });
  },
};

// The comparison of the model with all recordings, cached until one of its inputs changes.
const trustFile: Plugin = {
  name: 'irqscope:trust',
  generateBundle() {
    const source = printTrust(trustOf(fileURLToPath(new URL('.', import.meta.url))));
    this.emitFile({ type: 'asset', fileName: 'trust.json', source });
  },
  configureServer(server) {
    server.middlewares.use('/trust.json', (_request, response) => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(printTrust(trustOf(server.config.root)));
    });
  },
};

// The checks and outcomes that the recordings contain, cached in the same way.
const seenFile: Plugin = {
  name: 'irqscope:seen',
  generateBundle() {
    const source = printSeen(seenOf(fileURLToPath(new URL('.', import.meta.url))));
    this.emitFile({ type: 'asset', fileName: 'seen.json', source });
  },
  configureServer(server) {
    server.middlewares.use('/seen.json', (_request, response) => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(printSeen(seenOf(server.config.root)));
    });
  },
};

/** Returns the bundler's record of a module, or null. */
type InfoOf = (id: string) => { readonly importedIds: readonly string[] } | null;

/** Returns the ids of all modules that the page's entry imports statically, directly or not. */
function firstLoad(infoOf: InfoOf): Set<string> {
  const found = new Set([fileURLToPath(new URL('src/app/main.tsx', import.meta.url))]);
  for (const id of found) {
    // d3's index re-exports every module; the few that the first picture needs are found by tree shaking
    for (const next of infoOf(id)?.importedIds ?? []) if (!next.includes('node_modules/d3')) found.add(next);
  }
  return found;
}

// The code for the first picture is one file. Without this group it would be twenty chunks, one for each set of modules shared
// with a lazy part: worse to compress, and requested one by one.
let first: Set<string> | null = null;
const firstInOne = {
  name: (id: string, bundle: { readonly getModuleInfo: InfoOf }) => {
    first ??= firstLoad((module) => bundle.getModuleInfo(module));
    return first.has(id) ? 'lab' : null;
  },
};

/** Milliseconds after which a test counts as hanging. No test asserts a speed, and a loaded machine is slow. */
const HANG = 300_000;

export default defineConfig({
  base: './',
  define: versionInPage,
  resolve: { alias: preactForReact },
  plugins: [executedLines, react(), policyInBuild, atlasFile, trustFile, seenFile, docsFile, offline()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // the names of the modules that a late part imports would take 2 kB of the first load; a browser finds them in the part itself
      resolveDependencies: (_file, names, { hostType }) =>
        hostType === 'js' ? names.filter((name) => name.endsWith('.css')) : names,
    },
    rolldownOptions: { output: { codeSplitting: { groups: [firstInOne] } } },
  },
  worker: { format: 'es' },
  test: {
    // the default leaves one processor free, which is half of a machine with two
    maxWorkers: '100%',
    // an awaited state may take as long as a test; the default is one second
    expect: { poll: { timeout: HANG } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: HANG,
          hookTimeout: HANG,
          // these tests share no state, and each file for itself would load the model again
          isolate: false,
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/setup-random.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          server: { deps: { inline: compiledForTests } },
          isolate: false,
          testTimeout: HANG,
          hookTimeout: HANG,
          environment: 'jsdom',
          include: ['test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/setup-random.ts', 'test/setup-dom.ts'],
        },
      },
    ],
  },
});
