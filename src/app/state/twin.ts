// What the timeline's own tools remember: the search, the table in place of the drawing, and what of the axis is shown.

import { create } from 'zustand';
import { currentSession } from '../../session/history.ts';
import { nextMatch } from '../../views/timeline/matches.ts';
import { lookAt, useLab } from './lab.ts';

/** The search. */
export interface SearchState {
  readonly text: string;
  /** Lines that match, ascending. */
  readonly matches: readonly number[];
  /** What is wrong with the text, in words. */
  readonly problem: string | null;
  /** Lines that have been looked through, while there are more. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Lines that had been looked through when the search was stopped by hand. */
  readonly stopped: number | null;
}

/** No search. */
export const NO_SEARCH: SearchState = { text: '', matches: [], problem: null, progress: null, stopped: null };

/** The search of the timeline. */
export const useSearch = create<SearchState>()(() => NO_SEARCH);

/** The table that says what the timeline shows. */
export interface TwinState {
  readonly open: boolean;
  /** By line, or every lane after the line that is looked at. */
  readonly mode: 'lines' | 'lanes';
  /** Only lines that match the search. */
  readonly onlyMatches: boolean;
  /** Stretch of the axis that the drawing shows (line n stands from n to n + 1); null for all of it. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

/** The table. */
export const useTwin = create<TwinState>()(() => ({
  open: false,
  mode: 'lines',
  onlyMatches: false,
  range: null,
}));

/** Opens the table, or the drawing again. */
export function toggleTwin(): void {
  useTwin.setState(({ open }) => ({ open: !open }));
  useLab.setState({
    announcement: useTwin.getState().open ? 'The timeline is a table.' : 'The timeline is drawn.',
  });
}

/** Looks at the next match, or with −1 at the one before. */
export function goToMatch(way: 1 | -1): void {
  const { line } = currentSession(useLab.getState().history).cursor;
  const found = nextMatch(useSearch.getState().matches, line, way);
  if (found !== null) lookAt({ line: found, step: null });
}
