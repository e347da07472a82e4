// The client panel: its menu, the evidence of each client, and the value of COMMAND.

import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { ClientPanel } from '../../src/app/features/lab/composer/clients/ClientPanel.tsx';
import { clientsSlice } from '../../src/app/features/lab/composer/clients/clients.ts';
import { edit, labSlice } from '../../src/app/store/lab.ts';
import { clientById } from '../../src/clients/index.ts';
import { currentSession } from '../../src/session/history.ts';
import { emptySession } from '../../src/session/session.ts';
import { withClient } from '../../src/views/clients/acting.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

beforeEach(() => {
  app.set(labSlice, failingState());
  app.set(clientsSlice, { chosen: null });
});

const menu = () => screen.getByRole('combobox', { name: 'Client' });

test('the menu has the recorded clients apart from those by source, and no replaced one', () => {
  render(<ClientPanel />);
  const group = (name: string) =>
    within(within(menu()).getByRole('group', { name }))
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
  expect(group('Recorded')).toContain('QEMU 7.2 without irqfd');
  expect(group('By source, never recorded')).toEqual([
    'QEMU before 7.1',
    'Cloud Hypervisor',
    'crosvm',
    'kvmtool',
  ]);
  expect(within(menu()).queryByRole('option', { name: 'QEMU 8.2 and later' })).toBeNull();
});

test('the panel says what a client rests on', async () => {
  const user = userEvent.setup();
  render(<ClientPanel />);
  await user.selectOptions(menu(), 'QEMU 7.2');
  expect(screen.getByText(/^Recorded: QEMU 7\.2\.22 on Linux 6\.1\.192/)).toBeInTheDocument();
  await user.selectOptions(menu(), 'Cloud Hypervisor');
  expect(screen.getByText(/^By source, never recorded: cloud-hypervisor/)).toBeInTheDocument();
});

test('a client of an old link stays chosen, and the panel names the recorded one', () => {
  const old = clientById('qemu-8.2');
  if (old === undefined) throw new Error('no client');
  edit(app, 'open', () => withClient(emptySession('dynamic', 'nvme'), old));
  render(<ClientPanel />);
  expect(menu()).toHaveDisplayValue('QEMU 8.2 and later');
  expect(
    screen.getByText(/Recordings of the program differ from it; QEMU 10\.0 and 11\.1/),
  ).toBeInTheDocument();
});

test('the guest writes COMMAND with the typed value, and an invalid value disables the button', async () => {
  const user = userEvent.setup();
  const client = clientById('qemu-10.0');
  if (client === undefined) throw new Error('no client');
  edit(app, 'open', () => withClient(emptySession('dynamic', 'nvme'), client));
  render(<ClientPanel />);
  const field = screen.getByRole('textbox', { name: 'Value of COMMAND' });
  await user.clear(field);
  await user.type(field, '0x407');
  await user.click(screen.getByRole('button', { name: 'guest writes 0x407 to COMMAND' }));
  const { script } = currentSession(app.get(labSlice).history);
  expect(script.at(-1)).toMatchObject({
    action: 'guest writes 0x407 to COMMAND',
    line: { op: { op: 'cfg_write', off: 4, size: 2, value: 0x407 } },
  });
  await user.clear(field);
  await user.type(field, 'on');
  expect(field).toHaveAttribute('aria-invalid', 'true');
  expect(screen.getByRole('button', { name: 'write COMMAND' })).toBeDisabled();
});
