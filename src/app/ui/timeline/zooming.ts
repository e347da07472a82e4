// Zooms and pans with wheel, mouse and touch, by d3-zoom. d3's transform follows the view, which
// can also change from outside. Fetched after the first picture (useZoom.ts).
//
// The wheel magnifies with Ctrl (browsers report two fingers on a touchpad as that) and pans with Shift or sideways;
// alone it scrolls the lanes, or magnifies while all lanes are visible.

import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import {
  fitRange,
  NARROWEST,
  panRange,
  sameRange,
  type TimelineRange,
} from '../../../views/timeline/viewport.ts';
import type { ZoomSetting } from './useZoom.ts';

/** Control of an element that zooms and pans. */
export interface Zooming {
  /** Applies a changed setting. */
  readonly follow: () => void;
  /** Removes all handlers. */
  readonly end: () => void;
}

/** Returns the transform from the whole axis to the view. */
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

/** Returns true if a turn of the wheel magnifies. */
function magnifies(event: WheelEvent, scrolls: boolean): boolean {
  if (event.ctrlKey || event.metaKey) return true;
  return !scrolls && !event.shiftKey && Math.abs(event.deltaY) > Math.abs(event.deltaX);
}

/** Returns the power of two that a turn of the wheel magnifies by. Touchpads send small turns with Ctrl. */
function turnOf({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const unit =
    deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : deltaMode === WheelEvent.DOM_DELTA_PAGE ? 1 : 0.002;
  return -deltaY * unit * (ctrlKey && Math.abs(deltaY) < 40 ? 5 : 1);
}

/** Returns true for elements that handle the pointer themselves. */
function isOwn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-own-pointer]') !== null;
}

/** Makes an element zoom and pan. `now` returns the current setting. */
export function zooming(element: HTMLDivElement, now: () => ZoomSetting): Zooming {
  const behaviour = zoom<HTMLDivElement, unknown>()
    .filter((event: Event) => {
      if (event instanceof WheelEvent) return magnifies(event, now().scrolls.current);
      if (isOwn(event.target) || now().marks) return false;
      return !(event instanceof MouseEvent) || (event.button === 0 && !event.shiftKey && !event.ctrlKey);
    })
    .wheelDelta(turnOf)
    .on('zoom', (event: D3ZoomEvent<HTMLDivElement, unknown>) => {
      // events without a source come from `follow`
      if (event.sourceEvent !== null) now().onView(viewOf(event.transform, now()));
    });
  const selection = select(element).call(behaviour).on('dblclick.zoom', null);
  const pan = (event: WheelEvent) => {
    const { scrolls, view, lines, width, onView } = now();
    if (magnifies(event, scrolls.current)) return;
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (sideways === 0) return;
    event.preventDefault();
    onView(panRange(view, lines, sideways / width));
  };
  element.addEventListener('wheel', pan, { passive: false });
  const follow = () => {
    const { lines, view, left, width } = now();
    const whole = fitRange(lines);
    behaviour
      .extent([
        [left, 0],
        [left + width, 1],
      ])
      .translateExtent([
        [left, 0],
        [left + width, 1],
      ])
      .scaleExtent([1, Math.max(1, (whole.to - whole.from) / NARROWEST)]);
    const known: unknown = selection.property('__zoom');
    if (isTransform(known) && sameRange(viewOf(known, now()), view)) return;
    selection.property('__zoom', transformOf(now()));
  };
  follow();
  return {
    follow,
    end: () => {
      selection.on('.zoom', null);
      element.removeEventListener('wheel', pan);
    },
  };
}

function isTransform(value: unknown): value is ZoomTransform {
  return value instanceof zoomIdentity.constructor;
}
