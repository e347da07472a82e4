// Which of the page's views is open, and what it says in the address in the place of the session.

import { create } from 'zustand';

/** The views, in the order of the top bar. */
export const VIEW_IDS = ['lab', 'compare', 'explore', 'learn'] as const;
/** One of them. */
export type ViewId = (typeof VIEW_IDS)[number];

/** The open view. */
export interface OpenView {
  readonly view: ViewId;
  /** The fragment of a view that has one of its own, without `#`, for instance `explore=v3&…`; null: the session's. */
  readonly own: string | null;
}

/** The open view. */
export const useView = create<OpenView>()(() => ({ view: 'lab', own: null }));

/** The views that stand in the address in the place of the session, with what they begin with. */
const OWN: Partial<Record<ViewId, string>> = { explore: 'explore=', learn: 'learn=lessons' };

/** Opens a view; the session stays. */
export function openView(view: ViewId): void {
  useView.setState({ view, own: OWN[view] ?? null });
}

/** What the open view says in the address. */
export function setOwnFragment(own: string): void {
  if (useView.getState().own !== own) useView.setState({ own });
}

/** The view that a fragment (with `#`) is of, where it is not of a session. */
export function viewOfFragment(hash: string): OpenView | null {
  const view = hash.startsWith('#explore=') ? 'explore' : hash.startsWith('#learn=') ? 'learn' : null;
  return view === null ? null : { view, own: hash.slice(1) };
}
