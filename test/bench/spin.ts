// Compares the search with Spin's verifier on the exported model of the same problem, in one run. Both store the same states;
// the figure is lines tried per second of processor time, which includes the threads of V8's collector and compiler. Building
// the verifier (spin and gcc -O2) is a separate figure.

import { promela } from '../../src/explore/export/promela.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { explore } from '../../src/explore/search.ts';
import { inNotation, problemOf } from '../explore/exported.ts';
import { spinInstalled, verify } from '../explore/pan.ts';
import { comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';

/** Vector counts of the problems: descriptors −1, two good, one bad, blocks of 1 and 2, raise and disable, dynamic. */
const SIZES = [4, 5, 6];
const QUICK_SIZES = [4, 5];
/** Number of runs of each side; the fastest one counts. */
const RUNS = 3;

/** Returns the figures; empty without Spin or a C compiler. Throws if the two store different states. */
export function spinFigures(quick: boolean): readonly Figure[] {
  if (!spinInstalled()) return [];
  return (quick ? QUICK_SIZES : SIZES).flatMap((vectors) => {
    const problem = problemOf('dynamic', { vectors, goodFds: 2, raise: true, disable: true });
    const model = promela(problem, inNotation);
    if (!model.ok) throw new Error('the problem of the bench cannot be exported');
    const pan = verify(model.value.text, { optimise: '-O2', runs: RUNS });
    const { answer: ours, seconds } = quickest(problem);
    if (ours.states !== pan.states || ours.transitions !== pan.transitions) {
      throw new Error(
        `${ours.states} states and ${ours.transitions} lines, Spin ${pan.states} and ${pan.transitions}`,
      );
    }
    const [rate, panRate] = [ours.transitions / seconds, pan.transitions / (pan.runMs / 1000)];
    const name = `${vectors} vectors, ${ours.states.toLocaleString('en-US')} states`;
    return [
      { name: `search, ${name}`, value: rate, unit: '1/s', ...comparedTo("Spin's pan", panRate, rate) },
      { name: `Spin's pan, ${name}`, value: panRate, unit: '1/s' },
      { name: `building pan, ${vectors} vectors`, value: pan.buildMs, unit: 'ms' },
    ];
  });
}

function quickest(problem: Problem): { readonly answer: Answer; readonly seconds: number } {
  let best: { answer: Answer; seconds: number } | null = null;
  for (let i = 0; i < RUNS; i++) {
    const begin = process.cpuUsage();
    const search = explore(problem);
    let step = search.next();
    while (step.done !== true) step = search.next();
    const { user, system } = process.cpuUsage(begin);
    const seconds = (user + system) / 1e6;
    if (best === null || seconds < best.seconds) best = { answer: step.value, seconds };
  }
  if (best === null) throw new Error('no run');
  return best;
}
