// Moves the focus to a part of the page that a command has asked for, once that part is drawn.

import { useEffect } from 'react';
import { useApp, useSlice } from '../store/appContext.ts';
import { compose, composeSlice, type MorePart } from '../store/compose.ts';
import { focusPane } from './focusPane.ts';

/** Focuses one of these parts, which the calling component draws, when it is asked for. */
export function useWanted(...parts: readonly MorePart[]): void {
  const app = useApp();
  const wanted = useSlice(composeSlice, (state) =>
    state.wanted !== null && parts.includes(state.wanted) ? state.wanted : null,
  );
  useEffect(() => {
    if (wanted === null) return;
    focusPane(wanted);
    compose(app, { wanted: null });
  }, [app, wanted]);
}
