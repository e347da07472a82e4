// The lanes of Compare and the place in them. The view itself is loaded when it is opened; the page needs only this state
// before.

import type { LinkView } from '../../formats/permalink/viewPart.ts';
import { FIRST_LANES, LANES, type Lane } from '../../session/lanes.ts';
import type { Session } from '../../session/session.ts';
import type { Travel } from '../../session/travel.ts';
import { type App, local, slice } from './app.ts';
import { edit, labSlice } from './lab.ts';
import { openView, viewSlice } from './view.ts';

/** The state of Compare. */
export interface CompareState {
  readonly lanes: readonly Lane[];
  /**
   * The step inside the line, counted over the aligned traces, or null for the whole line; `parting`: the first differing step
   * (views/compare/seek.ts).
   */
  readonly step: number | null | 'parting';
  /** Only differing lines are listed. */
  readonly onlyDiffering: boolean;
}

/** The state of Compare. */
export const compareSlice = slice<CompareState>(() => ({
  lanes: FIRST_LANES,
  step: null,
  onlyDiffering: false,
}));

/**
 * Opens Compare. `lanes` replace the current ones, null keeps them; `session` replaces the current session (script, setup and
 * cursor) in one edit that undo reverts, null keeps it. The current step inside the line stays; `parting` goes to the first
 * differing kernel call.
 */
export function openCompare(
  app: App,
  lanes: readonly Lane[] | null,
  session: Session | null,
  step: 'parting' | null = null,
): void {
  // first, so that the edit creates the only entry in the browser's history
  openView(app, 'compare');
  if (lanes !== null) setLanes(app, lanes);
  app.set(compareSlice, { step });
  if (session !== null) edit(app, 'open in Compare', () => session);
}

/** Sets the lanes; ignores fewer than two or more than four. */
function setLanes(app: App, lanes: readonly Lane[]): void {
  if (lanes.length < LANES.fewest || lanes.length > LANES.most) return;
  app.set(compareSlice, { lanes, step: null });
}

/** Adds a lane at the end, or replaces lane `at`. */
export function putLane(app: App, lane: Lane, at: number | null): void {
  const { lanes } = app.get(compareSlice);
  setLanes(app, at === null ? [...lanes, lane] : lanes.with(at, lane));
}

/** Removes a lane. */
export function removeLane(app: App, at: number): void {
  setLanes(app, app.get(compareSlice).lanes.toSpliced(at, 1));
}

/** Toggles between differing lines and all lines. */
export function toggleOnlyDiffering(app: App): void {
  const onlyDiffering = !app.get(compareSlice).onlyDiffering;
  app.set(compareSlice, { onlyDiffering });
  app.set(labSlice, {
    announcement: onlyDiffering ? 'Only differing lines are listed.' : 'All lines are listed.',
  });
}

/** Returns the view for a link; null for the lab with the first lanes. */
export function shownView(app: App): LinkView | null {
  const { view } = app.get(viewSlice);
  const { lanes } = app.get(compareSlice);
  if (view !== 'compare' && lanes === FIRST_LANES) return null;
  return { id: view === 'compare' ? 'compare' : 'lab', lanes };
}

/** Shows the view of a link. */
export function showView(app: App, view: LinkView | null): void {
  app.set(compareSlice, { lanes: view?.lanes ?? FIRST_LANES, step: null });
  openView(app, view?.id ?? 'lab');
}

/** Moves through time in a view that does it differently from the lab. */
export interface Traveller {
  readonly go: (how: Travel) => void;
  readonly can: (how: Travel) => boolean;
  /** To the next or the previous difference. */
  readonly difference: (forward: boolean) => void;
  readonly hasDifference: (forward: boolean) => boolean;
}

/** The values of an app that no pane shows. */
interface Held {
  current: Traveller | null;
}

const held = local<Held>(() => ({
  current: null,
}));

/** Overrides the keys of time until it is reset with `null`. */
export function setTraveller(app: App, traveller: Traveller | null): void {
  const my = app.local(held);
  my.current = traveller;
}

/** Returns the current override; null for the lab. */
export function traveller(app: App): Traveller | null {
  const my = app.local(held);
  return my.current;
}
