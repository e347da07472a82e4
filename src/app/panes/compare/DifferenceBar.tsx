// What differs at the line that is looked at, in words, and the way to the other differences.

import type { ReactNode } from 'react';
import type { Comparing } from '../../../views/compare/comparing.ts';
import { type Statement, statementText } from '../../../views/compare/statement.ts';
import { counted } from '../../../views/words/numbers.ts';
import { useCompare } from '../../state/compare.ts';
import { goToLine } from './usePlace.ts';

/** What the bar needs. */
interface DifferenceBarProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
  readonly line: number;
  readonly statements: readonly Statement[];
  /** Goes to the kernel call at which the lanes part; null where the line has none. */
  readonly onParting: (() => void) | null;
}

/** Buttons and sentence. */
export function DifferenceBar({ comparing, labels, line, statements, onParting }: DifferenceBarProps) {
  const { onlyDiffering } = useCompare();
  const next = comparing.divergence.next(line);
  const previous = comparing.divergence.previous(line);
  const sources = [...new Set(statements.flatMap((statement) => statement.sources))];
  return (
    <section className="difference-bar" aria-label="Differences">
      <div className="difference-buttons">
        <GoButton to={previous} keyName="K" onGo={(to) => goToLine(comparing, to, labels)}>
          <span aria-hidden="true">◀ </span>previous<span className="hidden"> difference</span>
        </GoButton>
        <GoButton to={next} keyName="J" onGo={(to) => goToLine(comparing, to, labels)}>
          next<span className="hidden"> difference</span>
          <span aria-hidden="true"> ▶</span>
        </GoButton>
        <button
          type="button"
          aria-pressed={onlyDiffering}
          title="List only the lines that differ (H)"
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
        {statements.length > 0 && onParting !== null && (
          <button type="button" className="quiet" onClick={onParting}>
            Show the kernel call where they part
          </button>
        )}
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

interface GoButtonProps {
  /** The line to go to, or null where there is none. */
  readonly to: number | null;
  readonly keyName: string;
  readonly onGo: (line: number) => void;
  readonly children: ReactNode;
}

function GoButton({ to, keyName, onGo, children }: GoButtonProps) {
  return (
    <button
      type="button"
      disabled={to === null}
      aria-keyshortcuts={keyName}
      title={to === null ? `No difference there (${keyName})` : `Line ${to} (${keyName})`}
      onClick={() => to !== null && onGo(to)}
    >
      {children}
    </button>
  );
}

function Pieces({ statement }: { readonly statement: Statement }) {
  return statement.pieces.map(({ text, lane }, at) =>
    lane === undefined ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a lane can be named twice
      <b key={at} className="lane-term">
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
  const { first, length, done, common, lines, terms } = divergence;
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
      {where} nothing differs.{terms.calls ? '' : ' A recording has no kernel calls: they are not compared.'}{' '}
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
