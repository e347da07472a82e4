// Counts what recorded steps reach, by kernel. `coverage.ts` loads this module together with a model that reports its
// branches (branches.ts).
//
// A step counts only if every compared field equals the model's: result, errno, calls, state. The real kernel then took the
// path that the model reports, as far as a recording can show it.

import { CHECK_IDS, CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Run } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import { FAULT_SITES, type FaultSite } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import { type ObservedStep, stepLine } from '../recordings/recording.ts';
import { problemText } from '../text/problem.ts';
import { allBranches, type Branch, takenBranches } from './branchHits.ts';
import { checkRecordings } from './checkRecordings.ts';
import { seenChecks } from './seenSteps.ts';
import { UNREACHED_CHECKS, unreachedBranch } from './unreached.ts';

/** A recorded kernel and the number of its recordings and steps. */
export interface CoveredKernel {
  readonly release: string;
  readonly generation: GenerationId;
  readonly recordings: number;
  readonly steps: number;
  /** Steps that agree with the model; only they count below. */
  readonly agreeing: number;
}

/** A number of steps for each kernel, in the order of `kernels`. */
interface Counted {
  readonly steps: readonly number[];
}

/** The reason why no step reaches it; null if a step does or the reason is unknown (unreached.ts). */
interface Explained {
  readonly unreached: string | null;
}

/** The number of steps that reach each check, branch and fault site. */
export interface Coverage {
  readonly kernels: readonly CoveredKernel[];
  readonly checks: readonly ({ readonly id: CheckId; readonly fn: string } & Counted & Explained)[];
  readonly branches: readonly (Branch & Counted & Explained)[];
  /** `result` is an errno, or a number of vectors; null is the sum of the site. */
  readonly faults: readonly ({ readonly site: FaultSite; readonly result: string | null } & Counted)[];
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
}

/** Counters of one kernel by name. */
interface Row {
  recordings: number;
  steps: number;
  agreeing: number;
  readonly counts: Map<string, number>;
}

/** Compares the recordings and counts. */
export function coverSteps(files: readonly string[]): Coverage {
  const rows = new Map<string, Row & Pick<CoveredKernel, 'release' | 'generation'>>();
  const unreadable: Coverage['unreadable'][number][] = [];
  const results = new Set<string>();
  const checked = checkRecordings(files, undefined, ({ header }) => {
    const { release, driver } = header;
    const key = `${release} ${driver}`;
    const row = rows.get(key) ?? {
      release,
      generation: driver,
      recordings: 0,
      steps: 0,
      agreeing: 0,
      counts: new Map(),
    };
    rows.set(key, row);
    row.recordings++;
    takenBranches();
    return (step, made, agrees) => {
      const branches = takenBranches();
      row.steps++;
      if (!agrees) return;
      row.agreeing++;
      const count = (name: string) => row.counts.set(name, (row.counts.get(name) ?? 0) + 1);
      for (const branch of branches) count(`branch ${branch}`);
      for (const check of seenChecks(step.op, made, header.observed.calls)) count(`check ${check}`);
      for (const fault of stepFaults(step, made, driver)) {
        results.add(fault);
        count(`fault ${fault}`);
      }
    };
  });
  for (const one of checked) {
    if ('problem' in one) unreadable.push({ path: one.path, problem: problemText(one.problem) });
  }

  const kernels = [...rows.values()].sort(byRelease);
  const steps = (name: string) => kernels.map(({ counts }) => counts.get(name) ?? 0);
  return {
    kernels: kernels.map(({ counts: _, ...kernel }) => kernel),
    checks: CHECK_IDS.map((id) => {
      const counted = steps(`check ${id}`);
      return { id, fn: CHECKS[id].fn, steps: counted, ...explained(counted, UNREACHED_CHECKS[id] ?? null) };
    }),
    branches: allBranches().map((branch, at) => {
      const { file, condition, outcome } = branch;
      const counted = steps(`branch ${at}`);
      return { ...branch, steps: counted, ...explained(counted, unreachedBranch(file, condition, outcome)) };
    }),
    faults: FAULT_SITES.flatMap((site) => [
      { site, result: null, steps: steps(`fault ${site}`) },
      ...[...results]
        .filter((name) => name.startsWith(`${site}=`))
        .sort()
        .map((name) => ({ site, result: name.slice(site.length + 1), steps: steps(`fault ${name}`) })),
    ]),
    unreadable,
  };
}

function explained(steps: readonly number[], reason: string | null): Explained {
  return { unreached: steps.some((count) => count > 0) ? null : reason };
}

/** Returns the injected faults of the step, by site alone and with the result. A fault counts if the run differs without it. */
function stepFaults(step: ObservedStep, made: Run, id: GenerationId): ReadonlySet<string> {
  const found = new Set<string>();
  for (const fault of step.faults) {
    const faults = step.faults.filter((other) => other !== fault);
    const without = run(generation(id), made.before, stepLine({ op: step.op, faults }), { frames: true });
    if (pathOf(without) !== pathOf(made)) found.add(fault.site).add(`${fault.site}=${fault.result}`);
  }
  takenBranches();
  return found;
}

/** Returns the result of a run and of each of its calls as one text. */
function pathOf({ ret, errno, check, frames }: Run): string {
  return [ret, errno, check, ...frames.map(({ fn, ret: result }) => `${fn} ${result}`)].join('\n');
}

/** Sorts by release, with numbers compared as numbers. */
function byRelease(a: Pick<CoveredKernel, 'release' | 'generation'>, b: typeof a): number {
  const order = a.release.localeCompare(b.release, 'en', { numeric: true });
  return order || (a.generation < b.generation ? -1 : 1);
}
