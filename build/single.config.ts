// Vite's configuration for the page as a single file, irqscope.html. It runs after the build of the static page, on the same
// folder (`--outDir`), and takes the page's files from there.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { executedLines } from './executedLines.ts';
import { preactForReact } from './runtime.ts';
import { everythingInside, intoSingleFile } from './singleFile.ts';
import { versionInPage } from './version.ts';

const whole = { output: { codeSplitting: false } };

export default defineConfig({
  define: versionInPage,
  resolve: { alias: preactForReact },
  plugins: [executedLines, everythingInside, react(), intoSingleFile()],
  build: {
    target: 'es2023',
    emptyOutDir: false,
    copyPublicDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    rolldownOptions: whole,
  },
  // browsers refuse to start a module worker from a blob on a page opened from file://
  worker: { format: 'iife' },
});
