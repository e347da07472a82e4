// The look of the lab's panes: their sizes as a style, and the pane that fills the lab. shell/panes/ sets it; without a choice of
// the person the style sheet decides.

import type { CSSProperties } from 'react';
import { slice } from './app.ts';

/** The key of the kept sizes. */
export const PANES = 'irqscope.panes';

/** What the lab's element shows of the sizes. */
export interface PanesLook {
  /** Custom properties for the style sheet. */
  readonly style?: CSSProperties;
  /** The sized and the collapsed panes, as words for the style sheet. */
  readonly sized?: string;
  /** The class of the pane that fills the lab. */
  readonly maximised?: string | undefined;
}

/** The look of the panes. */
export const panesSlice = slice<PanesLook>(() => ({}));
