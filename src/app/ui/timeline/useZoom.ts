// Zooms and pans by wheel, mouse and touch once zooming.ts with d3-zoom is fetched, after the
// first picture.

import { type RefObject, useEffect, useRef } from 'react';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';
import { begunLate } from '../late.ts';
import type { Zooming } from './zooming.ts';

/** Arguments of the hook. */
export interface ZoomSetting {
  readonly lines: number;
  readonly view: TimelineRange;
  readonly onView: (view: TimelineRange) => void;
  /** Left edge and width of the axis, in pixels of the element. */
  readonly left: number;
  readonly width: number;
  /** The lanes can be scrolled. */
  readonly scrolls: { readonly current: boolean };
  /** A drag marks a range and does not pan. */
  readonly marks: boolean;
}

/** Makes an element zoom and pan. */
export function useZoom(ref: RefObject<HTMLDivElement | null>, setting: ZoomSetting): void {
  const now = useRef(setting);
  now.current = setting;
  const made = useRef<Zooming | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    return begunLate(async () => {
      const { zooming } = await import('./zooming.ts');
      const zoom = zooming(element, () => now.current);
      made.current = zoom;
      return () => {
        made.current = null;
        zoom.end();
      };
    });
  }, [ref]);
  // comparing d3's transform with the view is cheaper than tracking changes
  useEffect(() => made.current?.follow());
}
