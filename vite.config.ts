// One file for the page's build and for the unit tests. The page lives under any path (`base: './'`),
// asks no other origin for anything and runs no inline script: the policy below says so to the browser.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { offline } from './build/offline.ts';
import { versionInPage } from './build/version.ts';
import { makeAtlas } from './src/cli/atlas.ts';
import { trustOf } from './src/cli/trust.ts';
import { printAtlas } from './src/formats/search/atlas.ts';
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

// Only in the build: Vite's development server itself needs an inline script for React's fast refresh.
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

// The atlas of edge cases is searched for whenever the page is built, so that it is what this model does.
const atlasFile: Plugin = {
  name: 'irqscope:atlas',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'atlas.json', source: printAtlas(makeAtlas()) });
  },
  configureServer(server) {
    // once: the server starts anew when what this file imports is changed
    let text: string | null = null;
    server.middlewares.use('/atlas.json', (_request, response) => {
      text ??= printAtlas(makeAtlas());
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(text);
    });
  },
};

// What the model was checked against, from a run over the recordings (kept while nothing that it follows from has changed).
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

/** What the bundler knows of a module. */
type InfoOf = (id: string) => { readonly importedIds: readonly string[] } | null;

/** What the page's entry imports, and what that imports, as far as it is not asked for later. */
function firstLoad(infoOf: InfoOf): Set<string> {
  const found = new Set([fileURLToPath(new URL('src/app/main.tsx', import.meta.url))]);
  for (const id of found) {
    // d3 is one list of everything that it has: what of it is used by whom is seen later, and is small for the first picture
    for (const next of infoOf(id)?.importedIds ?? []) if (!next.includes('node_modules/d3')) found.add(next);
  }
  return found;
}

// What a first visit needs is one file: in twenty pieces, one for each set of modules that some later part shares, it would be
// compressed worse and asked for one by one. Whatever is loaded later finds it there.
let first: Set<string> | null = null;
const firstInOne = {
  name: (id: string, bundle: { readonly getModuleInfo: InfoOf }) => {
    first ??= firstLoad((module) => bundle.getModuleInfo(module));
    return first.has(id) ? 'lab' : null;
  },
};

/** Milliseconds after which a test hangs: no test asserts a speed, and machines are slow at times. */
const HANG = 60_000;

export default defineConfig({
  base: './',
  define: versionInPage,
  plugins: [react(), policyInBuild, atlasFile, trustFile, offline()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [firstInOne] } } },
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: HANG,
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          testTimeout: HANG,
          environment: 'jsdom',
          include: ['test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/setup-dom.ts'],
        },
      },
    ],
  },
});
