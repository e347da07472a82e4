// `--compare`: measures this tree and the commit of an earlier report in turn, new, old, new, old, so that a busy moment or a
// warm processor affects both. Each measurement is a process that runs the bench of its own tree once.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { collected, compareFigures, comparisonText, type Row } from './compare.ts';
import { isNoisy, type Part, spreadOf } from './figure.ts';
import type { Options } from './options.ts';
import { type PartFigure, type Report, readReport, writeJson } from './report.ts';
import { buildPage, CACHE, checkedOut, measuredTree, removeTree, TOP } from './tree.ts';

const say = (text: string) => process.stderr.write(`${text}\n`);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Runs one part of a tree's own bench once. Throws with the end of its output if that fails. */
function once(folder: string, part: string, { quick, long }: Options): readonly PartFigure[] {
  const out = join(CACHE, 'compare', 'round.json');
  rmSync(out, { force: true });
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...['--expose-gc', '--import', 'tsx', 'test/bench/run.ts', '--only', part, '--rounds', '1', '--built'],
      ...['--out', out, ...(quick ? ['--quick'] : []), ...(long ? ['--long'] : [])],
    ],
    { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`the bench ends with ${status}: ${stderr.trim().slice(-800)}`);
  return readReport(out).figures.map((one) => ({ ...one, part }));
}

/** Returns the old tree's folder, or null after saying why it cannot be measured. */
function oldTree({ commit }: Report, withPage: boolean): string | null {
  try {
    if (commit === null) throw new Error('the report names no commit');
    return checkedOut(commit, withPage);
  } catch (error) {
    say(`compare: the old figures are those of the report, not interleaved: ${messageOf(error)}`);
    return null;
  }
}

/** Returns the rows of a part, from alternating runs of both trees; without the old tree, the old side is the report's. */
function comparePart(part: string, folder: string | null, report: Report, options: Options): readonly Row[] {
  const now: (readonly PartFigure[])[] = [];
  const old: (readonly PartFigure[])[] = [];
  let tree = folder;
  for (let round = 1; round <= options.rounds; round++) {
    say(`compare: ${part}, round ${round} of ${options.rounds}`);
    now.push(once(TOP, part, options));
    if (tree === null) continue;
    try {
      old.push(once(tree, part, options));
    } catch (error) {
      say(
        `compare: the old figures of ${part} are those of the report, not interleaved: ${messageOf(error)}`,
      );
      tree = null;
    }
  }
  if (tree !== null) return compareFigures(collected(old), collected(now), true);
  const names = new Set(now.flat().map(({ name }) => name));
  // a report of an earlier version names no parts, so a figure that is gone cannot be told from one of another part
  const kept = report.figures.filter((one) => one.part === part || (one.part === '' && names.has(one.name)));
  return compareFigures(kept, collected(now), false);
}

/** Returns the rows of a part; none after saying why this tree cannot measure it, so that the other parts are kept. */
function comparedOrNone(
  part: string,
  folder: string | null,
  report: Report,
  options: Options,
): readonly Row[] {
  try {
    return comparePart(part, folder, report, options);
  } catch (error) {
    say(`compare: ${part} cannot be measured here: ${messageOf(error)}`);
    process.exitCode = 1;
    return [];
  }
}

/** Compares this tree with the commit of a report, prints the rows and writes them. */
export function compareWith(file: string, options: Options, all: readonly Part[]): void {
  const report = readReport(file);
  const wanted = options.only ?? report.parts;
  const parts = all.filter(({ name }) => wanted.includes(name));
  if (parts.length === 0)
    throw new Error(`${file}: the report has no part of this bench; name one with --only`);
  if (report.dirty)
    say(`compare: ${file} was measured with changes that its commit lacks; the old runs are without them`);
  if (report.quick !== options.quick || report.long !== options.long)
    say(
      `compare: ${file} was measured with other options (--quick, --long), so its figures may have other names`,
    );
  const withPage = parts.some(({ page }) => page);
  if (withPage) buildPage(TOP);
  const folder = oldTree(report, withPage);
  try {
    const rows = parts.flatMap(({ name }) => comparedOrNone(name, folder, report, options));
    process.stdout.write(`${comparisonText(rows)}\n`);
    const side = (one: Row['old']) =>
      one === null ? null : { ...one, spread: spreadOf(one), noisy: isNoisy(one) };
    writeJson(options.out ?? join(CACHE, 'bench-compare.json'), {
      date: new Date().toISOString(),
      old: { commit: report.commit, dirty: report.dirty, date: report.date },
      new: measuredTree(),
      quick: options.quick,
      long: options.long,
      rounds: options.rounds,
      rows: rows.map((row) => ({ ...row, old: side(row.old), now: side(row.now) })),
    });
  } finally {
    if (folder !== null) removeTree(folder);
  }
}
