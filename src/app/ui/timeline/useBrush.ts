// Marks a range of lines: by a drag with Shift, or by any drag while marking is on.

import { type PointerEvent, useRef, useState } from 'react';
import { snapRange, type TimelineRange } from '../../../views/timeline/viewport.ts';
import type { Pointed } from './pointedAt.ts';

/** Pointer handlers, and the range during a drag. */
export interface Brush {
  readonly drawn: TimelineRange | null;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  /** Returns true once, for the click that ends a drag. */
  readonly eatsClick: () => boolean;
}

/** Arguments of the hook. */
interface BrushSetting {
  readonly lines: number;
  /** Marks with every drag. */
  readonly always: boolean;
  /** Returns the place on the axis at a pointer's x. */
  readonly placeAt: (event: Pointed) => number;
  readonly onBrush: (range: TimelineRange | null) => void;
}

/** Marks ranges. */
export function useBrush({ lines, always, placeAt, onBrush }: BrushSetting): Brush {
  const [drawn, setDrawn] = useState<TimelineRange | null>(null);
  const start = useRef<{ readonly x: number; readonly at: number } | null>(null);
  const dragged = useRef(false);
  const isOwn = (event: PointerEvent) =>
    event.target instanceof Element && event.target.closest('[data-own-pointer]') !== null;
  return {
    drawn,
    onPointerDown: (event) => {
      dragged.current = false;
      if (event.button !== 0 || !(event.shiftKey || always) || isOwn(event)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, at: placeAt(event) };
    },
    onPointerMove: (event) => {
      if (start.current === null || Math.abs(event.clientX - start.current.x) < 3) return;
      dragged.current = true;
      setDrawn(snapRange({ from: start.current.at, to: placeAt(event) }, lines));
    },
    onPointerUp: (event) => {
      if (start.current !== null && dragged.current)
        onBrush(snapRange({ from: start.current.at, to: placeAt(event) }, lines));
      start.current = null;
      setDrawn(null);
    },
    eatsClick: () => {
      const eats = dragged.current;
      dragged.current = false;
      return eats;
    },
  };
}
