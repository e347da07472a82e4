// The differences at the current line as sentences, and buttons to the other differences.

import type { ReactNode } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { counted } from '../../../text/numbers.ts';
import type { Comparing } from '../../../views/compare/comparing.ts';
import type { HostView } from '../../../views/compare/host.ts';
import { type Statement, statementText } from '../../../views/compare/statement.ts';
import { SEEN_WORDS, seenBy, seenText } from '../../../views/compare/visible.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { compareSlice } from '../../store/compare.ts';
import { goToLine } from './usePlace.ts';

interface DifferenceBarProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
  readonly line: number;
  readonly statements: readonly Statement[];
  /** The host's view after the line; null without a statement. */
  readonly host: HostView | null;
  /** Goes to the kernel call that makes the difference; null when the line has none. */
  readonly onParting: (() => void) | null;
}

/** Buttons and sentence. */
export function DifferenceBar({ comparing, labels, line, statements, host, onParting }: DifferenceBarProps) {
  const app = useApp();
  const { onlyDiffering } = useSlice(compareSlice);
  const next = comparing.divergence.next(line);
  const previous = comparing.divergence.previous(line);
  const sources = [...new Set(statements.flatMap((statement) => statement.sources))];
  return (
    <section className="difference-bar flex line-below" aria-label="Differences">
      <div className="difference-buttons flex rigid gap-8">
        <GoButton to={previous} keyName="K" onGo={(to) => goToLine(app, comparing, to, labels)}>
          <span aria-hidden="true">◀ </span>previous<span className="hidden"> difference</span>
        </GoButton>
        <GoButton to={next} keyName="J" onGo={(to) => goToLine(app, comparing, to, labels)}>
          next<span className="hidden"> difference</span>
          <span aria-hidden="true"> ▶</span>
        </GoButton>
        <button
          type="button"
          aria-pressed={onlyDiffering}
          title="List only differing lines (H)"
          onClick={() => app.set(compareSlice, { onlyDiffering: !onlyDiffering })}
        >
          only differing lines
        </button>
      </div>
      <div className="compare-text grow scroll" tabIndex={0} role="group" aria-label="Difference and cause">
        <Where comparing={comparing} labels={labels} line={line} differs={statements.length > 0} />
        {statements.map((statement) => (
          <p key={statementText(statement)} className="statement">
            <Pieces statement={statement} /> {host !== null && <SeenBy statement={statement} host={host} />}
          </p>
        ))}
        {statements.length > 0 && (
          <p className="aside">
            {SEEN_WORDS.map(({ word, text }, at) => (
              <span key={word}>
                {at > 0 && '; '}
                <b>{word}</b>: {text}
              </span>
            ))}
            .
          </p>
        )}
        {statements.length > 0 && onParting !== null && (
          <button type="button" className="quiet" onClick={onParting}>
            Go to the kernel call that makes the difference
          </button>
        )}
        {sources.length > 0 && (
          <details className="difference-sources aside">
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

/** The places in which client and root see the difference. */
function SeenBy({ statement, host }: { readonly statement: Statement; readonly host: HostView }) {
  const seen = seenBy(statement, host);
  return seen === null ? null : <span className="aside">{seenText(seen)}</span>;
}

interface GoButtonProps {
  /** The target line, or null. */
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
      title={to === null ? `No difference in this direction (${keyName})` : `Line ${to} (${keyName})`}
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
      // biome-ignore lint/suspicious/noArrayIndexKey: a lane can occur twice
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

/** The place among the differences. */
function Where({ comparing, labels, line, differs }: WhereProps) {
  const app = useApp();
  const { divergence } = comparing;
  const { first, length, done, common, lines, terms } = divergence;
  if (line > done) return <p className="where aside">Still comparing line {line}…</p>;
  const where = line === 0 ? 'At the start' : `After line ${line}`;
  if (differs) {
    const at = lines.indexOf(line);
    return (
      <p className="where aside">
        {where}
        {at >= 0 && ` · difference ${grouped(at + 1)} of ${grouped(lines.length)}`}
        {line === first && ' · first difference'}
        {line > common && ` · the lanes have different lines from line ${common + 1} on`}
      </p>
    );
  }
  return (
    <p className="where aside">
      {where}: no difference.{terms.calls ? '' : ' A recording without kernel calls: calls are not compared.'}{' '}
      {first === null ? (
        done < length ? (
          'No difference so far.'
        ) : (
          `All ${counted(length, 'line')} have the same result and state in every lane.`
        )
      ) : (
        <button type="button" className="quiet" onClick={() => goToLine(app, comparing, first, labels)}>
          The first difference is line {first}
        </button>
      )}
    </p>
  );
}
