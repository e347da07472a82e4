// The table of a class: a row for each learner, a column for each step, and the summary of each question.

import { useState } from 'react';
import {
  type ClassTable,
  cellText,
  columnText,
  type SortBy,
  type Summary,
  sortedRows,
} from '../../../../lessons/classResults.ts';
import { isRight } from '../../../../lessons/results.ts';

interface Sorting {
  readonly by: SortBy;
  readonly descending: boolean;
}

export function ResultsTable({ table }: { readonly table: ClassTable }) {
  const { columns, rows, summaries } = table;
  const [{ by, descending }, setSorting] = useState<Sorting>({ by: 'name', descending: false });
  const head = (which: SortBy, text: string, title?: string) => (
    <th
      key={which}
      scope="col"
      aria-sort={by !== which ? undefined : descending ? 'descending' : 'ascending'}
      title={title}
    >
      <button
        type="button"
        aria-label={title}
        onClick={() => setSorting({ by: which, descending: by === which && !descending })}
      >
        {text}
        {by === which && <span aria-hidden="true">{descending ? ' ▼' : ' ▲'}</span>}
      </button>
    </th>
  );
  return (
    // a wide table scrolls by keyboard
    <section className="results-scroll scroll" aria-label="Table of results" tabIndex={0}>
      <table className="results-table">
        <caption className="hidden">Results by learner and step</caption>
        <thead>
          <tr>
            {head('name', 'Name')}
            {head('date', 'Date')}
            <th scope="col">Lesson or course</th>
            {head('right', 'Right')}
            {columns.map((column, at) => head(at, `${column.lesson} ${column.step}`, columnText(column)))}
          </tr>
        </thead>
        <tbody>
          {sortedRows(rows, by, descending).map((row) => (
            <tr key={`${row.file} ${row.name} ${row.date} ${row.subject}`}>
              <th scope="row">{row.name}</th>
              <td>{row.date}</td>
              <td>{row.subject}</td>
              <td>
                {row.right} of {row.taken}
              </td>
              {row.cells.map((cell, at) => (
                <td
                  key={columns[at]?.key}
                  data-right={cell === null ? undefined : (isRight(cell) ?? undefined)}
                >
                  {cellText(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              Share right
            </th>
            {summaries.map((summary, at) => (
              <td key={columns[at]?.key}>{shareText(summary)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row" colSpan={4}>
              Most frequent wrong answer
            </th>
            {summaries.map(({ commonWrong }, at) => (
              <td key={columns[at]?.key}>
                {commonWrong === null
                  ? ''
                  : `${commonWrong.letter}: ${commonWrong.text} (${commonWrong.count})`}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function shareText({ taken, right }: Summary): string {
  return taken === 0 ? '' : `${Math.round((100 * right) / taken)} % (${right} of ${taken})`;
}
