// Zooming and panning by wheel, mouse and fingers, as soon as what does it (zooming.ts, d3-zoom) has been fetched: the first
// picture does not wait for it.

import { type RefObject, useEffect, useRef } from 'react';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';
import { begunLate } from '../../parts/late.ts';
import type { Zooming } from './zooming.ts';

/** What the hook needs to know. */
export interface ZoomSetting {
  readonly lines: number;
  readonly view: TimelineRange;
  readonly onView: (view: TimelineRange) => void;
  /** Where the axis begins and how long it is, in pixels of the element. */
  readonly left: number;
  readonly width: number;
  /** The lanes can be scrolled. */
  readonly scrolls: { readonly current: boolean };
  /** A drag marks a range, and does not pan. */
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
  // the transform that d3 keeps is compared with the view, which costs less than to know what has changed
  useEffect(() => made.current?.follow());
}
