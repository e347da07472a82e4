import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { App } from '../../src/app/App.tsx';
import { openFile } from '../../src/app/state/builtIn.ts';
import { firstState, useLab } from '../../src/app/state/lab.ts';
import { useWorking } from '../../src/app/state/working.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { workload } from '../../src/session/workload.ts';

beforeEach(() => useLab.setState(firstState(), true));

const work = { phase: 'replaying', done: 34_512, total: 100_000, name: '', shown: true } as const;

test('the bar says how far it is, can be ended, and goes on', async () => {
  render(<App />);
  expect(screen.queryByRole('region', { name: 'Progress' })).toBeNull();
  act(() => useWorking.setState(work));
  const bar = await screen.findByRole('progressbar', { name: 'Working out line 34,512 of 100,000' });
  expect(bar).toHaveAttribute('max', '100000');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(screen.getByText('Worked out up to line 34,512 of 100,000.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Go on' })).toBeInTheDocument();
  act(() => useWorking.setState({ phase: 'opening', name: 'a.txt', total: 0, shown: true }));
  expect(screen.getByRole('progressbar', { name: 'Opening a.txt' })).not.toHaveAttribute('max');
  act(() => useWorking.setState({ phase: 'idle' }));
  expect(screen.queryByRole('region', { name: 'Progress' })).toBeNull();
});

test('without a worker the page works a long script out itself', async () => {
  render(<App />);
  const text = printScript(workload({ lines: 1500, vectors: 16, seed: 4 }));
  await act(() => openFile(new File([text], 'some.txt')));
  expect(screen.getByText('line 0 / 1500')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Last line' }));
  // a query by role would take longer than the work
  const heading = document.querySelector('#wiring-heading');
  await waitFor(() => expect(heading?.textContent).toBe('Wiring after line 1500'), { timeout: 20_000 });
}, 40_000);
