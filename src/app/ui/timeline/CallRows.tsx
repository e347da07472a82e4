// The kernel calls inside a magnified line: one column per kernel step, one row per depth.

import type { Frame } from '../../../kernel/frame.ts';
import { kernelSteps } from '../../../session/steps.ts';
import { type Axis, GUTTER } from './geometry.ts';
import { CALL_HEIGHT, CALL_ROWS, unfoldedLines } from './headLayout.ts';
import type { TimelineProps } from './props.ts';

/** Pixels per character of the calls' text. */
const CHARACTER = 7.3;

interface CallRowsProps {
  readonly props: TimelineProps;
  readonly axis: Axis;
  readonly y: number;
  /** Depth of the calls in the first row. */
  readonly outermost: number;
}

/** Draws the calls of every line that is wide enough. */
export function CallRows({ props, axis, y, outermost }: CallRowsProps) {
  const { data, framesAt, cursor, step, onStep } = props;
  return unfoldedLines(axis, data.length).map((line) => {
    const frames = framesAt?.(line) ?? [];
    const steps = kernelSteps(frames);
    const at = line === cursor ? (step ?? null) : null;
    const current = at === null ? -1 : (steps[at]?.frame ?? -1);
    const perStep = 1 / Math.max(1, steps.length);
    return (
      <g key={line} className="calls" role="group" aria-label={`Kernel calls of line ${line}`}>
        {callSpans(frames, outermost).map(({ frame, first, end }) => (
          <Call
            key={first}
            frame={frame}
            isCurrent={frames[current] === frame}
            from={axis.clamped(line + first * perStep)}
            to={axis.clamped(line + end * perStep)}
            y={y + (frame.depth - outermost) * CALL_HEIGHT}
            onChoose={() => onStep?.(line, first)}
          />
        ))}
        {at !== null && <StepMark x={axis.x(line + (at + 0.5) * perStep)} y={y} />}
      </g>
    );
  });
}

interface CallSpan {
  readonly frame: Frame;
  /** First step, and one past the last. */
  readonly first: number;
  readonly end: number;
}

/** Returns the steps that each call spans, down to the last row that is drawn. */
function callSpans(frames: readonly Frame[], outermost: number): readonly CallSpan[] {
  const first = new Map<number, number>();
  const end = new Map<number, number>();
  kernelSteps(frames).forEach(({ frame }, at) => {
    if (!first.has(frame)) first.set(frame, at);
    end.set(frame, at + 1);
  });
  return frames.flatMap((frame, at): readonly CallSpan[] =>
    frame.depth >= outermost && frame.depth < outermost + CALL_ROWS
      ? [{ frame, first: first.get(at) ?? 0, end: end.get(at) ?? 0 }]
      : [],
  );
}

interface CallProps {
  readonly frame: Frame;
  readonly isCurrent: boolean;
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly onChoose: () => void;
}

function Call({ frame, isCurrent, from, to, y, onChoose }: CallProps) {
  const { fn, ret } = frame;
  const width = to - from - 1;
  if (width <= 0 || to <= GUTTER) return null;
  const failed = typeof ret === 'string';
  const label = `${fn}()${failed ? ` = -${ret}` : ''}`;
  const room = Math.floor((width - 4) / CHARACTER);
  const name = ['call', ...(failed ? ['failed'] : []), ...(isCurrent ? ['current'] : [])].join(' ');
  return (
    <g
      role="img"
      aria-label={label}
      className={name}
      onClick={(event) => {
        event.stopPropagation();
        onChoose();
      }}
    >
      <title>{label}</title>
      <rect x={from} y={y} width={width} height={CALL_HEIGHT - 1} rx={1.5} />
      {fn.length <= room && (
        <text x={from + 3} y={y + CALL_HEIGHT - 3.5}>
          {fn}
        </text>
      )}
    </g>
  );
}

function StepMark({ x, y }: { readonly x: number; readonly y: number }) {
  return x < GUTTER ? null : (
    <path className="step-mark" d={`M${x - 4} ${y - 5}h8l-4 5Z`} aria-hidden="true" />
  );
}
