// Which lanes Compare shows, and where in them a person looks. The view itself is loaded when it is opened; this is all
// that the page knows before.

import { create } from 'zustand';
import type { LinkView } from '../../formats/permalink/viewPart.ts';
import { FIRST_LANES, LANES, type Lane } from '../../session/lanes.ts';
import type { Session } from '../../session/session.ts';
import type { Travel } from '../../session/travel.ts';
import { edit, useLab } from './lab.ts';
import { openView, useView } from './view.ts';

/** What Compare shows. */
export interface CompareState {
  readonly lanes: readonly Lane[];
  /**
   * The step inside the line, counted over the aligned traces, or null for the line as a whole; `parting`: where the lanes
   * begin to differ (views/compare/seek.ts).
   */
  readonly step: number | null | 'parting';
  /** Only the lines that differ are listed. */
  readonly onlyDiffering: boolean;
}

/** What is compared. */
export const useCompare = create<CompareState>()(() => ({
  lanes: FIRST_LANES,
  step: null,
  onlyDiffering: false,
}));

/**
 * Opens Compare. `lanes` replace those that were there, null keeps them; `session` becomes the session that is looked at
 * (script, setup and cursor: one edit, so that undo brings the old one back), null keeps it. A step inside the line that
 * is looked at stays; `parting` looks at the kernel call at which the lanes part.
 */
export function openCompare(
  lanes: readonly Lane[] | null,
  session: Session | null,
  step: 'parting' | null = null,
): void {
  // first, so that the edit makes the one entry of the browser's history
  openView('compare');
  if (lanes !== null) setLanes(lanes);
  useCompare.setState({ step });
  if (session !== null) edit('open in Compare', () => session);
}

/** Shows these lanes; fewer than two or more than four are refused. */
function setLanes(lanes: readonly Lane[]): void {
  if (lanes.length < LANES.fewest || lanes.length > LANES.most) return;
  useCompare.setState({ lanes, step: null });
}

/** Puts another lane at the end, or in the place of one; says what is wrong when it cannot be. */
export function putLane(lane: Lane, at: number | null): void {
  const { lanes } = useCompare.getState();
  setLanes(at === null ? [...lanes, lane] : lanes.with(at, lane));
}

/** Takes a lane out. */
export function removeLane(at: number): void {
  setLanes(useCompare.getState().lanes.toSpliced(at, 1));
}

/** Lists only the lines that differ, or all. */
export function toggleOnlyDiffering(): void {
  const onlyDiffering = !useCompare.getState().onlyDiffering;
  useCompare.setState({ onlyDiffering });
  useLab.setState({ announcement: onlyDiffering ? 'Only lines that differ.' : 'All lines.' });
}

/** The view as a link says it; null for the lab with the lanes that it begins with. */
export function shownView(): LinkView | null {
  const { view } = useView.getState();
  const { lanes } = useCompare.getState();
  if (view !== 'compare' && lanes === FIRST_LANES) return null;
  return { id: view === 'compare' ? 'compare' : 'lab', lanes };
}

/** Shows what a link says of the view. */
export function showView(view: LinkView | null): void {
  useCompare.setState({ lanes: view?.lanes ?? FIRST_LANES, step: null });
  openView(view?.id ?? 'lab');
}

/** How the open view goes through time, where it does that otherwise than the lab. */
export interface Traveller {
  readonly go: (how: Travel) => void;
  readonly can: (how: Travel) => boolean;
  /** To the next or the previous difference. */
  readonly difference: (forward: boolean) => void;
  readonly hasDifference: (forward: boolean) => boolean;
}

let current: Traveller | null = null;

/** Takes over the keys of time until `null` gives them back. */
export function setTraveller(traveller: Traveller | null): void {
  current = traveller;
}

/** Who goes through time now; null for the lab. */
export function traveller(): Traveller | null {
  return current;
}
