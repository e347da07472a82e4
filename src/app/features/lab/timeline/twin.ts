// The state of the timeline's tools: the search, and the table that replaces the drawing.

import { currentSession } from '../../../../session/history.ts';
import { nextMatch } from '../../../../views/timeline/matches.ts';
import { type App, slice } from '../../../store/app.ts';
import { labSlice, lookAt } from '../../../store/lab.ts';

/** The search. */
export interface SearchState {
  readonly text: string;
  /** Lines that match, ascending. */
  readonly matches: readonly number[];
  /** The error in the text, or null. */
  readonly problem: string | null;
  /** Searched lines, while the search runs. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Searched lines when a person stopped the search. */
  readonly stopped: number | null;
}

/** The state while no search is active. */
export const NO_SEARCH: SearchState = { text: '', matches: [], problem: null, progress: null, stopped: null };

/** The search of the timeline. */
export const searchSlice = slice<SearchState>(() => NO_SEARCH);

/** The table with the contents of the timeline. */
export interface TwinState {
  readonly open: boolean;
  /** By line, or every lane after the current line. */
  readonly mode: 'lines' | 'lanes';
  /** Only lines that match the search. */
  readonly onlyMatches: boolean;
}

/** The table. */
export const twinSlice = slice<TwinState>(() => ({
  open: false,
  mode: 'lines',
  onlyMatches: false,
}));

/** Switches between table and drawing. */
export function toggleTwin(app: App): void {
  app.set(twinSlice, ({ open }) => ({ open: !open }));
  app.set(labSlice, {
    announcement: app.get(twinSlice).open
      ? 'The timeline is shown as a table.'
      : 'The timeline is shown as a drawing.',
  });
}

/** Goes to the next match, or with −1 to the previous one. */
export function goToMatch(app: App, way: 1 | -1): void {
  const { line } = currentSession(app.get(labSlice).history).cursor;
  const found = nextMatch(app.get(searchSlice).matches, line, way);
  if (found !== null) lookAt(app, { line: found, step: null });
}
