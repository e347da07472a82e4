// Vite's configuration for the page as one file, made after the static page and of its files: dist/irqscope.html.

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { everythingInside, intoSingleFile } from './singleFile.ts';
import { versionInPage } from './version.ts';

const pages = fileURLToPath(new URL('../dist/', import.meta.url));
const whole = { output: { codeSplitting: false } };

export default defineConfig({
  // of no matter to one file, but a relative one is reckoned from import.meta.url
  base: '/',
  define: versionInPage,
  plugins: [everythingInside, react(), intoSingleFile(pages)],
  build: {
    target: 'es2023',
    outDir: pages,
    emptyOutDir: false,
    copyPublicDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    rolldownOptions: whole,
  },
  // browsers refuse a module worker from a text to a page that is a file
  worker: { format: 'iife' },
});
