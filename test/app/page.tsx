// The page of a test file.

import { render as renderBare } from '@testing-library/react';
import type { ReactNode } from 'react';
import { browserServices } from '../../src/app/services/services.ts';
import { EFFECTS } from '../../src/app/shell/effects.ts';
import { createApp } from '../../src/app/store/app.ts';
import { AppProvider } from '../../src/app/store/appContext.ts';
import { firstState, type LabState, labSlice } from '../../src/app/store/lab.ts';
import { moveCursor } from '../../src/session/edits.ts';
import { currentSession, startHistory } from '../../src/session/history.ts';

/** Returns the state of a first visit one line later: at the line of the example that fails. */
export function failingState(): LabState {
  const state = firstState();
  const session = moveCursor(currentSession(state.history), { line: 7, step: null });
  return { ...state, history: startHistory(session) };
}

/** Returns one app with the effects of the lab, at the failing line, and `render` inside it. Each test file creates its own. */
export function createPage() {
  const app = createApp(browserServices(), EFFECTS);
  app.set(labSlice, failingState());
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <AppProvider value={app}>{children}</AppProvider>
  );
  return { app, render: (element: ReactNode) => renderBare(element, { wrapper }) };
}
