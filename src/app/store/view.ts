// The open view, and its own fragment of the address.

import { type App, slice } from './app.ts';

/** The views, in the order of the top bar. */
export const VIEW_IDS = ['lab', 'compare', 'explore', 'learn'] as const;
export type ViewId = (typeof VIEW_IDS)[number];

/** The open view. */
export interface OpenView {
  readonly view: ViewId;
  /** The fragment of a view that has one of its own, without `#`, for instance `explore=v3&…`; null: the session's. */
  readonly own: string | null;
}

/** The open view. */
export const viewSlice = slice<OpenView>(() => ({ view: 'lab', own: null }));

/** The views with a fragment of their own, and its first value. */
const OWN: Partial<Record<ViewId, string>> = { explore: 'explore=', learn: 'learn=lessons' };

/** Opens a view; the session stays. */
export function openView(app: App, view: ViewId): void {
  app.set(viewSlice, { view, own: OWN[view] ?? null });
}

/** Sets the open view's fragment. */
export function setOwnFragment(app: App, own: string): void {
  if (app.get(viewSlice).own !== own) app.set(viewSlice, { own });
}

/**
 * Matches the fragments that open a view: its name alone, the own fragment of Explore, and those of Lessons, which are its tabs and
 * pages and the page of a course. A lesson of a course is in the lab.
 */
export const VIEW_FRAGMENT = new RegExp(`^#((${VIEW_IDS.join('|')})$|(explore|learn)=|course=[^&]*$)`);

/** Returns the view of a fragment (with `#`), or null for the fragment of a session. */
export function viewOfFragment(hash: string): OpenView | null {
  if (!VIEW_FRAGMENT.test(hash)) return null;
  const named = VIEW_IDS.find((id) => hash === `#${id}`);
  if (named !== undefined) return { view: named, own: OWN[named] ?? null };
  return { view: hash.startsWith('#explore=') ? 'explore' : 'learn', own: hash.slice(1) };
}
