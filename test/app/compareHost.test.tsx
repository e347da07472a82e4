// Compare: the host's lists of every lane, and who sees a difference.
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { CompareView } from '../../src/app/features/compare/CompareView.tsx';
import { openCompare } from '../../src/app/store/compare.ts';
import { edit, labSlice, lookAt } from '../../src/app/store/lab.ts';
import { kernelLane } from '../../src/session/lanes.ts';
import { sessionOf } from '../views/sessionOf.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });

const SCRIPT = `eventfd 100
set_irqs msix trigger eventfd 0 [100 100]
set_irqs msix trigger eventfd 1 [999]
raise 0`;

beforeEach(() => {
  app.set(labSlice, failingState());
  edit(app, 'a failing assignment', () => sessionOf(SCRIPT));
  lookAt(app, { line: 4, step: null });
  openCompare(app, [kernelLane('v3'), kernelLane('dynamic')], null);
});

test('a sentence says that only root sees the freed irq, and defines client and root', async () => {
  render(<CompareView />);
  const bar = await screen.findByRole('group', { name: 'Difference and cause' });
  expect(bar).toHaveTextContent('Root sees it (msi_irqs); the client does not.');
  expect(bar).toHaveTextContent(/client: the process that has the device’s descriptor/);
  expect(bar).toHaveTextContent(/root: the user of the host who reads \/proc\/interrupts/);
});

test('the panel shows /proc/interrupts and msi_irqs of each lane, with the difference marked', async () => {
  const user = userEvent.setup();
  render(<CompareView />);
  await user.click(await screen.findByRole('radio', { name: 'Host' }));
  const interrupts = screen.getByRole('table', { name: /\/proc\/interrupts/ });
  const row = within(interrupts).getByRole('row', { name: /^vector 0/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual([
    expect.stringMatching(/^25: 1 IR-PCI-MSIX-0000:00:04.0 0-edge vfio-msix\[0\]\(0000:00:04.0\)$/),
    expect.stringMatching(/^25: 1 /),
  ]);
  expect(row).not.toHaveTextContent('differs');
  const sysfs = screen.getByRole('table', { name: /msi_irqs/ });
  const irqs = within(sysfs).getByRole('row', { name: /^irqs/ });
  expect(irqs).toHaveTextContent('differs: numbers');
  expect(
    within(irqs)
      .getAllByRole('cell')
      .map((cell) => cell.textContent?.trim()),
  ).toEqual(['25', '25 ≠ differs 26']);
});
