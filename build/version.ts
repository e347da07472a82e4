// The version of irqscope from package.json, for display in the page.

import { readFileSync } from 'node:fs';

const { version }: { version?: unknown } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
if (typeof version !== 'string') throw new Error('package.json has no version');

/** Replaces `import.meta.env.IRQSCOPE_VERSION` in the page. */
export const versionInPage = { 'import.meta.env.IRQSCOPE_VERSION': JSON.stringify(version) };
