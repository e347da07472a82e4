// The score of a lesson, the step to continue at, and the next lesson.
import { expect, test } from 'vitest';
import type { Progress } from '../../src/formats/lesson/progress.ts';
import { letterOf, notQuite } from '../../src/lessons/answers.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import {
  firstLeft,
  firstUnfinished,
  isBegun,
  isFinished,
  lessonAfter,
  scoreOf,
  scoreParts,
} from '../../src/lessons/score.ts';

const [first, second, ...rest] = LESSONS;
if (first === undefined || second === undefined) throw new Error('no lessons');

/** Progress in which every step of these lessons is done. */
function finished(...ids: readonly string[]): Progress {
  return Object.fromEntries(
    LESSONS.filter(({ id }) => ids.includes(id)).map(({ id, steps }) => [
      id,
      steps.map(() => ({ done: true })),
    ]),
  );
}

test('counts first answers, reached goals and the lines against the best', () => {
  const made = [
    { done: true, right: true },
    { done: true, right: false },
    { done: true, used: 2 },
  ];
  expect(scoreOf(first, made)).toEqual({
    done: 3,
    steps: 3,
    right: 1,
    answered: 2,
    reached: 1,
    shown: 0,
    goals: 1,
    lines: { used: 2, best: 1 },
  });
  expect(scoreParts(first, made)).toEqual([
    '1 of 2 predictions right at the first try',
    '1 of 1 goal reached',
    '2 lines used, shortest 1',
  ]);
  expect(scoreParts(first, made.slice(0, 1))).toEqual([
    '1 of 3 steps done',
    '1 of 2 predictions right at the first try',
    '0 of 1 goal reached',
  ]);
});

test('a shown solution ends a step without reaching its goal', () => {
  const made = [
    { done: true, right: true },
    { done: true, right: true },
    { done: false, helped: true },
  ];
  expect(isFinished(first, made)).toBe(true);
  expect(scoreParts(first, made)).toContain('0 of 1 goal reached, 1 with the solution shown');
});

test('a begun lesson continues at its first step that is left; a hint alone begins none', () => {
  expect([isBegun([]), firstLeft(first, [])]).toEqual([false, 0]);
  expect(isBegun([{ done: false, hinted: true }])).toBe(false);
  expect([isBegun([{ done: true }]), firstLeft(first, [{ done: true }])]).toEqual([true, 1]);
  expect(firstLeft(first, [{ done: true }, { done: false }, { done: true }])).toBe(1);
});

test('the next lesson is the following one that is not finished, else the first one that is not', () => {
  expect(firstUnfinished({})).toBe(first);
  expect(lessonAfter(first, finished(first.id))).toBe(second);
  expect(lessonAfter(first, finished(first.id, second.id))).toBe(rest[0]);
  const last = LESSONS.at(-1) ?? expect.fail('no last lesson');
  expect(lessonAfter(last, finished(last.id))).toBe(first);
  expect(lessonAfter(last, finished(...LESSONS.map(({ id }) => id)))).toBeNull();
  expect(lessonAfter(first, finished(...LESSONS.slice(1).map(({ id }) => id)))).toBeNull();
  // a lesson from a file has no place in the list
  expect(lessonAfter({ ...first }, {})).toBeNull();
});

test('answers have letters, and a wrong one its reason', () => {
  expect([0, 1, 7].map(letterOf)).toEqual(['A', 'B', 'H']);
  const step = first.steps[0];
  if (step?.kind !== 'predict') throw new Error('no prediction');
  expect(notQuite(step, 0)).toMatch(/^Not quite\. vfio_msi_enable\(\) asks pci_alloc_irq_vectors\(\)/);
  expect(notQuite({ ...step, choices: [{ text: 'a', holds: 'fails' }] }, 0)).toBe('Not quite.');
});
