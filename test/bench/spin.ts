// Compares the search with Spin's verifier on the exported model of the same problem, in one run. Both store the same states; the
// figure is lines tried per second of processor time, which includes the threads of V8's collector and compiler. V8 compiles
// during the first search of a process, so that is a figure of its own, beside the building of the verifier (spin and gcc -O2).

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promela } from '../../src/explore/export/promela.ts';
import { inNotation } from '../explore/exported.ts';
import { type Room, spinInstalled, verify } from '../explore/pan.ts';
import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { KINDS, spinProblem, timedSearch } from './spinProblems.ts';
import { median } from './statistics.ts';

const SIZES = [3, 4, 5];
const QUICK_SIZES = [3, 4];
/** Number of runs of the verifier; the fastest one counts. */
const RUNS = 3;
/** Room of the verifier that suffices for every problem here; more would be counted as its work. */
const ROOM: Room = { stack: 200_000, slots: 17 };

/** Returns the figures; empty without Spin or a C compiler. Throws if the two store different states. */
export function spinFigures({ quick, rounds }: How): readonly Figure[] {
  if (!spinInstalled()) return [];
  return KINDS.flatMap((kind, at) =>
    (quick ? QUICK_SIZES : SIZES).flatMap((vectors) => {
      const problem = spinProblem(kind, vectors);
      const model = promela(problem, inNotation);
      if (!model.ok) throw new Error('the problem of the bench cannot be exported');
      const pan = verify(model.value.text, { optimise: '-O2', runs: RUNS, room: ROOM });
      // the first runs compile the code
      for (let warm = 0; warm < RUNS; warm++) timedSearch(problem);
      const { answer: ours } = timedSearch(problem);
      const searched = Array.from({ length: rounds }, () => timedSearch(problem));
      if (ours.states !== pan.states || ours.transitions !== pan.transitions) {
        throw new Error(
          `${ours.states} states and ${ours.transitions} lines, Spin ${pan.states} and ${pan.transitions}`,
        );
      }
      const panRate = pan.transitions / (pan.runMs / 1000);
      const what = `${kind}, ${vectors} vectors`;
      const rate = (name: string, spent: readonly number[]): Figure => {
        const rates = spent.map((seconds) => ours.transitions / seconds);
        return figureOf(name, '1/s', rates, comparedTo("Spin's pan", panRate, median(rates)));
      };
      const firsts = Array.from({ length: rounds }, () => firstSearch(at, vectors));
      return [
        rate(
          `search, ${what}, ${ours.states.toLocaleString('en-US')} states`,
          searched.map(({ seconds }) => seconds),
        ),
        rate(`first search of a process, ${what}`, firsts),
        figureOf(`memory of the search, ${what}`, 'MB', [ours.bytes / 2 ** 20]),
        figureOf(`Spin's pan, ${what}`, '1/s', [panRate]),
        figureOf(`building pan, ${what}`, 'ms', [pan.buildMs]),
      ];
    }),
  );
}

/** Returns the processor time in seconds of the first search of a process, in which V8 compiles. */
function firstSearch(kind: number, vectors: number): number {
  const script = join(import.meta.dirname, 'firstSearch.ts');
  const args = ['--import', 'tsx', script, String(kind), String(vectors)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}
