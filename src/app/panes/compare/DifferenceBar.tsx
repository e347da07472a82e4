// What differs at the line that is looked at, in words, and the way to the other differences.

import type { Comparing } from '../../../views/compare/comparing.ts';
import { type Statement, statementText } from '../../../views/compare/statement.ts';
import { counted } from '../../../views/words/numbers.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useCompare } from '../../state/compare.ts';
import { goToLine } from './usePlace.ts';

/** What the bar needs. */
interface DifferenceBarProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
  readonly line: number;
  readonly statements: readonly Statement[];
}

/** Buttons and sentence. */
export function DifferenceBar({ comparing, labels, line, statements }: DifferenceBarProps) {
  const { onlyDiffering } = useCompare();
  const sources = [...new Set(statements.flatMap((statement) => statement.sources))];
  return (
    <section className="difference-bar" aria-label="Differences">
      <div className="difference-buttons">
        <CommandButton id="compare.previous">
          <span aria-hidden="true">◀ </span>previous
          <span className="hidden"> difference</span>
        </CommandButton>
        <CommandButton id="compare.next">
          next<span className="hidden"> difference</span>
          <span aria-hidden="true"> ▶</span>
        </CommandButton>
        <button
          type="button"
          aria-pressed={onlyDiffering}
          title="List only the lines that differ (F)"
          onClick={() => useCompare.setState({ onlyDiffering: !onlyDiffering })}
        >
          only lines that differ
        </button>
      </div>
      <div className="difference-text" tabIndex={0} role="group" aria-label="What differs and why">
        <Where comparing={comparing} labels={labels} line={line} differs={statements.length > 0} />
        {statements.map((statement) => (
          <p key={statementText(statement)} className={`statement ${statement.kind}`}>
            <Pieces statement={statement} />
          </p>
        ))}
        {sources.length > 0 && (
          <details className="difference-sources">
            <summary>{counted(sources.length, 'source')}</summary>
            <ul>
              {sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </section>
  );
}

function Pieces({ statement }: { readonly statement: Statement }) {
  return statement.pieces.map(({ text, lane }, at) =>
    lane === undefined ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a lane can be named twice
      <b key={at} className="lane-name">
        {text}
      </b>
    ),
  );
}

interface WhereProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
  readonly line: number;
  readonly differs: boolean;
}

/** Where we are among the differences. */
function Where({ comparing, labels, line, differs }: WhereProps) {
  const { divergence } = comparing;
  const { first, length, done, common, lines } = divergence;
  if (line > done) return <p className="where">Line {line} is not compared yet.</p>;
  const where = line === 0 ? 'At the start' : `After line ${line}`;
  if (differs) {
    const at = lines.indexOf(line);
    return (
      <p className="where">
        {where}
        {at >= 0 && ` · difference ${(at + 1).toLocaleString('en')} of ${lines.length.toLocaleString('en')}`}
        {line === first && ' · the first'}
        {line > common && ` · line ${common + 1} is the first that is not the same line in every lane`}
      </p>
    );
  }
  return (
    <p className="where">
      {where} nothing differs.{' '}
      {first === null ? (
        done < length ? (
          'No difference so far.'
        ) : (
          `None of the ${counted(length, 'line')} differs in what it returns or leaves behind.`
        )
      ) : (
        <button type="button" className="quiet" onClick={() => goToLine(comparing, first, labels)}>
          The first difference is line {first}
        </button>
      )}
    </p>
  );
}
