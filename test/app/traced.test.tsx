import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
import { labSlice } from '../../src/app/store/lab.ts';
import { openScript } from '../../src/app/store/openScript.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { currentSession } from '../../src/session/history.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

/** A generous limit: a loaded machine takes long. */
const PATIENT = 60_000;

/** A second vector is refused, as on 6.4 and before, or without dynamic allocation. */
const REFUSED = `device nvme dynamic
eventfd 6 # => 6
eventfd 7 # => 7
set_irqs msix trigger eventfd 0 [6] # => 0
set_irqs msix trigger eventfd 3 [7] # => -1 EINVAL
`.replace(/ # => [67]$/gm, '');

beforeEach(() => app.set(labSlice, failingState()));

async function open(text: string) {
  openScript(app, 'trace', parseScript(text).script);
  return screen.findByRole('region', { name: 'Comparison with the trace' }, { timeout: PATIENT });
}

test('marks the line whose result differs from the trace, and names the kernels that agree', async () => {
  render(<Page />);
  const bar = await open(REFUSED);
  await waitFor(() => expect(bar).toHaveTextContent('1 of 2 results differs, at line 4.'), {
    timeout: PATIENT,
  });
  expect(screen.getByText('trace -EINVAL · model 0')).toBeInTheDocument();
  await waitFor(
    () =>
      expect(bar).toHaveTextContent(/Agrees with ≤ 6\.4\..*Agrees with ≥ 6\.5 without dynamic allocation\./),
    { timeout: PATIENT },
  );
});

test('switches to an agreeing host with one click, and undo switches back', async () => {
  render(<Page />);
  const bar = await open(REFUSED);
  const button = await within(bar).findByRole(
    'button',
    { name: 'Switch to 6.12 without dynamic allocation' },
    { timeout: PATIENT },
  );
  await userEvent.click(button);
  const session = () => currentSession(app.get(labSlice).history);
  expect(session().setup.host.canAllocDyn).toBe(false);
  await waitFor(() => expect(bar).toHaveTextContent('All 2 results are as traced.'), { timeout: PATIENT });
  expect(screen.queryByText('trace -EINVAL · model 0')).toBeNull();
  expect(within(bar).queryByRole('button', { name: /^Switch/ })).toBeNull();
  await userEvent.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(bar).toHaveTextContent('1 of 2 results differs'), { timeout: PATIENT });
});

test('an edited line loses its traced result', async () => {
  render(<Page />);
  const bar = await open(REFUSED);
  await waitFor(() => expect(bar).toHaveTextContent('1 of 2 results differs'), { timeout: PATIENT });
  await userEvent.dblClick(screen.getByRole('option', { name: /^4/ }));
  const field = await screen.findByRole('textbox', { name: 'Line 4' }, { timeout: PATIENT });
  expect(field).toHaveValue('set_irqs msix trigger eventfd 3 [7]');
  await userEvent.clear(field);
  await userEvent.type(field, 'set_irqs msix trigger eventfd 2 [[7]{Enter}');
  await waitFor(() => expect(bar).toHaveTextContent('The one result is as traced.'), {
    timeout: PATIENT,
  });
});
