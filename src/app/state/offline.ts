// Whether the browser keeps the page for when there is no network, and whether a newer version waits. What does it is
// fetched after the page has opened (keepOffline.ts).

import { create } from 'zustand';

/** How it stands. */
export interface Offline {
  /** `none`: the page is not kept, for the reason `why`. */
  readonly state: 'none' | 'keeping' | 'kept';
  /** To stand behind a colon. */
  readonly why: string;
  /** Opens the newer version that is kept beside this one; null where none is. */
  readonly update: (() => void) | null;
}

/** The store. */
export const useOffline = create<Offline>()(() => ({
  state: 'none',
  why: 'the page has just been opened',
  update: null,
}));
