// The visible part of the timeline, for its buttons, keys and commands. It is not part of the session.

import type { LaneLook } from '../../views/timeline/rows.ts';
import type { TimelineRange } from '../../views/timeline/viewport.ts';
import { type App, slice } from './app.ts';

/** The state of the slice. */
interface TimelineLookState {
  /** Null: the whole script, also when it grows. */
  readonly view: TimelineRange | null;
  readonly brush: TimelineRange | null;
  readonly look: LaneLook;
}

/** First height of a lane, in pixels. */
export const LANE_HEIGHT = 16;

/** The slice. */
export const timelineLookSlice = slice<TimelineLookState>(() => ({
  view: null,
  brush: null,
  look: { folded: new Set(), all: false, height: LANE_HEIGHT },
}));

/** Marks a range; null clears the mark. */
export function markRange(app: App, brush: TimelineRange | null): void {
  app.set(timelineLookSlice, { brush });
}

/** Changes the choice and height of lanes. */
export function changeLanes(app: App, look: Partial<LaneLook>): void {
  app.set(timelineLookSlice, (state) => ({ look: { ...state.look, ...look } }));
}
