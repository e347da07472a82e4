// What goes through all lanes: lines that failed, and the range that is marked.

import { lineMarks } from '../../../views/timeline/lineMarks.ts';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';
import type { Axis } from './geometry.ts';
import type { TimelineProps } from './props.ts';

/** Lines that failed are marked while so many are shown. */
const MOST_RULES = 400;

/** What the lines need. */
interface FailureLinesProps {
  readonly props: TimelineProps;
  readonly axis: Axis;
  readonly top: number;
  readonly height: number;
}

/** Dashed through the lanes where a line failed. */
export function FailureLines({ props: { data }, axis, top, height }: FailureLinesProps) {
  const { from, to } = axis.range;
  if (Math.min(to, data.length + 1) - from > MOST_RULES) return null;
  return lineMarks(data, axis.range).map(({ line, errno }) =>
    errno === null || axis.x(line) < axis.left ? null : (
      <line
        key={line}
        className="failure"
        x1={axis.x(line)}
        x2={axis.x(line)}
        y1={top}
        y2={top + height}
        aria-hidden="true"
      />
    ),
  );
}

/** What the mark needs. */
interface BrushMarkProps {
  readonly range: TimelineRange;
  readonly axis: Axis;
  readonly height: number;
}

/** The range that is marked. */
export function BrushMark({ range, axis, height }: BrushMarkProps) {
  const x = axis.clamped(range.from);
  return (
    <rect
      className="brush"
      x={x}
      y={0}
      width={Math.max(0, axis.clamped(range.to) - x)}
      height={height}
      aria-hidden="true"
    />
  );
}
