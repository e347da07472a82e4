// The script as a list: a mark on every line that differs, and what the lanes answered where that is not the same.

import { useEffect, useId } from 'react';
import { shortLine } from '../../../formats/shortLine.ts';
import type { Run } from '../../../kernel/frame.ts';
import { kindsOf } from '../../../session/differences.ts';
import type { Divergence } from '../../../session/divergence.ts';
import type { Comparing } from '../../../views/compare/comparing.ts';
import { counted } from '../../../views/words/numbers.ts';
import { useWindow } from '../../parts/useWindow.ts';
import { useCompare } from '../../state/compare.ts';
import { goToLine } from './usePlace.ts';

const ROW_HEIGHT = 24;

/** What the list needs. */
interface CompareScriptProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
  readonly line: number;
}

/** The lines. */
export function CompareScript({ comparing, labels, line }: CompareScriptProps) {
  const { divergence } = comparing;
  const { onlyDiffering } = useCompare();
  const only = onlyDiffering ? divergence.lines : null;
  const count = only === null ? divergence.length : only.length;
  const id = useId();
  const { ref, onScroll, first, end, reveal } = useWindow(count, ROW_HEIGHT);
  const place = only === null ? line - 1 : only.indexOf(line);
  useEffect(() => {
    if (place >= 0) reveal(place);
  }, [place, reveal]);
  return (
    <section className="compare-script" aria-labelledby={`${id}heading`}>
      <h2 id={`${id}heading`}>
        {only === null
          ? counted(count, 'line')
          : `${count.toLocaleString('en')} of ${counted(divergence.length, 'line')}`}
        {' · '}
        {divergence.first === null ? 'none differs' : `${divergence.lines.length.toLocaleString('en')} ≠`}
      </h2>
      {count === 0 && (
        <p className="nothing">{divergence.length === 0 ? 'The script is empty.' : 'No line differs.'}</p>
      )}
      <div
        ref={ref}
        role="listbox"
        aria-label="Script"
        className="compare-lines"
        tabIndex={0}
        aria-activedescendant={place >= first && place < end ? `${id}${line}` : undefined}
        onScroll={onScroll}
      >
        <div role="presentation" style={{ height: count * ROW_HEIGHT }}>
          {Array.from({ length: end - first }, (_, at) => first + at).map((at) => {
            const own = only === null ? at + 1 : (only[at] ?? 0);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the page go from line to line
              <div
                key={own}
                id={`${id}${own}`}
                role="option"
                aria-selected={own === line}
                tabIndex={-1}
                className={divergence.at(own) === 0 ? 'compare-line' : 'compare-line differs'}
                style={{ top: at * ROW_HEIGHT }}
                onClick={() => goToLine(comparing, own, labels)}
              >
                <Line divergence={divergence} line={own} />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function Line({ divergence, line }: { readonly divergence: Divergence; readonly line: number }) {
  const bits = divergence.at(line);
  const kinds = kindsOf(bits);
  const { lanes, common } = divergence;
  const [first] = lanes;
  const entry =
    first?.script[line - 1] ?? lanes.find(({ script }) => script[line - 1] !== undefined)?.script[line - 1];
  const results = lanes.map((lane) => resultOf(lane.runAt(line)));
  const same = results.every((result) => result === results[0]);
  const own = line > common;
  const text = entry === undefined ? '' : own ? 'each lane its own line' : shortLine(entry.line.op, null);
  return (
    <>
      <span className="mark">
        {bits === 0 ? '' : '≠'}
        {kinds.length > 0 && <span className="hidden"> differs in {kinds.join(', ')}: </span>}
      </span>
      <span className="number">{line}</span>
      <span className="text" title={text}>
        {text}
      </span>
      <span className="result">{same ? results[0] : [...new Set(results)].join(' ≠ ')}</span>
    </>
  );
}

/** Success is what is expected, and says nothing. */
function resultOf(run: Run | null): string {
  if (run === null) return '–';
  if (run.errno !== null) return `-${run.errno}`;
  return String(run.ret);
}
