// Which lanes Compare shows. The view itself is loaded when it is opened; this is all that the page knows before.

import { create } from 'zustand';
import { FIRST_LANES, LANES, type Lane } from '../../session/lanes.ts';
import type { Session } from '../../session/session.ts';
import { edit } from './lab.ts';
import { openView } from './view.ts';

/** What is compared. */
export const useCompare = create<{ readonly lanes: readonly Lane[] }>()(() => ({ lanes: FIRST_LANES }));

/**
 * Opens Compare. `lanes` replace those that were there, null keeps them; `session` becomes the session that is looked at
 * (script, setup and cursor: one edit, so that undo brings the old one back), null keeps it.
 */
export function openCompare(lanes: readonly Lane[] | null, session: Session | null): void {
  if (session !== null) edit('open in Compare', () => session);
  if (lanes !== null) setLanes(lanes);
  openView('compare');
}

/** Shows these lanes; fewer than two or more than four are refused. */
export function setLanes(lanes: readonly Lane[]): void {
  if (lanes.length < LANES.fewest || lanes.length > LANES.most) return;
  useCompare.setState({ lanes });
}
