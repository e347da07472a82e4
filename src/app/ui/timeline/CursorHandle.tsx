// The cursor: a line with a handle for pointer and keyboard.

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { lineMark } from '../../../views/timeline/lineMarks.ts';
import { SVG_FOCUS } from '../svgFocus.ts';
import { type Axis, GUTTER } from './geometry.ts';
import { pointedAt } from './pointedAt.ts';
import type { TimelineProps } from './props.ts';

interface CursorHandleProps {
  readonly props: TimelineProps;
  readonly axis: Axis;
  readonly height: number;
}

/** Returns the cursor's x: the beginning of its line; at the start, a place before line 1. */
export function cursorX(cursor: number, axis: Axis): number | null {
  const x = cursor === 0 ? axis.x(0.5) + 3 : axis.x(cursor);
  return x < axis.left - 1 || x > axis.left + axis.width + 1 ? null : x;
}

/** The line of the cursor through head or lanes. */
export function CursorLine({ x, height }: { readonly x: number; readonly height: number }) {
  return <line className="cursor-line" x1={x} x2={x} y1={0} y2={height} aria-hidden="true" />;
}

/** Draws the handle. It stays at the edge while the cursor is out of view, so that keys still reach it. */
export function CursorHandle({ props, axis, height }: CursorHandleProps) {
  const { cursor, lines, onCursor, lineText, data } = props;
  const dragging = useRef(false);
  const line = cursor ?? 0;
  const x = cursorX(line, axis);
  const at = x ?? (line < axis.range.from ? GUTTER : axis.left + axis.width);
  const lineOf = (event: PointerEvent<SVGElement>) => {
    const { x } = pointedAt(event.currentTarget.ownerSVGElement ?? event.currentTarget, event);
    return Math.max(0, Math.min(lines, Math.floor(axis.lineAt(x))));
  };
  const go = (to: number) => {
    const line = Math.max(0, Math.min(lines, to));
    if (line !== cursor) onCursor(line);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = keySteps(event.key);
    if (by === null || (props.step ?? null) !== null) return;
    event.preventDefault();
    go(line + by);
  };
  const { op, errno } = lineMark(data, line);
  const words = lineText?.(line) ?? `Line ${line}: ${op}${errno === null ? '' : ` failed with ${errno}`}`;
  return (
    <g className="time-cursor">
      {x !== null && <CursorLine x={x} height={height} />}
      {/* the native slider has no axis that zooms */}
      <g
        role="slider"
        {...SVG_FOCUS}
        aria-label="Cursor"
        aria-valuemin={0}
        aria-valuemax={lines}
        aria-valuenow={line}
        aria-valuetext={line === 0 ? 'Start of the script' : words}
        data-own-pointer=""
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          dragging.current = true;
        }}
        onPointerMove={(event) => dragging.current && go(lineOf(event))}
        onPointerUp={() => {
          dragging.current = false;
        }}
        onClick={(event) => event.stopPropagation()}
      >
        <rect className="hit" x={at - 10} y={0} width={20} height={16} />
        <path d={`M${at - 5} 0h10l-5 7Z`} />
      </g>
    </g>
  );
}

/** Returns the number of lines that a key moves by; null for other keys. */
function keySteps(key: string): number | null {
  switch (key) {
    case 'ArrowRight':
      return 1;
    case 'ArrowLeft':
      return -1;
    case 'PageDown':
      return 10;
    case 'PageUp':
      return -10;
    default:
      return null;
  }
}
