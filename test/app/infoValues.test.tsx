// The values of GET_IRQ_INFO in the script, the call pane and Compare.
import { configure, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
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
  edit(app, 'a script that reads the flags', () => sessionOf('irq_info msix', 'static'));
  lookAt(app, { line: 1, step: null });
});

test('the lab shows flags and count in the script line and above the kernel calls', async () => {
  render(<Page />);
  expect(
    screen.getByRole('option', { name: /irq_info msix ?→ EVENTFD\|NORESIZE, count 8/ }),
  ).toBeInTheDocument();
  const calls = screen.getByRole('region', { name: 'Kernel calls · line 1' });
  expect(await within(calls).findByText('returned EVENTFD|NORESIZE, count 8')).toBeInTheDocument();
});

test('Compare shows flags and count in every lane, and names NORESIZE', async () => {
  openCompare(app, FIRST_LANES, null);
  render(<Page />);
  const heads = await screen.findByRole('region', { name: 'Lane ≤ 6.4 static' });
  expect(heads).toHaveTextContent('= 0 · EVENTFD|NORESIZE, count 8');
  expect(screen.getByRole('region', { name: 'Lane ≥ 6.5 dynamic' })).toHaveTextContent(
    '= 0 · EVENTFD, count 8',
  );
  expect(screen.getByRole('group', { name: 'Difference and cause' })).toHaveTextContent(
    /GET_IRQ_INFO of MSI-X: ≤ 6\.4 static has NORESIZE, .* do not\./,
  );
  expect(screen.getByRole('listbox', { name: 'Script' })).toHaveTextContent(
    'EVENTFD|NORESIZE, count 8 ≠ EVENTFD, count 8',
  );
});
