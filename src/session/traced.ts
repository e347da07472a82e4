// Compares the results of a replay with those that a traced kernel gave (`ScriptLine.traced`).

import type { Run } from '../kernel/frame.ts';
import { generation } from '../kernel/generations/index.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { ScriptLine, TracedResult } from './script.ts';
import { type Session, startingMachine } from './session.ts';

/**
 * Returns true if a run has the traced result. Values that the trace does not show are not compared, and the value of a register
 * neither: most of its bits are the device's own.
 */
export function isAsTraced(
  { op }: Line,
  traced: TracedResult,
  run: Pick<Run, 'ret' | 'errno' | 'out'>,
): boolean {
  if (traced.uncompared === true) return true;
  if (traced.ret !== run.ret || traced.errno !== run.errno) return false;
  const { out } = traced;
  if (out === null || op.op === 'cfg_read') return true;
  const { value, flags, count, regions, irqs } = run.out ?? {};
  return (
    (out.value === undefined || out.value === value) &&
    (out.flags === undefined || out.flags === flags) &&
    (out.count === undefined || out.count === count) &&
    (out.regions === undefined || out.regions === regions) &&
    (out.irqs === undefined || out.irqs === irqs)
  );
}

/** The comparison of a script with its trace. */
export interface TracedCount {
  /** Lines with a traced result that were run. */
  readonly observed: number;
  /** Lines whose result differs from the traced one, in order, counted from 1. */
  readonly differ: readonly number[];
}

/** Lines that run between two yields. */
const TOGETHER = 500;

/** Compares known runs; `runAt` returns the run of a line (counted from 1), or null for a line that was not run. */
export function countTraced(
  script: readonly ScriptLine[],
  runAt: (line: number) => Pick<Run, 'ret' | 'errno' | 'out'> | null,
): TracedCount {
  const differ: number[] = [];
  let observed = 0;
  for (const [at, { line, traced }] of script.entries()) {
    const result = traced === undefined ? null : runAt(at + 1);
    if (traced === undefined || result === null) continue;
    observed++;
    if (!isAsTraced(line, traced, result)) differ.push(at + 1);
  }
  return { observed, differ };
}

/**
 * Runs a script and compares its lines, up to the `most`th difference; yields the part that is done (0 to 1) now and then. It keeps no
 * run, so a script can have any length.
 */
export function* searchTraced(
  { setup, generation: id }: Pick<Session, 'setup' | 'generation'>,
  script: readonly ScriptLine[],
  most = Number.POSITIVE_INFINITY,
): Generator<number, TracedCount> {
  const made = generation(id);
  const differ: number[] = [];
  let observed = 0;
  let machine = startingMachine(setup);
  for (const [at, { line, disabled, traced }] of script.entries()) {
    if (at % TOGETHER === TOGETHER - 1) yield at / script.length;
    if (disabled) continue;
    const result = run(made, machine, line);
    machine = result.after;
    if (traced === undefined) continue;
    observed++;
    if (!isAsTraced(line, traced, result) && differ.push(at + 1) >= most) break;
  }
  return { observed, differ };
}
