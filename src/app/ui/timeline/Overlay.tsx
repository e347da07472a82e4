// Drawings through all lanes: failed lines and the marked range.

import type { TimelineRange } from '../../../views/timeline/viewport.ts';
import type { Axis } from './geometry.ts';
import type { TimelineProps } from './props.ts';

/** Most visible lines for which failures are marked. */
const MOST_RULES = 400;

interface FailureLinesProps {
  readonly props: TimelineProps;
  readonly axis: Axis;
  readonly top: number;
  readonly height: number;
}

/** Draws a dashed line through the lanes at each failed line. */
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

interface BrushMarkProps {
  readonly range: TimelineRange;
  readonly axis: Axis;
  readonly height: number;
}

/** The marked range. */
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
