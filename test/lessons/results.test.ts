// Results of learners: files that read back, comma-separated values, and the table of a class.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printCsv } from '../../src/formats/results/csv.ts';
import { parseResults, printResults, type Results, type StepResult } from '../../src/formats/results/file.ts';
import { cellText, classCsv, classTable, duplicateOf, sortedRows } from '../../src/lessons/classResults.ts';
import { progressKey } from '../../src/lessons/course.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { resultsCsv, resultsOf } from '../../src/lessons/results.ts';
import { problemText } from '../../src/text/problem.ts';

/** Reads comma-separated values by the grammar of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"/y;
    const bare = /[^",\r\n]*/y;
    quoted.lastIndex = at;
    bare.lastIndex = at;
    const found = quoted.exec(text);
    const read = found ?? bare.exec(text);
    row.push(found?.[1] === undefined ? (read?.[0] ?? '') : found[1].replaceAll('""', '"'));
    at += read?.[0].length ?? 0;
    if (text[at] === ',') at++;
    else if (text.slice(at, at + 2) === '\r\n') {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`character ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  return rows;
}

describe('comma-separated values', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', '+1', '-1', '@x', '\tx', '\rx', 'a,b', 'a"b', 'a\r\nb', ' =1'),
    fc.nat(),
  );

  test('read back as the same rows, with an apostrophe before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (rows) => {
        const read = readCsv(printCsv(rows));
        expect(read).toEqual(
          rows.map((row) => row.map((one) => (/^[=+\-@\t\r]/.test(`${one}`) ? `'${one}` : `${one}`))),
        );
        for (const one of read.flat()) expect(one).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

const text = fc.string({ maxLength: 30, unit: 'grapheme' });
const step: fc.Arbitrary<StepResult> = fc.oneof(
  fc.record({
    kind: fc.constant('predict' as const),
    ask: text,
    done: fc.boolean(),
    tries: fc.nat({ max: 9 }),
    answer: fc.option(fc.record({ letter: fc.constantFrom('A', 'B', 'C'), text })),
    right: fc.option(fc.boolean()),
  }),
  fc.record({
    kind: fc.constant('do' as const),
    ask: text,
    done: fc.boolean(),
    tries: fc.nat({ max: 9 }),
    used: fc.option(fc.nat({ max: 20 })),
    hinted: fc.boolean(),
    helped: fc.boolean(),
  }),
);
const results: fc.Arbitrary<Results> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((name) => /\S/.test(name)),
  date: fc.constantFrom('2026-11-29', '2026-11-30'),
  course: fc.option(fc.record({ id: fc.stringMatching(/^[a-z]{1,5}$/), title: text })),
  lessons: fc.array(
    fc.record({
      id: fc.stringMatching(/^[a-z]{1,5}$/),
      title: text,
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

test('printed results parse to the same results', () => {
  fc.assert(
    fc.property(results, (made) => {
      expect(parseResults(printResults(made))).toEqual({ ok: true, value: made });
    }),
  );
});

describe('a problem of a results file names its place', () => {
  const good: Results = {
    name: 'Ada',
    date: '2026-11-30',
    course: null,
    lessons: [
      {
        id: 'ebadf',
        title: 'EBADF',
        steps: [{ kind: 'predict', ask: 'Which state?', done: true, tries: 1, answer: null, right: true }],
      },
    ],
  };
  const changed = (from: string, to: string) => printResults(good).replace(from, to);
  test.each<[string, string, RegExp]>([
    ['not JSON', 'Ada', /^file: expected results in JSON/],
    ['no name', changed('"Ada"', '" "'), /^name: expected text other than spaces/],
    ['a day that is none', changed('2026-11-30', '30 Nov'), /^date: expected a day such as 2026-11-30/],
    [
      'negative tries',
      changed('"tries": 1', '"tries": -1'),
      /^lessons\.0\.steps\.0\.tries: expected at least 0/,
    ],
    ['an unknown kind', changed('"predict"', '"guess"'), /^lessons\.0\.steps\.0\.kind: expected /],
    ['another file', '{"irqscope":"progress"}', /^irqscope: expected "results"/],
  ])('%s', (_name, content, expected) => {
    const read = parseResults(content);
    expect(read.ok ? 'no problem' : problemText(read.problems[0])).toMatch(expected);
  });
});

const lesson = LESSONS.find(({ id }) => id === 'ebadf') ?? expect.fail('no lesson');
const [ask, goal] = lesson.steps;
if (ask?.kind !== 'predict' || goal?.kind !== 'do') throw new Error('another lesson');
const answerOf = (choice: number) => ask.choices[choice]?.text ?? '';

test('results have the first answer with its letter, the tries, hints and lines', () => {
  const progress = {
    [progressKey(lesson, null)]: [
      { done: true, right: false, first: 2, tries: 3 },
      { done: true, used: 1, tries: 2, hinted: true },
    ],
  };
  const made = resultsOf({ lesson }, progress, ' Ada ', '2026-11-30');
  expect(made).toEqual({
    name: 'Ada',
    date: '2026-11-30',
    course: null,
    lessons: [
      {
        id: 'ebadf',
        title: lesson.title,
        steps: [
          {
            kind: 'predict',
            ask: ask.ask,
            done: true,
            tries: 3,
            answer: { letter: 'C', text: answerOf(2) },
            right: false,
          },
          { kind: 'do', ask: goal.ask, done: true, tries: 2, used: 1, hinted: true, helped: false },
        ],
      },
    ],
  });
  const [, one, two] = readCsv(resultsCsv(made));
  expect(one?.slice(6)).toEqual(['prediction', ask.ask, 'C', answerOf(2), 'no', '3', '', '', '']);
  expect(two?.slice(6)).toEqual(['goal', goal.ask, '', '', 'yes', '2', 'yes', 'no', '1']);
});

test('results of a course are those of the progress inside the course', () => {
  const course = { id: 'c', title: 'C', about: '', assignment: true, lessons: [lesson] };
  const done = [{ done: true, right: true, first: 1, tries: 1 }];
  const outside = resultsOf({ course }, { [lesson.id]: done }, 'Ada', '2026-11-30');
  expect(outside.lessons[0]?.steps[0]).toMatchObject({ done: false, answer: null, right: null });
  const inside = resultsOf({ course }, { [progressKey(lesson, course)]: done }, 'Ada', '2026-11-30');
  expect(inside.course).toEqual({ id: 'c', title: 'C' });
  expect(inside.lessons[0]?.steps[0]).toMatchObject({ done: true, answer: { letter: 'B' }, right: true });
});

describe('the table of a class', () => {
  const of = (name: string, first: number, date = '2026-11-30', steps = {}): Results =>
    resultsOf(
      { lesson },
      {
        ebadf: [
          { done: true, right: first === 1, first, tries: 1 },
          { done: false, ...steps },
        ],
      },
      name,
      date,
    );
  const files = [
    { file: 'a.json', results: of('Grace', 0) },
    { file: 'b.json', results: of('ada', 1, '2026-11-29', { done: true, used: 2, tries: 1 }) },
    { file: 'c.json', results: of('Edsger', 2) },
    { file: 'd.json', results: of('Barbara', 0, '2026-11-30', { helped: true }) },
  ];
  const table = classTable(files);

  test('has a row for each learner and a column for each step', () => {
    expect(table.columns.map(({ step: at, ask: said }) => [at, said])).toEqual([
      [1, ask.ask],
      [2, goal.ask],
    ]);
    expect(table.rows.map(({ name, right, taken }) => [name, right, taken])).toEqual([
      ['Grace', 0, 1],
      ['ada', 2, 2],
      ['Edsger', 0, 1],
      ['Barbara', 0, 2],
    ]);
    expect(table.rows.map(({ cells }) => cells.map(cellText))).toEqual([
      ['A, wrong', ''],
      ['B, right', 'reached, 2 lines'],
      ['C, wrong', ''],
      ['A, wrong', 'solution shown'],
    ]);
  });

  test('names the share right and the most frequent wrong answer of each question', () => {
    expect(table.summaries).toEqual([
      { taken: 4, right: 1, commonWrong: { letter: 'A', text: answerOf(0), count: 2 } },
      { taken: 2, right: 1, commonWrong: null },
    ]);
  });

  test('sorts by each column, and in the other direction', () => {
    const names = (by: Parameters<typeof sortedRows>[1], down = false) =>
      sortedRows(table.rows, by, down).map(({ name }) => name);
    expect(names('name')).toEqual(['ada', 'Barbara', 'Edsger', 'Grace']);
    expect(names('date')[0]).toBe('ada');
    expect(names('right', true)[0]).toBe('ada');
    expect(names(0, true)).toEqual(['ada', 'Grace', 'Edsger', 'Barbara']);
    expect(names(1)).toEqual(['Grace', 'Edsger', 'Barbara', 'ada']);
  });

  test('finds a file with the same name, lesson and day', () => {
    expect(duplicateOf(of(' grace ', 1), files)?.file).toBe('a.json');
    expect(duplicateOf(of('Grace', 0, '2026-12-01'), files)).toBeNull();
    const other = LESSONS.find(({ id }) => id === 'gap') ?? expect.fail('no lesson');
    expect(duplicateOf(resultsOf({ lesson: other }, {}, 'Grace', '2026-11-30'), files)).toBeNull();
  });

  test('a file of another lesson adds columns, and its rows have no cells in the others', () => {
    const other = LESSONS.find(({ id }) => id === 'gap') ?? expect.fail('no lesson');
    const both = classTable([
      ...files,
      { file: 'e.json', results: resultsOf({ lesson: other }, {}, 'Alan', '2026-11-30') },
    ]);
    expect(both.columns.length).toBe(2 + other.steps.length);
    expect(both.rows[4]?.cells.slice(0, 2)).toEqual([null, null]);
  });

  test('is a table for a spreadsheet', () => {
    const rows = readCsv(classCsv(table));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows[2]).toEqual(['ada', '2026-11-29', lesson.title, '2', '2', 'B, right', 'reached, 2 lines']);
    expect(rows.at(-2)?.slice(5)).toEqual(['25 %', '50 %']);
    expect(rows.at(-1)?.[5]).toBe(`A: ${answerOf(0)} (2)`);
  });
});
