// The offline state of the page: kept by the browser or not, and a waiting newer version. keepOffline.ts, which is loaded after the
// first picture, updates this slice.

import { slice } from './app.ts';

/** The offline state of the page. */
export interface Offline {
  /** `none`: the browser does not keep the page; `why` is the reason. */
  readonly state: 'none' | 'keeping' | 'kept';
  /** A phrase for use after a colon. */
  readonly why: string;
  /** Opens the newer version; null without one. */
  readonly update: (() => void) | null;
}

/** The slice. */
export const offlineSlice = slice<Offline>(() => ({
  state: 'none',
  why: 'the page has just been opened',
  update: null,
}));
