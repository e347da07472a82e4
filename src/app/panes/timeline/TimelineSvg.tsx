// The timeline: lanes by vector, time from left to right. Only the lanes and the lines that can be seen are drawn.

import { type MouseEvent, useEffect, useMemo } from 'react';
import { isLong } from '../../../session/replay.ts';
import { tokens } from '../../../views/linked/things.ts';
import type { Segment } from '../../../views/timeline/lanes.ts';
import { longTimeline, vectorsIn } from '../../../views/timeline/longTimeline.ts';
import type { LineMark, PointMark } from '../../../views/timeline/marks.ts';
import { timelineOf, timelineVectors } from '../../../views/timeline/marks.ts';
import {
  lanesOf,
  MARGIN,
  segmentLabel,
  type TimelineScales,
  timelineScales,
} from '../../../views/timeline/scales.ts';
import { vectorCount } from '../../../views/wiring/rows.ts';
import { useWidth } from '../../parts/useSize.ts';
import { useWindow } from '../../parts/useWindow.ts';
import { lookAt, useSession } from '../../state/lab.ts';
import { useTimeline } from '../../state/timeline.ts';
import { useMoment, useReplay } from '../../state/useMoment.ts';
import { Cursor } from './Cursor.tsx';
import { Hatch } from './Hatch.tsx';
import { LineMarks } from './LineMarks.tsx';

const LANE_HEIGHT = 16;
/** Narrower columns could not be told apart. */
const MIN_COLUMN = 12;
/** Lines drawn beyond both edges. */
const OVERSCAN = 12;

/** The drawing, and the box in which it scrolls. */
export function TimelineSvg() {
  const replayed = useReplay();
  const { cursor, script } = useSession();
  const { now } = useMoment();
  const { data, version } = useTimeline();
  const long = isLong(replayed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the data grows without becoming another
  const grown = useMemo(() => vectorsIn(data), [data, version]);
  const used = long ? grown : timelineVectors(replayed);
  const total = vectorCount(now);
  const lanes = useMemo(() => lanesOf({ vectors: used }, total), [used, total]);
  const laneOf = useMemo(() => new Map(lanes.map((vector, lane) => [vector, lane])), [lanes]);
  const [box, width] = useWidth(1200);
  const { ref, onScroll, first, end, left, width: shown } = useWindow(lanes.length, LANE_HEIGHT, MARGIN.top);
  const room = {
    width,
    lanes: lanes.length,
    lines: script.length,
    laneHeight: LANE_HEIGHT,
    minColumn: MIN_COLUMN,
  };
  const scales = timelineScales(room);
  const at = cursor.line === 0 ? scales.x(0.5) + 6 : scales.x(cursor.line);
  useEffect(() => {
    const element = ref.current;
    if (element === null || element.clientWidth === 0) return;
    if (at < element.scrollLeft + MARGIN.left || at > element.scrollLeft + element.clientWidth - 24) {
      element.scrollLeft = at - element.clientWidth / 2;
    }
  }, [ref, at]);
  const seen = (vector: number) => {
    const lane = laneOf.get(vector);
    return lane !== undefined && lane >= first && lane < end;
  };
  const onClick = (event: MouseEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const line = Math.floor(scales.lineAt(x));
    if (line >= 0) lookAt({ line: Math.min(line, script.length), step: null });
  };
  const part = {
    from: Math.floor(scales.lineAt(left)) - OVERSCAN,
    to: Math.ceil(scales.lineAt(left + shown)) + OVERSCAN,
    seen,
  };
  const timeline = long ? longTimeline(data, script, part) : timelineOf(replayed, part);
  if (script.length === 0) return <p className="nothing">The timeline begins with the first line.</p>;
  return (
    <div ref={box} className="timeline-box">
      <div
        ref={ref}
        className="timeline-scroll"
        tabIndex={0}
        role="group"
        aria-label="Timeline"
        onScroll={onScroll}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the page go through time */}
        <svg
          width={scales.width}
          height={scales.height}
          onClick={onClick}
          role="group"
          aria-label="Lanes by vector"
        >
          <Hatch id="hatch" />
          {lanes.slice(first, end).map((vector, lane) => (
            <Lane key={vector} vector={vector} y={scales.y(first + lane)} scales={scales} />
          ))}
          <LineMarks marks={timeline.lines} scales={scales} current={cursor.line} />
          {timeline.segments.map((segment) => (
            <SegmentMark
              key={`${segment.vector}-${segment.from}`}
              segment={segment}
              y={scales.y(laneOf.get(segment.vector) ?? 0)}
              scales={scales}
            />
          ))}
          <Rules marks={timeline.lines} scales={scales} />
          {timeline.points.map((point) => (
            <Point
              key={`${point.kind}-${point.vector}-${point.line}`}
              point={point}
              y={scales.y(laneOf.get(point.vector) ?? 0)}
              scales={scales}
            />
          ))}
          <Cursor x={at} height={scales.height} />
        </svg>
      </div>
    </div>
  );
}

function Lane(props: { readonly vector: number; readonly y: number; readonly scales: TimelineScales }) {
  const { vector, y, scales } = props;
  return (
    <g className="lane" data-link={tokens([{ kind: 'vector', id: vector }])}>
      <rect x={0} y={y - 2.5} width={scales.width} height={scales.bar + 5} />
      <text x={MARGIN.left - 12} y={y + scales.bar / 2} dy="0.35em" textAnchor="end">
        {vector}
      </text>
    </g>
  );
}

interface MarkProps {
  readonly y: number;
  readonly scales: TimelineScales;
}

function SegmentMark({ segment, y, scales }: MarkProps & { readonly segment: Segment }) {
  const { vector, irq, state, from, to } = segment;
  const x = scales.x(from);
  return (
    <rect
      role="img"
      aria-label={segmentLabel(segment)}
      className={`segment ${state}`}
      fill={state === 'cached' ? 'url(#hatch)' : undefined}
      x={x + 0.5}
      y={y}
      width={Math.max(2, scales.x(to) - x - 1)}
      height={scales.bar}
      rx={2}
      data-link={tokens([
        { kind: 'vector', id: vector },
        { kind: 'irq', id: irq },
      ])}
    >
      <title>{segmentLabel(segment)}</title>
    </rect>
  );
}

/** Vertical rules: where pci_free_irq_vectors gave everything back. */
function Rules({ marks, scales }: { readonly marks: readonly LineMark[]; readonly scales: TimelineScales }) {
  return marks.map(({ line, teardown }) =>
    teardown === null ? null : (
      <line
        key={line}
        role="img"
        aria-label={`line ${line}: pci_free_irq_vectors freed ${teardown} irqs`}
        className="teardown"
        x1={scales.x(line)}
        x2={scales.x(line)}
        y1={MARGIN.top - 4}
        y2={scales.height}
      />
    ),
  );
}

function Point({ point, y, scales }: MarkProps & { readonly point: PointMark }) {
  const x = scales.x(point.line) + 4;
  const middle = y + scales.bar / 2;
  const label = `${point.label}, line ${point.line}`;
  return (
    <g
      role="img"
      aria-label={label}
      className="point"
      data-link={tokens([{ kind: 'vector', id: point.vector }])}
    >
      <title>{label}</title>
      {point.kind === 'signal' && <circle className="signal" cx={x} cy={middle} r={4} />}
      {point.kind === 'pending' && (
        <path className="pending" d={`M${x} ${middle - 4.5}l4.5 4.5-4.5 4.5-4.5-4.5Z`} />
      )}
      {(point.kind === 'lost' || point.kind === 'failed') && (
        <path className="lost" d={`M${x - 3.5} ${middle - 3.5}l7 7m0-7-7 7`} />
      )}
      {point.kind === 'freed' && <rect className="freed" x={x - 3.5} y={y} width={9} height={scales.bar} />}
    </g>
  );
}
