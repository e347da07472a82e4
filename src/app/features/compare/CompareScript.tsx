// The script as a list: a mark on every line that differs, with the lanes' results where they differ.

import { useEffect, useId } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { shortLine } from '../../../formats/shortLine.ts';
import type { Run } from '../../../kernel/frame.ts';
import type { Op } from '../../../kernel/line.ts';
import { kindsOf } from '../../../session/differenceKinds.ts';
import type { Divergence } from '../../../session/divergence.ts';
import { counted } from '../../../text/numbers.ts';
import { outText } from '../../../text/out.ts';
import type { Comparing } from '../../../views/compare/comparing.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { compareSlice } from '../../store/compare.ts';
import { hasSelectedText } from '../../ui/selectedText.ts';
import { useWindow } from '../../ui/useWindow.ts';
import { goToLine } from './usePlace.ts';

const ROW_HEIGHT = 24;

interface CompareScriptProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
  readonly line: number;
}

export function CompareScript({ comparing, labels, line }: CompareScriptProps) {
  const app = useApp();
  const { divergence } = comparing;
  const { onlyDiffering } = useSlice(compareSlice);
  const only = onlyDiffering ? divergence.lines : null;
  const count = only === null ? divergence.length : only.length;
  const id = useId();
  const { ref, onScroll, first, end, reveal } = useWindow(count, ROW_HEIGHT);
  const place = only === null ? line - 1 : only.indexOf(line);
  useEffect(() => {
    if (place >= 0) reveal(place);
  }, [place, reveal]);
  return (
    <section className="compare-script stack low" aria-labelledby={`${id}heading`}>
      <h2 id={`${id}heading`}>
        {only === null
          ? counted(count, 'line')
          : `${grouped(count)} of ${counted(divergence.length, 'line')}`}
        {' · '}
        {divergence.first === null ? 'no difference' : `${grouped(divergence.lines.length)} ≠`}
      </h2>
      {count === 0 && (
        <p className="nothing">{divergence.length === 0 ? 'The script is empty.' : 'No line differs.'}</p>
      )}
      <div
        ref={ref}
        role="listbox"
        aria-label="Script"
        className="compare-lines fill"
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
                className={
                  divergence.at(own) === 0
                    ? 'compare-line tracks middle gap-6 mono'
                    : 'compare-line tracks middle gap-6 mono differs'
                }
                style={{ top: at * ROW_HEIGHT }}
                onClick={() => hasSelectedText() || goToLine(app, comparing, own, labels)}
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
  const results = lanes.map((lane) => resultOf(lane.script[line - 1]?.line.op, lane.runAt(line)));
  const same = results.every((result) => result === results[0]);
  const own = line > common;
  const text = entry === undefined ? '' : own ? 'another line in each lane' : shortLine(entry.line.op, null);
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
      <span className="result soft">{same ? results[0] : [...new Set(results)].join(' ≠ ')}</span>
    </>
  );
}

/** Returns the errno, the values that the operation returned, or the return code. */
function resultOf(op: Op | undefined, run: Run | null): string {
  if (run === null || op === undefined) return '–';
  if (run.errno !== null) return `-${run.errno}`;
  return outText(op, run.out) || String(run.ret);
}
