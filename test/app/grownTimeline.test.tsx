// The timeline of a long script grows in place; the panes follow at the next update only.
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { createApp } from '../../src/app/store/app.ts';
import { AppProvider } from '../../src/app/store/appContext.ts';
import { replayOf } from '../../src/app/store/derived.ts';
import { firstState, labSlice } from '../../src/app/store/lab.ts';
import { appendTimeline, useTimeline } from '../../src/app/store/timeline.ts';
import { step } from '../../src/app/store/working.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { currentSession, startHistory } from '../../src/session/history.ts';
import { emptySession } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { Work } from '../../src/views/work.ts';
import { fakeServices } from './services.ts';

test('the timeline has a new version once the panes are updated, and not for each piece', () => {
  const app = createApp(fakeServices(), []);
  const session = withScript(
    emptySession('dynamic', 'nvme'),
    workload({ lines: 1500, vectors: 16, seed: 4 }),
  );
  app.set(labSlice, { ...firstState(), history: startHistory(session) });
  const replayed = replayOf(app, currentSession(app.get(labSlice).history));
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <AppProvider value={app}>{children}</AppProvider>
  );
  const { result, rerender } = renderHook(() => useTimeline(), { wrapper });
  const { data, version } = result.current;
  let looks = 0;
  appendTimeline(app, replayed, new Work(replayed, 0).next(() => ++looks > 100).timeline);
  expect(data.length).toBeGreaterThan(0);
  rerender();
  expect(result.current).toEqual({ data, version });
  step(app, {});
  rerender();
  expect(result.current).toEqual({ data, version: data.version });
  expect(data.version).not.toBe(version);
});
