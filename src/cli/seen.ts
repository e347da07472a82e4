// The checks and outcomes that recordings of real kernels contain, for the page's build; cached like the figures of trust.ts.

import { join } from 'node:path';
import { outcomeName } from '../explore/outcome.ts';
import { parseSeen, printSeen, type SeenFile } from '../formats/trust/seen.ts';
import { CHECK_IDS } from '../kernel/checks.ts';
import { problemText } from '../text/problem.ts';
import { checkRecordings } from './checkRecordings.ts';
import { findRecordings } from './files.ts';
import { seenChecks, seenOutcomes } from './seenSteps.ts';
import { contentHash, keptFile, RECORDINGS, SOURCES } from './trust.ts';

/** Compares every recording below a folder and collects the checks and outcomes of the agreeing steps. */
export function makeSeen(folder: string): SeenFile {
  const files = findRecordings([folder]);
  if (!files.ok) throw new Error(problemText(files.problems[0]));
  const kernels: SeenFile['kernels'][number][] = [];
  const checks = new Map<string, Set<number>>();
  const outcomes = new Map<string, Set<number>>();
  const checked = checkRecordings(files.value, undefined, ({ header }) => {
    const { release, driver: generation, observed } = header;
    const known = kernels.findIndex((one) => one.release === release && one.generation === generation);
    const kernel = known < 0 ? kernels.push({ release, generation }) - 1 : known;
    const add = (names: Map<string, Set<number>>, name: string) =>
      names.set(name, (names.get(name) ?? new Set()).add(kernel));
    return ({ op }, made, agrees) => {
      if (!agrees) return;
      for (const check of seenChecks(op, made, observed.calls)) add(checks, check);
      for (const outcome of seenOutcomes(op, made, observed.calls)) add(outcomes, outcomeName(outcome));
    };
  });
  for (const _ of checked);

  const order = kernels.map((_, at) => at).sort((a, b) => byRelease(kernels[a], kernels[b]));
  const placesOf = (found: ReadonlySet<number> | undefined) =>
    order.flatMap((kernel, place) => (found?.has(kernel) === true ? [place] : []));
  return {
    version: 1,
    kernels: order.flatMap((kernel) => kernels[kernel] ?? []),
    checks: CHECK_IDS.flatMap((check) =>
      checks.has(check) ? [{ check, kernels: placesOf(checks.get(check)) }] : [],
    ),
    outcomes: [...outcomes.keys()]
      .sort()
      .map((outcome) => ({ outcome, kernels: placesOf(outcomes.get(outcome)) })),
  };
}

function byRelease(a: SeenFile['kernels'][number] | undefined, b: typeof a): number {
  const key = (kernel: typeof a) => `${kernel?.release} ${kernel?.generation}`;
  return key(a).localeCompare(key(b), 'en', { numeric: true });
}

/** Returns the file for the repository at `top`; recomputed only after one of the inputs changed. */
export function seenOf(top: string): SeenFile {
  const own = ['src/explore/atlas.ts', 'src/explore/outcome.ts', 'src/cli/seen.ts', 'src/cli/seenSteps.ts'];
  const hash = contentHash(top, [...SOURCES, ...own]);
  const kind = { name: 'seen', print: printSeen, parse: parseSeen };
  return keptFile(join(top, '.cache'), hash, kind, () => makeSeen(join(top, RECORDINGS)));
}
