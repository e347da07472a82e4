// Compares the search with Spin's verifier on the exported model of the same problem, in one run. Both store the same states; the
// figure is lines tried per second of processor time, which includes the threads of V8's collector and compiler. V8 compiles
// during the first search of a process, so that is a figure of its own, beside the building of the verifier (spin and gcc -O2).

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promela } from '../../src/explore/export/promela.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { inNotation } from '../explore/exported.ts';
import { type Room, spinInstalled, verify } from '../explore/pan.ts';
import { comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';
import { KINDS, spinProblem, timedSearch } from './spinProblems.ts';

const SIZES = [3, 4, 5];
/** Number of runs of the verifier; the fastest one counts. */
const RUNS = 3;
/** Processor seconds of runs of the search, at least `RUNS` of them; the fastest one counts. */
const SECONDS = 4;
const QUICK_SECONDS = 1;
/** Room of the verifier that suffices for every problem here; more would be counted as its work. */
const ROOM: Room = { stack: 200_000, slots: 17 };

/** Returns the figures; empty without Spin or a C compiler. Throws if the two store different states. */
export function spinFigures(quick: boolean): readonly Figure[] {
  if (!spinInstalled()) return [];
  return KINDS.flatMap((kind, at) =>
    SIZES.flatMap((vectors) => {
      const problem = spinProblem(kind, vectors);
      const model = promela(problem, inNotation);
      if (!model.ok) throw new Error('the problem of the bench cannot be exported');
      const pan = verify(model.value.text, { optimise: '-O2', runs: RUNS, room: ROOM });
      const { answer: ours, seconds } = fastest(problem, quick ? QUICK_SECONDS : SECONDS);
      if (ours.states !== pan.states || ours.transitions !== pan.transitions) {
        throw new Error(
          `${ours.states} states and ${ours.transitions} lines, Spin ${pan.states} and ${pan.transitions}`,
        );
      }
      const panRate = pan.transitions / (pan.runMs / 1000);
      const what = `${kind}, ${vectors} vectors`;
      const rate = (name: string, spent: number): Figure => {
        const value = ours.transitions / spent;
        return { name, value, unit: '1/s', ...comparedTo("Spin's pan", panRate, value) };
      };
      return [
        rate(`search, ${what}, ${ours.states.toLocaleString('en-US')} states`, seconds),
        rate(`first search of a process, ${what}`, firstSearch(at, vectors)),
        { name: `memory of the search, ${what}`, value: ours.bytes / 2 ** 20, unit: 'MB' },
        { name: `Spin's pan, ${what}`, value: panRate, unit: '1/s' },
        { name: `building pan, ${what}`, value: pan.buildMs, unit: 'ms' },
      ];
    }),
  );
}

/** Repeats the search for some seconds and returns the processor time of the fastest run. */
function fastest(problem: Problem, least: number): { readonly answer: Answer; readonly seconds: number } {
  let best = timedSearch(problem);
  let total = best.seconds;
  for (let runs = 1; runs < RUNS || total < least; runs++) {
    const next = timedSearch(problem);
    total += next.seconds;
    if (next.seconds < best.seconds) best = next;
  }
  return best;
}

function firstSearch(kind: number, vectors: number): number {
  const script = join(import.meta.dirname, 'firstSearch.ts');
  const args = ['--import', 'tsx', script, String(kind), String(vectors)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}
