// Zooming and panning with wheel, mouse and fingers, by d3-zoom. The transform that d3 keeps is that of the view, which
// can also be changed from outside.
//
// The wheel: with Ctrl (also two fingers on a touchpad, which browsers tell as that) it magnifies, with Shift or sideways it
// moves, and alone it scrolls the lanes; where all lanes can be seen there is nothing to scroll, and it magnifies.

import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import { type RefObject, useEffect, useRef } from 'react';
import { fitRange, panRange, sameRange, type TimelineRange } from '../../../views/timeline/viewport.ts';

/** What the hook needs to know. */
export interface ZoomSetting {
  readonly lines: number;
  readonly view: TimelineRange;
  readonly onView: (view: TimelineRange) => void;
  /** Where the axis begins and how long it is, in pixels of the element. */
  readonly left: number;
  readonly width: number;
  /** The lanes can be scrolled. */
  readonly scrolls: boolean;
  /** A drag marks a range, and does not pan. */
  readonly marks: boolean;
}

/** The transform with which the whole axis becomes the view. */
function transformOf({ view, lines, left, width }: ZoomSetting): ZoomTransform {
  const whole = fitRange(lines);
  const scale = (whole.to - whole.from) / (view.to - view.from);
  const start = left + ((view.from - whole.from) / (whole.to - whole.from)) * width;
  return zoomIdentity.translate(left - scale * start, 0).scale(scale);
}

function viewOf({ k, x }: ZoomTransform, { lines, left, width }: ZoomSetting): TimelineRange {
  const whole = fitRange(lines);
  const perPixel = (whole.to - whole.from) / width;
  const from = whole.from + ((left - x) / k - left) * perPixel;
  return { from, to: from + (whole.to - whole.from) / k };
}

/** True where the wheel magnifies. */
function magnifies(event: WheelEvent, scrolls: boolean): boolean {
  if (event.ctrlKey || event.metaKey) return true;
  return !scrolls && !event.shiftKey && Math.abs(event.deltaY) > Math.abs(event.deltaX);
}

/** True for what has its own way with the pointer. */
function isOwn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-own-pointer]') !== null;
}

/** Makes an element zoom and pan. */
export function useZoom(ref: RefObject<HTMLDivElement | null>, setting: ZoomSetting): void {
  const now = useRef(setting);
  now.current = setting;
  const behaviour = useRef(zoom<HTMLDivElement, unknown>());
  useEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const zooming = behaviour.current;
    zooming
      .filter((event: Event) => {
        if (event instanceof WheelEvent) return magnifies(event, now.current.scrolls);
        if (isOwn(event.target) || now.current.marks) return false;
        return !(event instanceof MouseEvent) || (event.button === 0 && !event.shiftKey && !event.ctrlKey);
      })
      .on('zoom', (event: D3ZoomEvent<HTMLDivElement, unknown>) => {
        // what did not come from a person was put there by the effect below
        if (event.sourceEvent !== null) now.current.onView(viewOf(event.transform, now.current));
      });
    const selection = select(element).call(zooming).on('dblclick.zoom', null);
    const pan = (event: WheelEvent) => {
      const { scrolls, view, lines, width, onView } = now.current;
      if (magnifies(event, scrolls)) return;
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (sideways === 0) return;
      event.preventDefault();
      onView(panRange(view, lines, sideways / width));
    };
    element.addEventListener('wheel', pan, { passive: false });
    return () => {
      selection.on('.zoom', null);
      element.removeEventListener('wheel', pan);
    };
  }, [ref]);
  const { lines, view, left, width } = setting;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what of the setting decides
  useEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const whole = fitRange(lines);
    behaviour.current
      .extent([
        [left, 0],
        [left + width, 1],
      ])
      .translateExtent([
        [left, 0],
        [left + width, 1],
      ])
      .scaleExtent([1, Math.max(1, (whole.to - whole.from) / 0.05)]);
    const selection = select(element);
    const known: unknown = selection.property('__zoom');
    const wanted = transformOf(now.current);
    if (isTransform(known) && sameRange(viewOf(known, now.current), view)) return;
    selection.property('__zoom', wanted);
  }, [ref, lines, view.from, view.to, left, width]);
}

function isTransform(value: unknown): value is ZoomTransform {
  return value instanceof zoomIdentity.constructor;
}
