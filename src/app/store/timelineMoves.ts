// Moves of the timeline's visible part. Loaded with the lanes, after the first picture.

import { currentSession } from '../../session/history.ts';
import {
  clampRange,
  fitRange,
  panRange,
  sameRange,
  type TimelineRange,
  zoomAround,
} from '../../views/timeline/viewport.ts';
import type { App } from './app.ts';
import { labSlice } from './lab.ts';
import { markRange, timelineLookSlice } from './timelineLook.ts';

const session = (app: App) => currentSession(app.get(labSlice).history);

/** Returns the visible range of a script with that many lines. */
export function shownRange(view: TimelineRange | null, lines: number): TimelineRange {
  return view === null ? fitRange(lines) : clampRange(view, lines);
}

/** Shows a range. */
export function showRange(app: App, range: TimelineRange): void {
  const lines = session(app).script.length;
  const view = clampRange(range, lines);
  app.set(timelineLookSlice, { view: sameRange(view, fitRange(lines)) ? null : view });
}

/** Zooms by a factor around the cursor, or around the middle while the cursor is out of view. */
export function zoomBy(app: App, factor: number): void {
  const { cursor, script } = session(app);
  const now = shownRange(app.get(timelineLookSlice).view, script.length);
  showRange(app, zoomAround(now, script.length, factor, cursor.line));
}

/** Moves by a part of the visible range. */
export function panBy(app: App, part: number): void {
  const lines = session(app).script.length;
  showRange(app, panRange(shownRange(app.get(timelineLookSlice).view, lines), lines, part));
}

/** Zooms to the marked range and clears the mark. */
export function showMarked(app: App): void {
  const { brush } = app.get(timelineLookSlice);
  if (brush === null) return;
  showRange(app, brush);
  markRange(app, null);
}

/** Shows the whole script. */
export function showAll(app: App): void {
  app.set(timelineLookSlice, { view: null });
}

/** Zooms to the line of the cursor. */
export function showLine(app: App): void {
  const { line } = session(app).cursor;
  showRange(app, { from: line, to: line + 1 });
}
