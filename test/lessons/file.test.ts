// Lesson files: a printed lesson reads back, and each problem names its place.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addProgress,
  mergeProgress,
  type Progress,
  parseProgress,
  printProgress,
} from '../../src/formats/lesson/progress.ts';
import { printLesson, readLesson } from '../../src/lessons/file.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { LessonBody } from '../../src/lessons/lesson.ts';
import { problemText } from '../../src/text/problem.ts';

const words = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((text) => /\S/.test(text));

/** Lessons that play: those of the page, with any words. */
const lesson: fc.Arbitrary<LessonBody> = fc
  .record({
    lesson: fc.constantFrom(...LESSONS),
    id: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
    title: words,
    about: fc.string({ maxLength: 60 }),
    say: fc.array(words, { minLength: 6, maxLength: 6 }),
    keep: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ lesson: { generation, script, steps }, id, title, about, say, keep }) => ({
    id,
    title,
    about,
    generation,
    script: script.trim(),
    steps: steps.slice(0, keep).map((step, at) => {
      const ask = say[at] ?? 'ask';
      if (step.kind === 'predict') return { ...step, ask, run: step.run.trim() };
      const { best: _, ...rest } = step;
      return { ...rest, ask, solution: step.solution.trim() };
    }),
  }));

test('a printed lesson parses to the same lesson', () => {
  fc.assert(
    fc.property(lesson, (made) => {
      expect(readLesson(printLesson(made))).toEqual({ ok: true, value: made });
    }),
    { numRuns: 60 },
  );
});

test('a printed lesson keeps reasons, notes, effort, conclusions and the place of a goal', () => {
  for (const { sequence: _, ...made } of LESSONS.slice(0, 3)) {
    const steps = made.steps.map((step) => {
      if (step.kind === 'predict') return { ...step, run: step.run.trim() };
      const { best: __, ...rest } = step;
      return { ...rest, solution: step.solution.trim(), where: 'wiring' as const };
    });
    const lesson: LessonBody = { ...made, script: made.script.trim(), steps };
    expect(readLesson(printLesson(lesson))).toEqual({ ok: true, value: lesson });
  }
});

test('rejects damaged text without throwing', () => {
  fc.assert(
    fc.property(lesson, fc.nat(), fc.nat(), (made, from, length) => {
      const text = printLesson(made);
      const cut = from % text.length;
      const read = readLesson(text.slice(0, cut) + text.slice(cut + 1 + (length % 40)));
      if (!read.ok)
        for (const problem of read.problems) expect(problemText(problem).length).toBeGreaterThan(10);
    }),
    { numRuns: 100 },
  );
});

const put = (target: object, key: PropertyKey, value: unknown) => void Reflect.set(target, key, value);

/** Returns the problems of a changed lesson. */
function wrong(
  change: (file: Record<string, unknown> & { steps: Record<string, unknown>[] }) => void,
): readonly string[] {
  const [first] = LESSONS;
  if (first === undefined) throw new Error('no lesson');
  const file = JSON.parse(printLesson(first));
  change(file);
  const read = readLesson(JSON.stringify(file));
  return read.ok ? [] : read.problems.map(problemText);
}

describe('names the place of', () => {
  test.each<[string, Parameters<typeof wrong>[0], RegExp]>([
    [
      'a script',
      (file) => put(file, 'script', 'device nvme\nset_irqs msix trigger evntfd 0 [1]'),
      /line 2, column 23, script/,
    ],
    ['a device', (file) => put(file, 'script', 'device toaster'), /device: expected a device/],
    [
      'a line of a step',
      (file) => put(file.steps, 0, { ...file.steps[0], run: 'raise x' }),
      /line 1, column 7, steps.0.run/,
    ],
    [
      'a predicate',
      (file) => put(file.steps, 2, { ...file.steps[2], goal: 'attached 1 and purple' }),
      /column 16, steps.2.goal: .* found purple/,
    ],
    ['a kind', (file) => put(file.steps, 0, { ...file.steps[0], kind: 'guess' }), /steps.0.kind/],
    [
      'an unknown release',
      (file) => put(file.steps, 0, { ...file.steps[0], release: '4.4' }),
      /steps.0.release/,
    ],
    [
      'a release beside a generation',
      (file) => put(file.steps, 0, { ...file.steps[0], release: '7.3', generation: 'v3' }),
      /steps.0.release: expected a generation or a release, not both, found 7.3/,
    ],
    [
      'an unknown place',
      (file) => put(file.steps, 2, { ...file.steps[2], where: 'kitchen' }),
      /steps.2.where: expected .*"composer"/,
    ],
    ['a field', (file) => put(file, 'colour', 'red'), /colour/],
    ['a version', (file) => put(file, 'version', 2), /version: expected 1, found 2/],
    ['an empty list of steps', (file) => put(file, 'steps', []), /steps: expected at least one step/],
    [
      'a prediction without a right answer',
      (file) =>
        put(file.steps, 0, {
          ...file.steps[0],
          choices: [
            { text: 'a', holds: 'irqs 7' },
            { text: 'b', holds: 'irqs 6' },
          ],
        }),
      /steps.0: expected exactly one right answer/,
    ],
    [
      'a prediction with two right answers',
      (file) =>
        put(file.steps, 0, {
          ...file.steps[0],
          choices: [
            { text: 'a', holds: 'irqs 2' },
            { text: 'b', holds: 'enabled' },
          ],
        }),
      /exactly one right answer .*, found 2/,
    ],
    [
      'a goal that is true before the solution',
      (file) => put(file.steps, 2, { ...file.steps[2], goal: 'enabled' }),
      /steps.2: expected a goal that is false/,
    ],
    [
      'a solution that misses the goal',
      (file) => put(file.steps, 2, { ...file.steps[2], solution: 'raise 0' }),
      /steps.2: expected a solution that reaches/,
    ],
  ])('%s', (_, change, told) => {
    expect(wrong(change).join('\n')).toMatch(told);
  });
});

const progress: fc.Arbitrary<Progress> = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,3}-[a-z]{1,3}$/),
  fc.array(
    fc.record(
      {
        done: fc.boolean(),
        right: fc.boolean(),
        first: fc.nat({ max: 7 }),
        used: fc.nat({ max: 9 }),
        tries: fc.nat({ max: 9 }),
        hinted: fc.boolean(),
        helped: fc.boolean(),
      },
      { requiredKeys: ['done'] },
    ),
    { maxLength: 4 },
  ),
  { noNullPrototype: true },
);

test('printed progress parses to the same progress, and merging keeps the better results', () => {
  fc.assert(
    fc.property(progress, progress, (a, b) => {
      expect(parseProgress(printProgress(a))).toEqual({ ok: true, value: a });
      const both = mergeProgress(a, b);
      for (const [id, steps] of Object.entries({ ...a, ...b }))
        steps.forEach((step, at) => {
          if (step.done) expect(both[id]?.[at]?.done).toBe(true);
          if (step.used !== undefined) expect(both[id]?.[at]?.used).toBeLessThanOrEqual(step.used);
          expect(both[id]?.[at]?.tries ?? 0).toBeGreaterThanOrEqual(step.tries ?? 0);
          if (step.hinted === true) expect(both[id]?.[at]?.hinted).toBe(true);
          if (step.helped === true) expect(both[id]?.[at]?.helped).toBe(true);
        });
    }),
  );
  const broken = parseProgress('{"irqscope":"progress","version":1,"lessons":{"a":[{"done":1}]}}');
  expect(broken.ok ? '' : broken.problems.map(problemText)[0]).toContain('lessons.a.0.done');
});

test('a try adds to the tries, and the first answer stays', () => {
  const once = addProgress({}, 'a', 1, { done: true, right: false, first: 2, tries: 1 });
  const twice = addProgress(once, 'a', 1, { done: true, right: true, first: 0, tries: 1 });
  expect(twice['a']).toEqual([{ done: false }, { done: true, right: false, first: 2, tries: 2 }]);
  expect(addProgress(twice, 'a', 1, { done: false, hinted: true })['a']?.[1]).toEqual({
    done: true,
    right: false,
    first: 2,
    tries: 2,
    hinted: true,
  });
});

test('progress of a page that counted no tries is readable', () => {
  const old =
    '{"irqscope":"progress","version":1,"lessons":{"a":[{"done":true,"right":false},{"done":true,"used":2}]}}';
  expect(parseProgress(old)).toEqual({
    ok: true,
    value: {
      a: [
        { done: true, right: false },
        { done: true, used: 2 },
      ],
    },
  });
});
