// The text in place of the kernel calls, for a line whose calls the model does not cover.
import { configure, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { CompareView } from '../../src/app/features/compare/CompareView.tsx';
import { TracePane } from '../../src/app/features/lab/trace/TracePane.tsx';
import { openCompare } from '../../src/app/store/compare.ts';
import { edit, labSlice, lookAt } from '../../src/app/store/lab.ts';
import { openView } from '../../src/app/store/view.ts';
import { FIRST_LANES } from '../../src/session/lanes.ts';
import { sessionOf } from '../views/sessionOf.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });

beforeEach(() => {
  app.set(labSlice, failingState());
  openView(app, 'lab');
  edit(app, 'a script without calls of vfio-pci', () => sessionOf('eventfd 100\nwrite 100 1'));
  lookAt(app, { line: 2, step: null });
});

test('the call pane shows that other calls are not shown, and does not claim that nothing is called', () => {
  render(<TracePane />);
  const calls = screen.getByRole('region', { name: 'Kernel calls · line 2' });
  expect(calls).not.toHaveTextContent(/nothing/i);
  expect(within(calls).getByText(/^Calls not shown: /)).toBeInTheDocument();
});

test('Compare shows the same text', async () => {
  openCompare(app, FIRST_LANES, null);
  render(<CompareView />);
  const summary = await screen.findByText('Kernel calls');
  (summary.closest('summary') ?? summary).click();
  expect(await screen.findByText(/^Calls not shown: /)).toBeInTheDocument();
  expect(screen.queryByText(/calls nothing/)).not.toBeInTheDocument();
});
