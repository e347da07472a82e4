// Measures the explorer and, in the same run, the naive search of the tests. The alphabet is that of the comparison with other
// engines (blocks of 1 and 2; descriptors −1, two good ones and a bad one; disable), on MSI-X of Linux 6.5 and later.

import { alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { questionById } from '../../src/explore/questions.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { naiveSearch } from '../explore/naive.ts';
import { answerOf, sideOf } from '../explore/problems.ts';
import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { median } from './statistics.ts';

const NOTHING_MORE = {
  originals: true,
  messages: true,
  fixed: true,
  numbers: true,
  descriptors: true,
  amounts: true,
};

function posed(vectors: number, raise: boolean, maxStates: number): Problem {
  const question = questionById('count-states');
  if (!question.ok) throw new Error('no question');
  const spec = { ...USUAL_ALPHABET, vectors, goodFds: 2, disable: true, raise };
  const { setUp, lines } = alphabetOf(spec);
  const sides = [sideOf(generation('dynamic'), spec, {}, setUp)] as const;
  return { sides, alphabet: lines, question: question.value, bounds: { maxDepth: null, maxStates } };
}

/** Returns the transitions per second of processing, and the answer. */
function timed<T extends { readonly transitions: number }>(body: () => T): { answer: T; rate: number } {
  const begin = performance.now();
  const answer = body();
  return { answer, rate: (answer.transitions / (performance.now() - begin)) * 1000 };
}

const count = (value: number) => value.toLocaleString('en-US');

function named({ states, transitions }: Answer): string {
  return `${count(states)} states, ${count(transitions)} transitions`;
}

const VECTORS = [3, 4, 5, 6];
const QUICK_VECTORS = [3, 4];
/** Vectors of the search with raises, the largest one. */
const RAISED = 6;
const QUICK_RAISED = 4;

/** Returns the figures of the explorer. The searches and the naive one take turns. */
export async function benchExplore({ quick, rounds }: How): Promise<readonly Figure[]> {
  const largest = quick ? QUICK_RAISED : RAISED;
  const searches = [
    ...(quick ? QUICK_VECTORS : VECTORS).map((vectors) => ({
      name: `search, ${vectors} vectors`,
      problem: () => posed(vectors, false, 10_000_000),
    })),
    { name: `search, ${largest} vectors with raise`, problem: () => posed(largest, true, 1_000_000) },
  ].map((one) => ({ ...one, answers: [] as Answer[], rates: [] as number[] }));
  const naiveRates: number[] = [];
  // the first search also compiles the code
  answerOf(posed(3, false, 10_000_000));
  for (let round = 0; round < rounds; round++) {
    // the naive search would need a minute for a whole search, so it gets only its first states
    naiveRates.push(timed(() => naiveSearch(posed(5, false, 600), NOTHING_MORE)).rate);
    for (const { problem, answers, rates } of searches) {
      const { answer, rate } = timed(() => answerOf(problem()));
      answers.push(answer);
      rates.push(rate);
    }
  }
  const naiveRate = median(naiveRates);
  const megabytes = searches.at(-1)?.answers.map(({ bytes }) => bytes / 2 ** 20) ?? [];
  return [
    figureOf('naive search, 5 vectors: transitions', '1/s', naiveRates),
    ...searches.map(({ name, answers: [answer], rates }) =>
      figureOf(
        answer === undefined ? name : `${name}, ${named(answer)}`,
        '1/s',
        rates,
        comparedTo('the naive search', naiveRate, median(rates)),
      ),
    ),
    figureOf('its memory', 'MB', megabytes),
  ];
}
