// Compares the search with Spin's verifier on the exported model of the same problem, in one run. Both store the same states;
// the figure is lines tried per second of processor time, which includes the threads of V8's collector and compiler. Building
// the verifier (spin and gcc -O2) is a separate figure.

import { promela } from '../../src/explore/export/promela.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { explore } from '../../src/explore/search.ts';
import { inNotation, problemOf } from '../explore/exported.ts';
import { spinInstalled, verify } from '../explore/pan.ts';
import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { median } from './statistics.ts';

/** Vector counts of the problems: descriptors −1, two good, one bad, blocks of 1 and 2, raise and disable, dynamic. */
const SIZES = [4, 5, 6];
const QUICK_SIZES = [4, 5];

/** Returns the figures; empty without Spin or a C compiler. Throws if the two store different states. */
export function spinFigures({ quick, rounds }: How): readonly Figure[] {
  if (!spinInstalled()) return [];
  // the first search also compiles the code
  searched(problemOf('dynamic', { vectors: 4, goodFds: 2, raise: true, disable: true }));
  return (quick ? QUICK_SIZES : SIZES).flatMap((vectors) => figuresOf(vectors, rounds));
}

/** The two sides take turns. */
function figuresOf(vectors: number, rounds: number): readonly Figure[] {
  const problem = problemOf('dynamic', { vectors, goodFds: 2, raise: true, disable: true });
  const model = promela(problem, inNotation);
  if (!model.ok) throw new Error('the problem of the bench cannot be exported');
  const rates: number[] = [];
  const panRates: number[] = [];
  const builds: number[] = [];
  let states = 0;
  for (let round = 0; round < rounds; round++) {
    const pan = verify(model.value.text, { optimise: '-O2' });
    const { answer: ours, seconds } = searched(problem);
    if (ours.states !== pan.states || ours.transitions !== pan.transitions) {
      throw new Error(
        `${ours.states} states and ${ours.transitions} lines, Spin ${pan.states} and ${pan.transitions}`,
      );
    }
    states = ours.states;
    rates.push(ours.transitions / seconds);
    panRates.push(pan.transitions / (pan.runMs / 1000));
    builds.push(pan.buildMs);
  }
  const name = `${vectors} vectors, ${states.toLocaleString('en-US')} states`;
  return [
    figureOf(`search, ${name}`, '1/s', rates, comparedTo("Spin's pan", median(panRates), median(rates))),
    figureOf(`Spin's pan, ${name}`, '1/s', panRates),
    figureOf(`building pan, ${vectors} vectors`, 'ms', builds),
  ];
}

/** Returns the answer and the processor time of one search. */
function searched(problem: Problem): { readonly answer: Answer; readonly seconds: number } {
  const begin = process.cpuUsage();
  const search = explore(problem);
  let step = search.next();
  while (step.done !== true) step = search.next();
  const { user, system } = process.cpuUsage(begin);
  return { answer: step.value, seconds: (user + system) / 1e6 };
}
