// Parts of the page that most visits do not open: hot resets among the other operations, and the other driver on the pin.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Device } from '../../src/app/features/lab/composer/more/Device.tsx';
import { HostFacts } from '../../src/app/shell/topbar/HostFacts.tsx';
import { labSlice } from '../../src/app/store/lab.ts';
import { currentSession } from '../../src/session/history.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

beforeEach(() => app.set(labSlice, failingState()));

test.each(['hot_reset', 'hot_reset_info'] as const)('the button %s adds that line', async (op) => {
  render(<Device isOpened />);
  await userEvent.setup().click(screen.getByRole('button', { name: op }));
  const { script, cursor } = currentSession(app.get(labSlice).history);
  expect(script[cursor.line - 1]?.line.op).toEqual({ op });
});

test('a choice puts another driver on the pin’s irq', async () => {
  render(<HostFacts />);
  const choice = screen.getByRole('combobox', { name: 'Another driver on the pin’s irq' });
  expect(choice).toHaveDisplayValue('none');
  await userEvent.setup().selectOptions(choice, 'without IRQF_SHARED');
  expect(choice).toHaveDisplayValue('without IRQF_SHARED');
  expect(currentSession(app.get(labSlice).history).setup.host.pinShared).toBe('exclusive');
});
