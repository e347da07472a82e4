// The export dialog: the kind that a view asks for, the programs that tell kernels apart, and the warning of a mail.
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { Overlays } from '../../src/app/shell/Overlays.tsx';
import { openExport } from '../../src/app/store/askedExport.ts';
import { openCompare } from '../../src/app/store/compare.ts';
import { showOverlay } from '../../src/app/store/overlay.ts';
import { openView } from '../../src/app/store/view.ts';
import { kernelLane } from '../../src/session/lanes.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage } from './page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });
letDialogsOpen();

afterEach(() => {
  showOverlay(app, null);
  openView(app, 'lab');
});

const lanes = [kernelLane('v3'), kernelLane('dynamic')];

test('Compare’s program opens at its kind and names the kernels of the lanes', async () => {
  render(<Overlays />);
  openCompare(app, lanes, sessionOf(FAILED_ASSIGNMENT));
  openExport(app, 'which');
  const dialog = within(await screen.findByRole('dialog', { name: 'Export' }));
  expect(dialog.getByRole('radio', { name: 'C: which kernel' })).toBeChecked();
  const preview = await dialog.findByRole('region', { name: 'Preview: C: which kernel' });
  await waitFor(() => expect(preview).toHaveTextContent('kernels[KERNELS] = { "6.12", "V3 patch" }'));
  expect(preview).toHaveTextContent('tell_msi_irqs(3,');
  expect(dialog.queryByRole('note')).toBeNull();
  await userEvent.click(dialog.getByRole('radio', { name: 'C: which, iommufd' }));
  await waitFor(() =>
    expect(dialog.getByRole('region', { name: 'Preview: C: which, iommufd' })).toHaveTextContent(
      '/dev/iommu',
    ),
  );
});

test('the next dialog begins at its first kind', async () => {
  render(<Overlays />);
  showOverlay(app, 'takeAway');
  const dialog = within(await screen.findByRole('dialog', { name: 'Export' }));
  expect(dialog.getByRole('radio', { name: 'Link' })).toBeChecked();
});

test('a mail compares the lanes and warns that others cannot open a local address', async () => {
  render(<Overlays />);
  openCompare(app, lanes, sessionOf(FAILED_ASSIGNMENT));
  openExport(app, 'mail');
  const dialog = within(await screen.findByRole('dialog', { name: 'Export' }));
  const preview = await dialog.findByRole('region', { name: 'Preview: Review mail' });
  await waitFor(() => expect(preview).toHaveTextContent('When eventfd_ctx_fdget() fails with -EBADF'));
  expect(dialog.getByRole('note')).toHaveTextContent(
    'which is another machine for everybody else. Delete the footnote',
  );
});

test('kernels that no program tells apart have a note', async () => {
  render(<Overlays />);
  openCompare(app, lanes, sessionOf('eventfd 100\nread 100'));
  openExport(app, 'which');
  const dialog = within(await screen.findByRole('dialog', { name: 'Export' }));
  expect(await dialog.findByRole('note')).toHaveTextContent(
    'No program can tell these kernels apart with this script: 6.12, V3 patch.',
  );
});

test('a script without calls has a reason in place of a program', async () => {
  render(<Overlays />);
  openCompare(app, lanes, sessionOf('raise 0'));
  openExport(app, 'which');
  expect(await screen.findByText('The script has no system call.')).toBeInTheDocument();
});
