import { fireEvent, render as renderBare, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { browserServices } from '../../src/app/services/services.ts';
import { EFFECTS } from '../../src/app/shell/effects.ts';
import { Page } from '../../src/app/shell/Page.tsx';
import { createApp } from '../../src/app/store/app.ts';
import { AppProvider } from '../../src/app/store/appContext.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { failingState } from './page.tsx';

const list = () => screen.getByRole('listbox', { name: 'Script' });
const options = () => within(list()).getAllByRole('option');
const selected = () =>
  options()
    .filter((one) => one.getAttribute('aria-selected') === 'true')
    .map((one) => Number.parseInt(one.textContent, 10));
const texts = () => options().map((one) => one.textContent.replace(/^\d+/, ''));

/** Opens a page; returns the texts that it copies, and its announcement. */
function open() {
  const copied: string[] = [];
  const app = createApp(
    {
      ...browserServices(),
      copyText: async (text) => {
        copied.push(text);
        return true;
      },
    },
    EFFECTS,
  );
  app.set(labSlice, failingState());
  renderBare(
    <AppProvider value={app}>
      <Page />
    </AppProvider>,
  );
  return { copied, told: () => app.get(labSlice).announcement };
}

async function select4to6() {
  fireEvent.click(within(list()).getByRole('option', { name: /^4/ }));
  fireEvent.click(within(list()).getByRole('option', { name: /^6/ }), { shiftKey: true });
  await waitFor(() => expect(selected()).toEqual([4, 5, 6]));
}

test('Shift with a click or an arrow selects lines, and Escape or a click ends that', async () => {
  const { told } = open();
  expect(list()).toHaveAttribute('aria-multiselectable', 'true');
  await select4to6();
  expect(told()).toBe('3 lines selected: 4 to 6');
  fireEvent.keyDown(list(), { code: 'ArrowDown', shiftKey: true });
  await waitFor(() => expect(selected()).toEqual([4, 5, 6, 7]));
  for (let times = 0; times < 2; times++) fireEvent.keyDown(list(), { code: 'ArrowUp', shiftKey: true });
  await waitFor(() => expect(selected()).toEqual([4, 5]));
  fireEvent.keyDown(list(), { code: 'Escape' });
  await waitFor(() => expect(selected()).toEqual([5]));
  await select4to6();
  fireEvent.click(within(list()).getByRole('option', { name: /^5/ }));
  expect(selected()).toEqual([5]);
  await select4to6();
  fireEvent.keyDown(list(), { code: 'ArrowLeft' });
  expect(selected()).toEqual([5]);
});

test('skip, move, duplicate and delete edit all selected lines, and undo restores them at once', async () => {
  const { told } = open();
  const user = userEvent.setup();
  const before = texts();
  const undo = () => fireEvent.keyDown(list(), { code: 'KeyZ', ctrlKey: true });
  await select4to6();
  await user.click(screen.getByRole('button', { name: 'Skip lines 4 to 6' }));
  await waitFor(() => expect(within(list()).getAllByRole('option', { name: /skipped/ })).toHaveLength(3));
  expect(told()).toBe('Lines 4 to 6 skipped.');
  await user.click(screen.getByRole('button', { name: 'Use lines 4 to 6' }));
  await waitFor(() => expect(within(list()).queryByRole('option', { name: /skipped/ })).toBeNull());
  expect(selected()).toEqual([4, 5, 6]);

  fireEvent.keyDown(list(), { code: 'ArrowDown', altKey: true });
  await waitFor(() => expect(selected()).toEqual([5, 6, 7]));
  fireEvent.keyDown(list(), { code: 'ArrowUp', altKey: true });
  await waitFor(() => expect(selected()).toEqual([4, 5, 6]));

  fireEvent.keyDown(list(), { code: 'KeyD' });
  await waitFor(() => expect(options()).toHaveLength(before.length + 3));
  expect(selected()).toHaveLength(1);
  undo();
  expect(options()).toHaveLength(before.length);

  await select4to6();
  // a key of one line does nothing while several are selected
  fireEvent.keyDown(list(), { code: 'KeyN' });
  expect(options()).toHaveLength(before.length);
  fireEvent.keyDown(list(), { code: 'Delete' });
  await waitFor(() => expect(options()).toHaveLength(before.length - 3));
  expect(selected()).toEqual([3]);
  undo();
  expect(texts()[4]).toContain(before[4]?.slice(0, 8));
  expect(options()).toHaveLength(before.length);
});

test('Ctrl C copies the selected lines as notation, but never instead of selected text', async () => {
  const { copied, told } = open();
  await select4to6();
  fireEvent.copy(list());
  const notation = 'eventfd 103\nset_irqs msix trigger eventfd 0 [100 101 102]\nraise 1\n';
  await waitFor(() => expect(copied).toEqual([notation]));
  await waitFor(() => expect(told()).toBe('Copied lines 4 to 6 as notation.'));
  await userEvent.setup().click(screen.getByRole('button', { name: 'Copy lines 4 to 6' }));
  await waitFor(() => expect(copied).toHaveLength(2));
  window.getSelection()?.selectAllChildren(screen.getByRole('heading', { name: 'Script' }));
  expect(fireEvent.copy(list())).toBe(true);
  window.getSelection()?.removeAllRanges();
  expect(fireEvent.copy(list())).toBe(false);
  await waitFor(() => expect(copied).toHaveLength(3));
});

test('the listed kernel calls are copied as text, with the minor calls if they are shown', async () => {
  const { copied, told } = open();
  const user = userEvent.setup();
  const calls = () =>
    within(screen.getByRole('tree', { name: 'Kernel calls' })).getAllByRole('treeitem').length;
  for (const times of [1, 2]) {
    await user.click(screen.getByRole('button', { name: 'Copy calls as text' }));
    await waitFor(() => expect(copied).toHaveLength(times));
    const text = copied.at(-1) ?? '';
    expect(text).toMatch(
      /^# script line 7: SET_IRQS MSI-X \[1\.\.1\] \{999\} = -EBADF\nvfio_pci_ioctl_set_irqs\(/,
    );
    expect(text.match(/[{;]( \/\*|$)/gm)).toHaveLength(calls());
    await waitFor(() => expect(told()).toBe(`Copied ${calls()} calls of line 7 as text.`));
    await user.click(screen.getByRole('checkbox', { name: /^minor/ }));
  }
  expect(copied[1]?.length).toBeGreaterThan(copied[0]?.length ?? 0);
});
