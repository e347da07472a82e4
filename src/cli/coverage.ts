// `irqscope coverage`: the number of recorded steps that reach each check, branch and fault site, by kernel.

import { resolve } from 'node:path';
import { runnerImport } from 'vite';
import { parseArguments, wrongUse } from './arguments.ts';
import { branchCounts } from './branches.ts';
import type { Coverage, coverSteps } from './coverSteps.ts';
import { findRecordings } from './files.ts';

const TOP = resolve(import.meta.dirname, '../..');

/** Loads the model with reports of its branches, compares the recordings with it, and returns the counts. */
export async function makeCoverage(files: readonly string[]): Promise<Coverage> {
  const { module } = await runnerImport<{ readonly coverSteps: typeof coverSteps }>(
    resolve(TOP, 'src/cli/coverSteps.ts'),
    { root: TOP, plugins: [branchCounts], logLevel: 'error' },
  );
  return module.coverSteps(files);
}

/** Prints the counts. Returns 0, or 1 when a recording is unreadable. */
export async function coverageCommand(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args, []);
  if (!parsed.ok) return wrongUse(parsed);
  const { json, paths } = parsed.value;
  const files = findRecordings(paths.length === 0 ? ['test/recordings'] : paths);
  if (!files.ok) return wrongUse(files);
  const coverage = await makeCoverage(files.value);
  process.stdout.write(json ? `${JSON.stringify(coverage)}\n` : coverageText(coverage));
  return coverage.unreadable.length > 0 ? 1 : 0;
}

/** Returns the tables of kernels, checks, branches and fault sites, and last the list of those that no step reaches. */
export function coverageText({ kernels, checks, branches, faults, unreadable }: Coverage): string {
  const lines: string[] = [];
  const table = (
    title: string,
    rows: readonly { readonly name: string; readonly steps: readonly number[] }[],
  ) => {
    const widths = kernels.map((_, at) =>
      Math.max(3, ...rows.map(({ steps }) => String(steps[at] ?? 0).length)),
    );
    const cells = (values: readonly string[]) =>
      values.map((value, at) => value.padStart(widths[at] ?? 0)).join(' ');
    lines.push('', `${cells(kernels.map((_, at) => `[${at + 1}]`))}  ${title}`);
    for (const { name, steps } of rows)
      lines.push(`${cells(steps.map((count) => (count === 0 ? '–' : String(count))))}  ${name}`);
  };

  for (const { path, problem } of unreadable) lines.push(`${path}: ${problem}`);
  lines.push('Recorded kernels. A step counts below if all of its compared fields agree with the model.');
  kernels.forEach(({ release, generation, recordings, steps, agreeing }, at) => {
    lines.push(
      `[${at + 1}] ${release}, ${generation}: ${recordings} recordings, ${steps} steps, ${agreeing} agree`,
    );
  });

  const checkRows = checks.map(({ id, fn, steps, unreached }) => ({
    name: `${id} (${fn})`,
    steps,
    unreached,
  }));
  table('checks', checkRows);
  const branchRows = branches.map(({ file, line, condition, outcome, steps, unreached }) => {
    const place = `${file.replace('src/kernel/', '')}:${line}`;
    return { file, name: `${place} ${condition}: ${outcome}`, steps, unreached };
  });
  for (const file of new Set(branches.map((branch) => branch.file)))
    table(
      `branches of ${file}`,
      branchRows.filter((row) => row.file === file),
    );
  const faultRows = faults.map(({ site, result, steps }) => ({
    name: result === null ? site : `  ${site}=${result}`,
    steps,
  }));
  table('injected faults', faultRows);

  const sites = faults.flatMap(({ site, result, steps }) =>
    result === null ? [{ name: site, steps, unreached: null }] : [],
  );
  const isRecorded = (file: string) => {
    const [, id] = /generations\/(\w+)\.ts$/.exec(file) ?? [];
    return id === undefined || kernels.some(({ generation }) => generation === id);
  };
  const recorded = branchRows.filter(({ file }) => isRecorded(file));
  for (const [kind, rows] of Object.entries({
    checks: checkRows,
    branches: recorded,
    'fault sites': sites,
  })) {
    const unseen = rows.filter(({ steps }) => steps.every((count) => count === 0));
    lines.push('', `${rows.length - unseen.length} of ${rows.length} ${kind} reached on a real kernel`);
    for (const { name, unreached } of unseen) {
      lines.push(`  not reached: ${name}`, ...(unreached === null ? [] : [`      ${unreached}`]));
    }
  }
  const others = branchRows.filter(({ file }) => !isRecorded(file)).map(({ file }) => file);
  for (const file of new Set(others)) {
    lines.push('', `no recording of ${file}: ${others.filter((one) => one === file).length} branches`);
  }
  return `${lines.join('\n')}\n`;
}
