// `npm run bench`: runs the parts, prints one table and writes the figures to .cache/bench.json, which is not in git because
// figures depend on the machine.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { provideChromium } from '../e2e/chromium.mjs';
import { benchExplore } from './explore.ts';
import { benchExplorePage } from './explorePage.ts';
import { type Figure, figureText, type Part } from './figure.ts';
import { benchLoad } from './load.ts';
import { benchModel } from './model.ts';
import { parseOptions } from './options.ts';
import { benchPage } from './page.ts';
import { benchScale } from './scale.ts';
import { spinFigures } from './spin.ts';
import { timelinePart } from './timeline.ts';

const PARTS: readonly Part[] = [
  { name: 'model', run: benchModel },
  { name: 'explore', run: async () => benchExplore() },
  { name: 'spin', run: async (quick) => spinFigures(quick) },
  { name: 'explorePage', run: benchExplorePage },
  { name: 'load', run: benchLoad },
  { name: 'page', run: benchPage },
  { name: 'scale', run: benchScale },
  timelinePart(),
];

const FOLDER = join(import.meta.dirname, '../../.cache');

async function chromiumVersion(): Promise<string> {
  const browser = await chromium.launch({ executablePath: provideChromium(), args: ['--no-sandbox'] });
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}

const { quick, only } = parseOptions(
  process.argv.slice(2),
  PARTS.map(({ name }) => name),
);
const figures: Figure[] = [];
const texts: string[] = [];
for (const part of PARTS.filter(({ name }) => only.includes(name))) {
  const measured = await part.run(quick);
  figures.push(...measured);
  texts.push(part.text?.() ?? measured.map(figureText).join('\n'));
}
process.stdout.write(`${texts.join('\n\n')}\n`);
const machine = {
  cores: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  chromium: await chromiumVersion(),
};
mkdirSync(FOLDER, { recursive: true });
const report = { date: new Date().toISOString(), machine, quick, parts: only, figures };
writeFileSync(join(FOLDER, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
