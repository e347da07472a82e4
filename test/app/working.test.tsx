import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
import { replayOf } from '../../src/app/store/derived.ts';
import { labSlice, lookAt, runLine } from '../../src/app/store/lab.ts';
import { openFile } from '../../src/app/store/opening.ts';
import { timelineFor } from '../../src/app/store/timeline.ts';
import { workingSlice } from '../../src/app/store/working.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { line } from '../../src/kernel/line.ts';
import { currentSession } from '../../src/session/history.ts';
import { knownLines } from '../../src/session/replay.ts';
import { workload } from '../../src/session/workload.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

beforeEach(() => app.set(labSlice, failingState()));

const work = {
  phase: 'replaying',
  done: 34_512,
  total: 100_000,
  memory: 130 * 2 ** 20,
  name: '',
  shown: true,
} as const;

test('the bar shows the progress, can be cancelled and continued', async () => {
  render(<Page />);
  expect(screen.queryByRole('region', { name: 'Progress' })).toBeNull();
  act(() => app.set(workingSlice, work));
  const bar = await screen.findByRole('progressbar', { name: 'Computing line 34,512 of 100,000' });
  expect(bar).toHaveAttribute('max', '100000');
  act(() => app.set(workingSlice, { total: 1_000_000, memory: 900 * 2 ** 20 }));
  screen.getByRole('progressbar', {
    name: 'Computing line 34,512 of 1,000,000; all of them take about 0.9 GB of memory',
  });
  act(() => app.set(workingSlice, work));
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(screen.getByText('Computed up to line 34,512 of 100,000.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Continue' })).toBeInTheDocument();
  act(() => app.set(workingSlice, { phase: 'opening', name: 'a.txt', total: 0, shown: true }));
  expect(screen.getByRole('progressbar', { name: 'Opening a.txt' })).not.toHaveAttribute('max');
  act(() => app.set(workingSlice, { phase: 'idle' }));
  expect(screen.queryByRole('region', { name: 'Progress' })).toBeNull();
});

test('without a worker the page computes a long script itself', async () => {
  render(<Page />);
  const text = printScript(workload({ lines: 1500, vectors: 16, seed: 4 }));
  await act(() => openFile(app, new File([text], 'some.txt')));
  expect(screen.getByText('line 0 / 1500')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Last line' }));
  // a query by role would take longer than the work
  const heading = document.querySelector('#wiring-heading');
  await waitFor(() => expect(heading?.textContent).toBe('Wiring after line 1500'));
});

test('a line at the end of a long script is drawn at once: no work begins, and the timeline has the line', async () => {
  render(<Page />);
  const text = printScript(workload({ lines: 1500, vectors: 16, seed: 4 }));
  await act(() => openFile(app, new File([text], 'some.txt')));
  await waitFor(() => expect(app.get(workingSlice).phase).toBe('idle'));
  act(() => lookAt(app, { line: 1500, step: null }));
  let changes = 0;
  const end = app.on(workingSlice, () => changes++);
  act(() => runLine(app, line({ op: 'raise', vector: 0 })));
  end();
  const replayed = replayOf(app, currentSession(app.get(labSlice).history));
  expect([knownLines(replayed), timelineFor(app, replayed).length, changes]).toEqual([1501, 1501, 0]);
});
