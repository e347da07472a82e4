// Compares the results of a replay with those that a traced kernel gave (`ScriptLine.traced`).

import type { Run } from '../kernel/frame.ts';
import type { ScriptLine, TracedResult } from './script.ts';

/** Returns true if a run has the traced result. Values that the trace does not show are not compared. */
export function isAsTraced(traced: TracedResult, run: Pick<Run, 'ret' | 'errno' | 'out'>): boolean {
  if (traced.ret !== run.ret || traced.errno !== run.errno) return false;
  const { out } = traced;
  if (out === null) return true;
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

/** Returns true if any line has a traced result. */
export function hasTraced(script: readonly ScriptLine[]): boolean {
  return script.some(({ traced }) => traced !== undefined);
}

/** Compares every line; `runAt` returns the run of a line (counted from 1), or null for a line that was not run. */
export function countTraced(
  script: readonly ScriptLine[],
  runAt: (line: number) => Pick<Run, 'ret' | 'errno' | 'out'> | null,
): TracedCount {
  const differ: number[] = [];
  let observed = 0;
  for (const [at, { traced }] of script.entries()) {
    if (traced === undefined) continue;
    const run = runAt(at + 1);
    if (run === null) continue;
    observed++;
    if (!isAsTraced(traced, run)) differ.push(at + 1);
  }
  return { observed, differ };
}
