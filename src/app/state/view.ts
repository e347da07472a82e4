// Which of the page's views is open.

import { create } from 'zustand';

/** The views, in the order of the top bar. */
export const VIEW_IDS = ['lab', 'compare'] as const;
/** One of them. */
export type ViewId = (typeof VIEW_IDS)[number];

/** The open view. */
export const useView = create<{ readonly view: ViewId }>()(() => ({ view: 'lab' }));

/** Opens a view; the session stays. */
export function openView(view: ViewId): void {
  useView.setState({ view });
}
