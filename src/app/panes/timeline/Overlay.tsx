// What goes through all lanes: lines that failed, and the range that is marked.

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
  const { errno } = data.lines;
  const last = Math.min(data.length, Math.ceil(to) - 1);
  let d = '';
  for (let line = Math.max(1, Math.floor(from)); line <= last; line++) {
    if (errno.at(line - 1) !== 0 && axis.x(line) >= axis.left) d += `M${axis.x(line)} ${top}v${height}`;
  }
  return d === '' ? null : <path className="failure" d={d} aria-hidden="true" />;
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
