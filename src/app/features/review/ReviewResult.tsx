// A finished review: the sentence, the answers by their kind, the costs, and the questions that stay open.

import type { Review } from '../../../explore/review/review.ts';
import {
  type AnswerRow,
  answerRows,
  COST_COLUMNS,
  costRows,
  headline,
  secondLine,
  unaskedSentence,
} from '../../../views/review/review.ts';
import { RESPECTS } from '../../../views/review/words.ts';
import { useApp } from '../../store/appContext.ts';
import { openAnswer } from './open.ts';
import { copyReview, REVIEW_COPIES, scriptText } from './run.ts';

/** The groups of answers; the first ones are open. */
const GROUPS: readonly {
  readonly title: string;
  readonly open: boolean;
  readonly has: (row: AnswerRow) => boolean;
}[] = [
  { title: 'Differences', open: true, has: ({ verdict, repeated }) => verdict === 'found' && !repeated },
  { title: 'Not decided: a limit ended the search', open: true, has: ({ verdict }) => verdict === 'bounded' },
  { title: 'No difference', open: false, has: ({ verdict }) => verdict === 'none' },
  { title: 'The same difference as on the usual host', open: false, has: ({ repeated }) => repeated },
  { title: 'Cannot be asked', open: false, has: ({ verdict }) => verdict === 'not-asked' },
];

export function ReviewResult({ review }: { readonly review: Review }) {
  const app = useApp();
  const rows = answerRows(review);
  const [a, b] = review.names;
  return (
    <div className="stack gap-12">
      <div className="review-verdict" data-verdict="found" role="status">
        <p>
          <strong>
            {a} against {b}: {headline(review)}.
          </strong>
        </p>
        <p>{secondLine(review)}.</p>
      </div>
      <div className="cluster gap-8">
        {REVIEW_COPIES.map((copy) => (
          <button key={copy.label} type="button" onClick={() => void copyReview(app, review, copy)}>
            {copy.label}
          </button>
        ))}
      </div>
      <dl className="review-words" aria-label="Who sees what">
        {RESPECTS.map(({ respect, name, about }) => (
          <div key={respect}>
            <dt>{name}</dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
      {GROUPS.map(({ title, open, has }) => (
        <Group key={title} title={title} open={open} rows={rows.filter(has)} />
      ))}
      <section aria-labelledby="review-costs">
        <h3 id="review-costs">Costs</h3>
        <p>
          Counted by the model on fixed workloads. Where the kernels differ, a cell has {a} / {b}.
        </p>
        <div className="review-costs scroll" role="region" aria-label="Table of costs" tabIndex={0}>
          <table aria-labelledby="review-costs">
            <thead>
              <tr>
                <th scope="col">ioctl</th>
                {COST_COLUMNS.map(({ name, about }) => (
                  <th key={name} scope="col" title={about}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {costRows(review.costs).map(({ step, cells }) => (
                <tr key={step}>
                  <th scope="row">{step}</th>
                  {cells.map(({ text, differs }, at) => (
                    <td key={COST_COLUMNS[at]?.name} className="mono" data-differs={differs}>
                      {text}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <dl className="review-words" aria-label="Columns of the costs">
          {COST_COLUMNS.map(({ name, about }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{about}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="review-open">
        <h3 id="review-open">Not searched</h3>
        <p>{unaskedSentence(review)}</p>
        <p>A number of states counts pairs, one state of each kernel.</p>
      </section>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly open: boolean;
  readonly rows: readonly AnswerRow[];
}

function Group({ title, open, rows }: GroupProps) {
  if (rows.length === 0) return null;
  return (
    <details className="review-group" open={open}>
      <summary>
        {title} ({rows.length})
      </summary>
      <ul>
        {rows.map((row) => (
          <Answer key={`${row.condition} ${row.respect}`} row={row} />
        ))}
      </ul>
    </details>
  );
}

function Answer({ row }: { readonly row: AnswerRow }) {
  const app = useApp();
  const { condition, respect, operations, text, script, repeated } = row;
  return (
    <li className="line-above">
      <h3>
        {condition} · {respect}
      </h3>
      <p>{text}</p>
      {script !== null && !repeated && <pre className="mono">{scriptText(script)}</pre>}
      <div className="cluster gap-8 middle apart">
        <span className="aside">{operations}</span>
        {script !== null && (
          <button
            type="button"
            aria-label={`Open in Compare: ${condition}, ${respect}`}
            onClick={() => openAnswer(app, script)}
          >
            Open in Compare
          </button>
        )}
      </div>
    </li>
  );
}
