// Courses: a printed course reads back, each problem names its place, and the progress of a course is its own.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Course,
  courseId,
  courseMinutes,
  courseProgress,
  isBuiltIn,
  moved,
  nextInCourse,
  progressKey,
} from '../../src/lessons/course.ts';
import { printCourse, readCourse } from '../../src/lessons/courseFile.ts';
import { printLesson } from '../../src/lessons/file.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { LessonBody } from '../../src/lessons/lesson.ts';
import { type OwnItem, printItems, readOwn, withItem } from '../../src/lessons/own.ts';
import { problemText } from '../../src/text/problem.ts';

const words = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((text) => /\S/.test(text));

/** A lesson that is not built in: it prints as a whole file. */
const ownLesson: fc.Arbitrary<LessonBody> = fc
  .record({
    lesson: fc.constantFrom(...LESSONS),
    id: fc.stringMatching(/^own-[a-z]{1,6}$/),
    title: words,
  })
  .map(({ lesson, id, title }) => {
    const { sequence: _, ...body } = lesson;
    const steps = lesson.steps.map((step) => {
      if (step.kind === 'predict') return { ...step, run: step.run.trim() };
      const { best: __, ...rest } = step;
      return { ...rest, solution: step.solution.trim() };
    });
    return { ...body, id, title, script: lesson.script.trim(), steps };
  });

const course: fc.Arbitrary<Course> = fc.record({
  id: fc.stringMatching(/^[a-z0-9-]{1,30}$/),
  title: words,
  about: fc.string({ maxLength: 60 }),
  assignment: fc.boolean(),
  lessons: fc.uniqueArray(fc.oneof(fc.constantFrom<LessonBody>(...LESSONS), ownLesson), {
    minLength: 1,
    maxLength: 4,
    selector: ({ id }) => id,
  }),
});

const made = (lessons: readonly LessonBody[], id = 'a-course'): Course => ({
  id,
  title: 'A course',
  about: '',
  assignment: false,
  lessons,
});

const [first, second, third] = LESSONS;
if (first === undefined || second === undefined || third === undefined) throw new Error('too few lessons');

test('a printed course parses to the same course, with the built-in lessons of the page', () => {
  fc.assert(
    fc.property(course, (one) => {
      const read = readCourse(printCourse(one));
      expect(read).toEqual({ ok: true, value: one });
      if (read.ok)
        read.value.lessons.forEach((lesson, at) => {
          const given = one.lessons[at];
          expect(isBuiltIn(lesson)).toBe(given !== undefined && isBuiltIn(given));
        });
    }),
    { numRuns: 40 },
  );
});

test('damaged text never throws', () => {
  fc.assert(
    fc.property(course, fc.nat(), fc.nat({ max: 40 }), (one, from, length) => {
      const text = printCourse(one);
      const cut = from % text.length;
      const read = readCourse(text.slice(0, cut) + text.slice(cut + 1 + length));
      if (!read.ok) for (const problem of read.problems) expect(problemText(problem)).toMatch(/expected .+/);
    }),
    { numRuns: 60 },
  );
});

describe('a problem names its place', () => {
  const file = (change: object) =>
    JSON.stringify({ irqscope: 'course', version: 1, id: 'a', title: 'A', lessons: [first.id], ...change });
  const broken = { ...JSON.parse(printLesson({ ...first, id: 'own' })), steps: [] };
  test.each<[string, string, RegExp]>([
    ['not JSON', 'x', /^file: expected a course in JSON, found /],
    ['an empty title', file({ title: ' ' }), /^title: expected text other than spaces/],
    ['an id with spaces', file({ id: 'a b' }), /^id: expected 1 to 30 letters a to z/],
    ['no lesson', file({ lessons: [] }), /^lessons: expected at least one lesson/],
    [
      'an unknown lesson',
      file({ lessons: ['nix'] }),
      /^lessons\.0: expected the id of a built-in lesson, found "nix"/,
    ],
    [
      'a number as a lesson',
      file({ lessons: [first.id, 7] }),
      /^lessons\.1: expected the id of a built-in lesson, or a lesson file/,
    ],
    [
      'a broken lesson',
      file({ lessons: [first.id, broken] }),
      /^lessons\.1\.steps: expected at least one step/,
    ],
    [
      'a lesson twice',
      file({ lessons: [first.id, first.id] }),
      /^lessons\.1: expected a lesson whose id no earlier lesson has/,
    ],
    ['a newer version', file({ version: 2 }), /^version: expected 1, found 2/],
    ['an unknown field', file({ teacher: 'x' }), /^teacher: expected never/],
  ])('%s', (_name, text, expected) => {
    const read = readCourse(text);
    expect(read.ok ? 'no problem' : problemText(read.problems[0])).toMatch(expected);
  });
});

test('progress in a course is apart from progress outside of it and in other courses', () => {
  const one = made([first, second]);
  const all = first.steps.map(() => ({ done: true }));
  expect(courseProgress(one, { [first.id]: all })).toEqual({
    finished: [false, false],
    count: 0,
    next: first,
  });
  const progress = { [progressKey(first, one)]: all };
  expect(courseProgress(one, progress)).toEqual({ finished: [true, false], count: 1, next: second });
  expect(courseProgress(made([first], 'b-course'), progress).count).toBe(0);
  const finished = { ...progress, [progressKey(second, one)]: second.steps.map(() => ({ done: true })) };
  expect(courseProgress(one, finished).next).toBeNull();
});

test('the lesson after another one is the next unfinished one, at the end an earlier one', () => {
  const one = made([first, second, third]);
  const done = (lesson: LessonBody) => ({
    [progressKey(lesson, one)]: lesson.steps.map(() => ({ done: true })),
  });
  expect(nextInCourse(one, {}, first)).toBe(second);
  expect(nextInCourse(one, done(second), first)).toBe(third);
  expect(nextInCourse(one, done(third), third)).toBe(first);
  expect(nextInCourse(one, { ...done(first), ...done(second), ...done(third) }, first)).toBeNull();
});

test('the progress key of every lesson fits into kept progress', () => {
  const long = { ...first, id: 'x'.repeat(60) };
  expect(progressKey(long, { id: 'y'.repeat(30) }).length).toBeLessThanOrEqual(100);
});

test('the minutes of a course are the sum of its lessons', () => {
  const timed = (minutes: number) => ({ ...first, minutes });
  expect(courseMinutes(made([timed(4), timed(7)]))).toBe(11);
});

test('moving an entry keeps the others in their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(), { minLength: 1 }),
      fc.nat({ max: 12 }),
      fc.integer({ min: -3, max: 12 }),
      (list, from, to) => {
        const now = moved(list, from, to);
        expect([...now].sort()).toEqual([...list].sort());
        const entry = list[from];
        if (entry === undefined) expect(now).toEqual(list);
        else expect(now.filter((one) => one !== entry)).toEqual(list.filter((one) => one !== entry));
      },
    ),
  );
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
});

test('the id of a course is an accepted one for every title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (title) => {
      expect(courseId(title, 'ab12')).toMatch(/^[a-z0-9-]{1,30}$/);
    }),
  );
});

describe('my lessons', () => {
  const item: fc.Arbitrary<OwnItem> = fc
    .record({
      from: fc.constantFrom('made' as const, 'link' as const, 'file' as const),
      day: fc.integer({ min: 10, max: 28 }),
      thing: fc.oneof(ownLesson, course),
    })
    .map(({ from, day, thing }) => {
      const date = `2026-11-${day}`;
      return 'lessons' in thing
        ? { kind: 'course', from, date, course: thing }
        : { kind: 'lesson', from, date, lesson: thing };
    });

  test('are read back as they were kept', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), (items) => {
        expect(readOwn(printItems(items))).toEqual({ items, unread: null, problems: [] });
      }),
      { numRuns: 20 },
    );
  });

  const own: OwnItem = { kind: 'course', from: 'made', date: '2026-11-30', course: made([first]) };

  test('an unreadable item is set aside, and the others stay', () => {
    const text = printItems([own]);
    const bad = { kind: 'lesson', from: 'link', date: '2026-11-30', text: '{}' };
    const both = JSON.parse(text);
    both.items.push(bad);
    const read = readOwn(JSON.stringify(both));
    expect(read.items).toEqual([own]);
    expect(read.problems).toEqual([expect.stringMatching(/^items\.1: /)]);
    expect(JSON.parse(read.unread ?? '').items).toEqual([bad]);
  });

  test('an unreadable list is set aside whole', () => {
    expect(readOwn('{"irqscope":"own"')).toMatchObject({ items: [], unread: '{"irqscope":"own"' });
  });

  test('a newer version replaces the older one, and an opened course never a made one', () => {
    const newer: OwnItem = { ...own, course: { ...own.course, title: 'Newer' } };
    expect(withItem([own], newer)).toEqual([newer]);
    const opened: OwnItem = { ...newer, from: 'link' };
    expect(withItem([own], opened)).toEqual([opened, own]);
  });
});
