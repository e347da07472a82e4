// Zooming and panning with wheel, mouse and fingers, by d3-zoom. The transform that d3 keeps is that of the view, which
// can also be changed from outside. Fetched behind the first picture (useZoom.ts).
//
// The wheel: with Ctrl (also two fingers on a touchpad, which browsers tell as that) it magnifies, with Shift or sideways it
// moves, and alone it scrolls the lanes; where all lanes can be seen there is nothing to scroll, and it magnifies.

import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import {
  fitRange,
  NARROWEST,
  panRange,
  sameRange,
  type TimelineRange,
} from '../../../views/timeline/viewport.ts';
import type { ZoomSetting } from './useZoom.ts';

/** An element that zooms and pans. */
export interface Zooming {
  /** To be called whenever the setting has changed. */
  readonly follow: () => void;
  /** The element is as before. */
  readonly end: () => void;
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

/** Powers of two by which a turn of the wheel magnifies. Two fingers on a touchpad come as small turns with Ctrl. */
function turnOf({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const unit =
    deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : deltaMode === WheelEvent.DOM_DELTA_PAGE ? 1 : 0.002;
  return -deltaY * unit * (ctrlKey && Math.abs(deltaY) < 40 ? 5 : 1);
}

/** True for what has its own way with the pointer. */
function isOwn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-own-pointer]') !== null;
}

/** Makes an element zoom and pan. `now` says the setting as it is. */
export function zooming(element: HTMLDivElement, now: () => ZoomSetting): Zooming {
  const behaviour = zoom<HTMLDivElement, unknown>()
    .filter((event: Event) => {
      if (event instanceof WheelEvent) return magnifies(event, now().scrolls.current);
      if (isOwn(event.target) || now().marks) return false;
      return !(event instanceof MouseEvent) || (event.button === 0 && !event.shiftKey && !event.ctrlKey);
    })
    .wheelDelta(turnOf)
    .on('zoom', (event: D3ZoomEvent<HTMLDivElement, unknown>) => {
      // what did not come from a person was put there by `follow`
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
