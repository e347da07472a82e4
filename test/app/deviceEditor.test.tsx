// The device of the lab, edited field by field; the notation of the session has the edited facts.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { SetupPanel } from '../../src/app/shell/topbar/SetupPanel.tsx';
import { labSlice } from '../../src/app/store/lab.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { scriptOf } from '../../src/session/deviceSpec.ts';
import { currentSession } from '../../src/session/history.ts';
import { scriptSetup } from '../../src/session/scriptMachine.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

beforeEach(() => app.set(labSlice, failingState()));

/** Returns the `device` line of the session, which reads back as the same setup. */
function deviceLine(): string {
  const session = currentSession(app.get(labSlice).history);
  const text = printScript(scriptOf(session));
  const read = scriptSetup(parseScript(text).script.device, null);
  expect(read).toMatchObject({ ok: true, value: { setup: session.setup } });
  return text.split('\n')[0] ?? '';
}

test('edits vectors, pin, PCI Express and raised interrupts', async () => {
  const user = userEvent.setup();
  render(<SetupPanel close={() => {}} />);
  await user.click(screen.getByRole('radio', { name: /^nvme NVMe with 8/ }));
  const vectors = screen.getByRole('textbox', { name: 'MSI-X vectors' });
  await user.clear(vectors);
  await user.type(vectors, '16');
  await user.selectOptions(screen.getByRole('combobox', { name: 'MSI vectors' }), '32');
  await user.click(screen.getByRole('checkbox', { name: 'MSI with mask and pending bits' }));
  await user.click(screen.getByRole('checkbox', { name: /^interrupt pin/ }));
  await user.click(screen.getByRole('checkbox', { name: /^PCI Express/ }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Raises interrupts' }), 'in every mode');
  expect(deviceLine()).toBe(
    'device nvme msix=16 msi=32 nointx dynamic device.msi.maskable=yes device.pcie=no device.raise=always',
  );
  expect(screen.getByText(/It has no interrupt pin\./)).toBeInTheDocument();
});

test('a capability that comes back lies where the model has it', async () => {
  const user = userEvent.setup();
  render(<SetupPanel close={() => {}} />);
  await user.click(screen.getByRole('radio', { name: /^xhci/ }));
  const msi = screen.getByRole('combobox', { name: 'MSI vectors' });
  await user.selectOptions(msi, 'no MSI');
  expect(deviceLine()).toBe('device xhci msi=0 dynamic');
  await user.selectOptions(msi, '16');
  expect(deviceLine()).toBe('device xhci dynamic');
  const vectors = screen.getByRole('textbox', { name: 'MSI-X vectors' });
  await user.clear(vectors);
  await user.type(vectors, '9999');
  expect(screen.getByRole('alert')).toHaveTextContent('Enter 0 to 2,048');
});
