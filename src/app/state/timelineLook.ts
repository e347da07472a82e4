// What of the timeline is shown, for its buttons, keys and commands. It is no part of the session.

import { create } from 'zustand';
import { currentSession } from '../../session/history.ts';
import {
  clampRange,
  fitRange,
  panRange,
  sameRange,
  type TimelineRange,
  zoomRange,
} from '../../views/timeline/viewport.ts';
import type { LaneLook } from '../panes/timeline/props.ts';
import { useLab } from './lab.ts';

/** What the store holds. */
interface TimelineLookState {
  /** Null: everything, also when the script grows. */
  readonly view: TimelineRange | null;
  readonly brush: TimelineRange | null;
  readonly look: LaneLook;
}

/** Pixels a lane at first. */
export const LANE_HEIGHT = 16;

/** The store. */
export const useTimelineLook = create<TimelineLookState>()(() => ({
  view: null,
  brush: null,
  look: { folded: new Set(), all: false, height: LANE_HEIGHT },
}));

const session = () => currentSession(useLab.getState().history);

/** What is shown of a script of so many lines. */
export function shownRange(view: TimelineRange | null, lines: number): TimelineRange {
  return view === null ? fitRange(lines) : clampRange(view, lines);
}

/** Shows a range. */
export function showRange(range: TimelineRange): void {
  const lines = session().script.length;
  const view = clampRange(range, lines);
  useTimelineLook.setState({ view: sameRange(view, fitRange(lines)) ? null : view });
}

/** Marks a range, or none. */
export function markRange(brush: TimelineRange | null): void {
  useTimelineLook.setState({ brush });
}

/** Changes which lanes are shown. */
export function changeLanes(look: Partial<LaneLook>): void {
  useTimelineLook.setState((state) => ({ look: { ...state.look, ...look } }));
}

/** Magnifies by a factor around the cursor, or around the middle where the cursor cannot be seen. */
export function zoomBy(factor: number): void {
  const { cursor, script } = session();
  const now = shownRange(useTimelineLook.getState().view, script.length);
  const at = cursor.line + 0.5;
  const isSeen = at >= now.from && at <= now.to;
  showRange(zoomRange(now, script.length, factor, isSeen ? at : (now.from + now.to) / 2));
}

/** Moves by a part of what is shown. */
export function panBy(part: number): void {
  const lines = session().script.length;
  showRange(panRange(shownRange(useTimelineLook.getState().view, lines), lines, part));
}

/** Shows the marked range and takes the mark away. */
export function showMarked(): void {
  const { brush } = useTimelineLook.getState();
  if (brush === null) return;
  showRange(brush);
  markRange(null);
}

/** Magnifies the line of the cursor until it fills the view. */
export function showLine(): void {
  const { line } = session().cursor;
  showRange({ from: line, to: line + 1 });
}
