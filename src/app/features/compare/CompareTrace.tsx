// The kernel calls of the lanes side by side: equal calls share a row, and a call that only some lanes make leaves a gap in the
// others.

import { useEffect, useMemo, useState } from 'react';
import { frameKey } from '../../../session/differences.ts';
import type { Divergence } from '../../../session/divergence.ts';
import { observedFrames } from '../../../session/observe.ts';
import type { AlignedRow } from '../../../views/compare/align.ts';
import { noCallsText, type TraceLine, traceLines } from '../../../views/trace/lines.ts';
import { hasSelectedText } from '../../ui/selectedText.ts';
import { useWindow } from '../../ui/useWindow.ts';
import type { Place } from './usePlace.ts';

const ROW_HEIGHT = 22;

interface CompareTraceProps {
  readonly divergence: Divergence;
  readonly place: Place;
  readonly labels: readonly string[];
  readonly onStep: (step: number) => void;
  readonly shown: number;
}

interface TraceRow {
  /** Index among all rows. */
  readonly at: number;
  readonly depth: number;
  readonly cells: readonly (TraceLine | null)[];
  readonly differs: boolean;
  readonly minor: boolean;
}

export function CompareTrace({ divergence, place, labels, onStep, shown }: CompareTraceProps) {
  const { line, rows, steps, step } = place;
  const [minor, setMinor] = useState(false);
  const all = useMemo(() => traceRows(divergence, line, rows), [divergence, line, rows]);
  const current = step === null ? null : (steps[step] ?? null);
  const visible = minor ? all : all.filter((row) => !row.minor || row.at === current?.row);
  const { ref, onScroll, first, end, reveal } = useWindow(visible.length, ROW_HEIGHT);
  const at =
    current === null
      ? visible.findIndex(({ differs }) => differs)
      : visible.findIndex((row) => row.at === current.row);
  useEffect(() => {
    if (at >= 0) reveal(at);
  }, [at, reveal]);
  if (rows.length === 0) {
    return <p className="nothing">{noCallsText(line)}</p>;
  }
  return (
    <div className="stack fill">
      <div className="compare-trace-head flex aside">
        <label className="check">
          <input type="checkbox" checked={minor} onChange={(event) => setMinor(event.target.checked)} />
          minor calls
        </label>
        {current !== null && (
          <span>
            step {(step ?? 0) + 1} of {steps.length}
            {current.at === 'entry' ? ', entry' : current.at === 'return' ? ', return' : ''}
          </span>
        )}
      </div>
      <div
        ref={ref}
        role="table"
        aria-label="Kernel calls side by side"
        aria-rowcount={visible.length}
        className="compare-calls fill scroll"
        tabIndex={0}
        onScroll={onScroll}
      >
        <div role="rowgroup" style={{ height: visible.length * ROW_HEIGHT }}>
          {visible.slice(first, end).map((row, place_) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the whole page step through the calls
            <div
              key={row.at}
              role="row"
              aria-rowindex={first + place_ + 1}
              aria-current={row.at === current?.row ? 'step' : undefined}
              className={`call-row middle tracks${row.differs ? ' differs' : ''}`}
              style={{ top: (first + place_) * ROW_HEIGHT }}
              onClick={() => hasSelectedText() || onStep(steps.findIndex((one) => one.row === row.at))}
            >
              <span role="cell" className="call-mark">
                {row.differs && (
                  <>
                    ≠<span className="hidden"> differs</span>
                  </>
                )}
              </span>
              {row.cells.map((cell, lane) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other key than their place
                  key={lane}
                  role="cell"
                  className={cell?.failed === true ? 'call-cell flex soft failed' : 'call-cell flex soft'}
                  data-shown={lane === shown ? true : undefined}
                  style={{ paddingInlineStart: 8 + Math.min(row.depth, 8) * 6 }}
                  title={
                    cell === null
                      ? `${labels[lane]}: ${noCall(divergence, lane)}`
                      : `${cell.fn}(${cell.args})${cell.ret}`
                  }
                >
                  {cell === null ? (
                    <span className="gap">
                      <span aria-hidden="true">·</span>
                      <span className="hidden">{noCall(divergence, lane)}</span>
                    </span>
                  ) : (
                    <>
                      <b>{cell.fn}</b>
                      <span className="call-args cut slim">({cell.args})</span>
                      <i>{cell.ret}</i>
                    </>
                  )}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Returns the meaning of an empty cell. */
function noCall({ lanes }: Divergence, lane: number): string {
  return lanes[lane]?.callsKnown === false ? 'calls not recorded' : 'not called';
}

function traceRows(
  { lanes, terms }: Divergence,
  line: number,
  rows: readonly AlignedRow[],
): readonly TraceRow[] {
  const traces = lanes.map((lane) =>
    terms.observed ? observedFrames(lane.framesOf(line)) : lane.framesOf(line),
  );
  const texts = traces.map((frames) => traceLines(frames));
  return rows.map(({ depth, frames }, at): TraceRow => {
    const cells = frames.map((frame, lane) => (frame === null ? null : (texts[lane]?.[frame] ?? null)));
    const keys = frames.map((index, lane) => {
      const frame = index === null ? undefined : traces[lane]?.[index];
      const own = lanes[lane];
      return frame === undefined || own === undefined ? '' : frameKey(frame, own);
    });
    return {
      at,
      depth,
      cells,
      // a lane with unknown calls counts as equal
      differs: terms.calls && keys.some((key) => key !== keys[0]),
      minor: cells.every((cell) => cell === null || cell.minor),
    };
  });
}
