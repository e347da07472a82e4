// The version of irqscope, which package.json says, for the page to show.

import { readFileSync } from 'node:fs';

const { version }: { version?: unknown } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
if (typeof version !== 'string') throw new Error('package.json names no version');

/** What Vite puts into the page in the place of `import.meta.env.IRQSCOPE_VERSION`. */
export const versionInPage = { 'import.meta.env.IRQSCOPE_VERSION': JSON.stringify(version) };
