// The lanes' timelines stacked on one axis, with a mark on every line that differs.

import { useMemo, useState } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { eventfdName } from '../../../text/eventfds.ts';
import { operationWord } from '../../../text/operation.ts';
import type { Comparing } from '../../../views/compare/comparing.ts';
import { fitRange, type TimelineRange } from '../../../views/timeline/viewport.ts';
import { useApp } from '../../store/appContext.ts';
import { axisOf } from '../../ui/timeline/geometry.ts';
import { TimelineView } from '../../ui/timeline/TimelineView.tsx';
import { announce } from '../../ui/useAnnounced.ts';
import { useWidth } from '../../ui/useSize.ts';
import { goToLine } from './usePlace.ts';

/** The most marks that are drawn; more are shown as a number. */
const MOST_MARKS = 400;

interface CompareTimelinesProps {
  readonly comparing: Comparing;
  readonly version: number;
  readonly labels: readonly string[];
  readonly line: number;
}

/** One timeline per lane. */
export function CompareTimelines({ comparing, version, labels, line }: CompareTimelinesProps) {
  const app = useApp();
  const { divergence, timelines } = comparing;
  const [kept, setKept] = useState<TimelineRange | null>(null);
  const whole = useMemo(() => fitRange(divergence.length), [divergence.length]);
  const view = kept ?? whole;
  // the lanes run the same lines, so the guest's actions appear once, above the first lane
  const script = divergence.lanes[0]?.script;
  const acted = useMemo(() => script?.some(({ action }) => action !== '') ?? false, [script]);
  const actionAt = (own: number) => script?.[own - 1]?.action ?? '';
  if (divergence.length === 0)
    return <p className="nothing">The script is empty, so the timeline is empty.</p>;
  return (
    <div className="compare-timelines fill">
      <DifferenceAxis comparing={comparing} view={view} labels={labels} line={line} />
      {timelines.map((data, at) => {
        const lane = divergence.lanes[at];
        return (
          <div key={labels[at]} className="compare-timeline">
            <h3>{labels[at]}</h3>
            <TimelineView
              onTold={(message) => announce(app, message)}
              bare
              label={`Timeline of ${labels[at]}`}
              data={data}
              version={version + data.version}
              lines={divergence.length}
              cursor={line}
              onCursor={(to) => goToLine(app, comparing, to, labels)}
              view={view}
              onView={setKept}
              maxHeight={120}
              {...(at === 0 && acted ? { actionAt } : {})}
              wordAt={(own) => {
                const op = at > 0 ? undefined : lane?.script[own - 1]?.line.op;
                return op === undefined ? '' : operationWord(op);
              }}
              eventfdAt={(ev, own) => (lane === undefined ? '' : eventfdName(lane.machineAfter(own), ev))}
            />
          </div>
        );
      })}
      <p className="compare-zoom">
        <button type="button" disabled={kept === null} onClick={() => setKept(null)}>
          Show all lines
        </button>
      </p>
    </div>
  );
}

interface DifferenceAxisProps {
  readonly comparing: Comparing;
  readonly view: TimelineRange;
  readonly labels: readonly string[];
  readonly line: number;
}

/** Marks each differing line, and names the first. */
function DifferenceAxis({ comparing, view, labels, line }: DifferenceAxisProps) {
  const app = useApp();
  const { lines, first } = comparing.divergence;
  const [box, width] = useWidth(1200);
  const axis = axisOf(view, width);
  const seen = lines.filter((at) => at >= Math.floor(view.from) && at < view.to);
  const shown = seen.length > MOST_MARKS ? seen.filter((at) => at === first || at === line) : seen;
  const place = first === null ? 0 : axis.x(first);
  const isSeen = first !== null && first >= Math.floor(view.from) && first < view.to;
  return (
    <div ref={box} className="difference-axis">
      <svg width={width} height={32} role="group" aria-label="Lines that differ">
        {shown.map((at) => (
          <g
            key={at}
            role="img"
            aria-label={`line ${at} differs${at === first ? ', the first' : ''}`}
            className={at === line ? 'difference-mark current' : 'difference-mark'}
            onClick={() => goToLine(app, comparing, at, labels)}
          >
            {at === first ? (
              <path d={`M${axis.x(at) - 5} 18h10l-5 8Z`} />
            ) : (
              <text x={axis.x(at)} y={28} textAnchor="middle">
                ≠
              </text>
            )}
          </g>
        ))}
        {isSeen && (
          <text
            className="first-difference"
            x={place > width - 130 ? place - 8 : place + 8}
            textAnchor={place > width - 130 ? 'end' : 'start'}
            y={11}
          >
            first difference: line {first}
          </text>
        )}
        {shown.length < seen.length && (
          <text className="first-difference" x={4} y={11}>
            {grouped(seen.length)} ≠
          </text>
        )}
      </svg>
    </div>
  );
}
