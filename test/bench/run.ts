// `npm run bench`: runs the parts, prints one table and writes the figures to .cache/bench.json, which is not in git because
// figures depend on the machine. With `--compare` it measures an earlier commit too (interleave.ts).

import { cpus } from 'node:os';
import { join } from 'node:path';
import { benchExplore } from './explore.ts';
import { benchExplorePage } from './explorePage.ts';
import { figureText, HEADING, type Part } from './figure.ts';
import { benchImports } from './imports.ts';
import { compareWith } from './interleave.ts';
import { benchLoad } from './load.ts';
import { benchModel } from './model.ts';
import { type Options, parseOptions, usageOf } from './options.ts';
import { benchPage } from './page.ts';
import { writeJson, written } from './report.ts';
import { benchScale } from './scale.ts';
import { launch } from './servedPage.ts';
import { spinFigures } from './spin.ts';
import { timelinePart } from './timeline.ts';
import { buildPage, CACHE, measuredTree, TOP } from './tree.ts';

const PARTS: readonly Part[] = [
  { name: 'model', page: false, run: benchModel },
  { name: 'explore', page: false, run: benchExplore },
  { name: 'spin', page: false, run: async (how) => spinFigures(how) },
  { name: 'explorePage', page: true, run: benchExplorePage },
  { name: 'load', page: true, run: benchLoad },
  { name: 'page', page: true, run: benchPage },
  { name: 'scale', page: true, run: benchScale },
  { name: 'imports', page: true, run: benchImports },
  timelinePart(),
];
const NAMES = PARTS.map(({ name }) => name);

async function chromiumVersion(): Promise<string> {
  const browser = await launch();
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}

/** Returns the seconds since a moment, to a tenth. */
const secondsSince = (begin: number) => Math.round((performance.now() - begin) / 100) / 10;

/** Measures the parts, prints each, and writes the report. A part that fails is left out, so that the others are kept. */
async function measureParts(options: Options): Promise<void> {
  const parts = PARTS.filter(({ name }) => options.only?.includes(name) ?? true);
  const tree = measuredTree();
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    chromium: await chromiumVersion(),
  };
  if (!options.built && parts.some(({ page }) => page)) buildPage(TOP);
  const seconds: Record<string, number> = {};
  const figures: ReturnType<typeof written>[] = [];
  process.stdout.write(`${HEADING}\n`);
  for (const part of parts) {
    const begin = performance.now();
    try {
      const measured = await part.run(options);
      const took = secondsSince(begin);
      seconds[part.name] = took;
      figures.push(...measured.map((one) => written(part.name, one)));
      const rows = part.text?.() ?? measured.map(figureText).join('\n');
      process.stdout.write(`\n${part.name}, ${took} s\n${rows}\n`);
    } catch (error) {
      process.stderr.write(`\n${part.name}: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 1;
    }
  }
  const { quick, long, rounds } = options;
  const facts = { date: new Date().toISOString(), ...tree, machine, quick, long, rounds };
  const report = { ...facts, parts: Object.keys(seconds), seconds, figures };
  writeJson(options.out ?? join(CACHE, 'bench.json'), report);
}

/** Returns the options, or null after printing the error or the help. */
function optionsOrNull(): Options | null {
  try {
    const options = parseOptions(process.argv.slice(2), NAMES);
    if (!options.help) return options;
    process.stdout.write(`${usageOf(NAMES)}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
  return null;
}

/** Compares, or prints why that is impossible: an unreadable report, or a page that does not build. */
function compareOrFail(file: string, options: Options): void {
  try {
    compareWith(file, options, PARTS);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

const options = optionsOrNull();
if (options !== null) {
  if (options.compare === null) await measureParts(options);
  else compareOrFail(options.compare, options);
}
