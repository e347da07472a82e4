// Measures the explorer and, in the same run, the naive search of the tests. The alphabet is that of the comparison with other
// engines (blocks of 1 and 2; descriptors −1, two good ones and a bad one; disable), on MSI-X of Linux 6.5 and later.

import { alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { questionById } from '../../src/explore/questions.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { naiveSearch } from '../explore/naive.ts';
import { answerOf, sideOf } from '../explore/problems.ts';
import { comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';

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

function timed<T>(body: () => T): { readonly value: T; readonly seconds: number } {
  const begin = performance.now();
  const value = body();
  return { value, seconds: (performance.now() - begin) / 1000 };
}

function named({ states, transitions }: Answer): string {
  return `${states.toLocaleString('en-US')} states, ${transitions.toLocaleString('en-US')} transitions`;
}

/** Returns the figures of the explorer. */
export function benchExplore(): readonly Figure[] {
  const figures: Figure[] = [];
  // the naive search would need a minute for the last row, which takes a second, so it gets only its first states
  const few = posed(5, false, 600);
  const naive = timed(() => naiveSearch(few, NOTHING_MORE));
  const naiveRate = naive.value.transitions / naive.seconds;
  figures.push({ name: 'naive search, 5 vectors: transitions', value: naiveRate, unit: '1/s' });
  for (const vectors of [3, 4, 5, 6]) {
    const { value: answer, seconds } = timed(() => answerOf(posed(vectors, false, 10_000_000)));
    figures.push({
      name: `search, ${vectors} vectors, ${named(answer)}`,
      value: answer.transitions / seconds,
      unit: '1/s',
      ...comparedTo('the naive search', naiveRate, answer.transitions / seconds),
    });
  }
  const { value: answer, seconds } = timed(() => answerOf(posed(6, true, 1_000_000)));
  figures.push(
    {
      name: `search, 6 vectors with raise, ${named(answer)}`,
      value: answer.transitions / seconds,
      unit: '1/s',
      ...comparedTo('the naive search', naiveRate, answer.transitions / seconds),
    },
    { name: 'its memory', value: answer.bytes / 2 ** 20, unit: 'MB' },
  );
  return figures;
}
