// The results of many learners as one table: a row for each learner, a column for each step, and a summary of each question.

import { printCsv } from '../formats/results/csv.ts';
import type { Results, StepResult } from '../formats/results/file.ts';
import { isRight } from './results.ts';

/** A results file. */
export interface NamedResults {
  readonly file: string;
  readonly results: Results;
}

/** A column: a step of a lesson. */
export interface Column {
  readonly key: string;
  readonly lesson: string;
  /** Counted from 1. */
  readonly step: number;
  readonly ask: string;
  readonly kind: StepResult['kind'];
}

/** A row: the results of a learner. */
export interface Row {
  readonly file: string;
  readonly name: string;
  readonly date: string;
  /** The course, or the lesson. */
  readonly subject: string;
  /** The result of each column; null where the file does not have the step. */
  readonly cells: readonly (StepResult | null)[];
  readonly right: number;
  /** The number of steps that the learner has taken. */
  readonly taken: number;
}

/** The summary of a question over all learners. */
export interface Summary {
  /** The learners who have taken the step. */
  readonly taken: number;
  readonly right: number;
  /** The wrong answer that most learners chose first; null without a wrong answer. */
  readonly commonWrong: { readonly letter: string; readonly text: string; readonly count: number } | null;
}

/** A table of results. */
export interface ClassTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly summaries: readonly Summary[];
}

/** A learner's name, lesson or course, and day: two files that agree in them are the same results. */
function identity({ name, date, course, lessons }: Results): string {
  const what = course === null ? `lesson ${lessons.map(({ id }) => id).join()}` : `course ${course.id}`;
  return [name.trim().toLowerCase(), date, what].join('\n');
}

/** Returns the earlier file with the same name, lesson or course, and day; null without one. */
export function duplicateOf(results: Results, known: readonly NamedResults[]): NamedResults | null {
  return known.find((other) => identity(other.results) === identity(results)) ?? null;
}

/** Returns the table of results, in the order of the files. Lessons whose questions differ have columns of their own. */
export function classTable(files: readonly NamedResults[]): ClassTable {
  const columns = new Map<string, Column>();
  const keyed = files.map(({ file, results }) => {
    const cells = new Map<string, StepResult>();
    for (const { id, title, steps } of results.lessons)
      steps.forEach((step, at) => {
        const key = [id, at, step.kind, step.ask].join('\n');
        cells.set(key, step);
        if (!columns.has(key))
          columns.set(key, { key, lesson: title, step: at + 1, ask: step.ask, kind: step.kind });
      });
    return { file, results, cells };
  });
  const all = [...columns.values()];
  const rows = keyed.map(({ file, results, cells }) =>
    rowOf(
      file,
      results,
      all.map(({ key }) => cells.get(key) ?? null),
    ),
  );
  return {
    columns: all,
    rows,
    summaries: all.map((_, at) => summaryOf(rows.map(({ cells }) => cells[at] ?? null))),
  };
}

function rowOf(file: string, results: Results, cells: Row['cells']): Row {
  const marks = cells.map((cell) => (cell === null ? null : isRight(cell)));
  const { name, date, course, lessons } = results;
  return {
    file,
    name,
    date,
    subject: course?.title ?? lessons.map(({ title }) => title).join(', '),
    cells,
    right: marks.filter((mark) => mark === true).length,
    taken: marks.filter((mark) => mark !== null).length,
  };
}

function summaryOf(cells: readonly (StepResult | null)[]): Summary {
  const known = cells.filter((cell) => cell !== null);
  const marks = known.map(isRight).filter((mark) => mark !== null);
  const wrong = new Map<string, { readonly letter: string; readonly text: string; readonly count: number }>();
  for (const cell of known) {
    if (cell.kind !== 'predict' || cell.right !== false || cell.answer === null) continue;
    const { text } = cell.answer;
    wrong.set(text, { ...cell.answer, count: (wrong.get(text)?.count ?? 0) + 1 });
  }
  const [first = null, ...others] = wrong.values();
  const commonWrong = others.reduce(
    (most, one) => (most === null || one.count > most.count ? one : most),
    first,
  );
  return { taken: marks.length, right: marks.filter(Boolean).length, commonWrong };
}

/** The columns by which rows are sorted: the learner, the day, the number of right steps, or a step by its index. */
export type SortBy = 'name' | 'date' | 'right' | number;

/** Returns the rows in another order. Equal rows keep their order. */
export function sortedRows(rows: readonly Row[], by: SortBy, descending: boolean): readonly Row[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b, by));
}

function compare(a: Row, b: Row, by: SortBy): number {
  if (by === 'name') return a.name.localeCompare(b.name, 'en', { sensitivity: 'base', numeric: true });
  if (by === 'date') return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
  if (by === 'right') return a.right - b.right;
  return cellRank(a.cells[by] ?? null) - cellRank(b.cells[by] ?? null);
}

/** Not taken comes before wrong, and wrong before right. */
function cellRank(cell: StepResult | null): number {
  const mark = cell === null ? null : isRight(cell);
  return mark === null ? 0 : mark ? 2 : 1;
}

/** Returns a cell in words: `B, wrong`, `right, 2 lines`. */
export function cellText(cell: StepResult | null): string {
  const mark = cell === null ? null : isRight(cell);
  if (cell === null || mark === null) return '';
  const word = mark ? 'right' : 'wrong';
  if (cell.kind === 'predict') return cell.answer === null ? word : `${cell.answer.letter}, ${word}`;
  const parts = [
    mark ? 'reached' : cell.helped ? '' : 'not reached',
    cell.used === null ? '' : `${cell.used} ${cell.used === 1 ? 'line' : 'lines'}`,
    cell.hinted ? 'hint' : '',
    cell.helped ? 'solution shown' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Returns the table as rows for a spreadsheet, with the summary of each question below. */
export function classCsv({ columns, rows, summaries }: ClassTable): string {
  const share = ({ taken, right }: Summary) => (taken === 0 ? '' : `${Math.round((100 * right) / taken)} %`);
  return printCsv([
    ['Name', 'Date', 'Lesson or course', 'Right', 'Taken', ...columns.map(columnText)],
    ...rows.map(({ name, date, subject, right, taken, cells }) => [
      ...[name, date, subject, right, taken],
      ...cells.map(cellText),
    ]),
    ['Share right', '', '', '', '', ...summaries.map(share)],
    [
      ...['Most frequent wrong answer', '', '', '', ''],
      ...summaries.map(({ commonWrong }) =>
        commonWrong === null ? '' : `${commonWrong.letter}: ${commonWrong.text} (${commonWrong.count})`,
      ),
    ],
  ]);
}

/** Returns the head of a column, for instance `The gap, step 2: How many irqs are allocated?`. */
export function columnText({ lesson, step, ask }: Column): string {
  return `${lesson}, step ${step}: ${ask}`;
}
