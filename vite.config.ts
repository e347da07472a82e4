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

export default defineConfig({
  base: './',
  define: versionInPage,
  plugins: [react(), policyInBuild, atlasFile, trustFile, offline()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/setup-dom.ts'],
        },
      },
    ],
  },
});
