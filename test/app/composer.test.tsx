import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { App } from '../../src/app/App.tsx';
import { isInView } from '../../src/app/commands/command.ts';
import { COMMANDS } from '../../src/app/commands/table.ts';
import { firstCompose, useCompose } from '../../src/app/state/compose.ts';
import { firstState, useLab } from '../../src/app/state/lab.ts';
import { useView, VIEW_IDS } from '../../src/app/state/view.ts';

beforeEach(() => {
  useLab.setState(firstState(), true);
  useCompose.setState(firstCompose(), true);
});

const status = () => screen.getByRole('status');

test('every command has a name of its own, and in no view a key has two', () => {
  for (const name of ['id', 'title'] as const) {
    expect(new Set(COMMANDS.map((command) => command[name])).size).toBe(COMMANDS.length);
  }
  for (const view of VIEW_IDS) {
    useView.setState({ view });
    const keys = COMMANDS.filter(isInView).flatMap((command) => command.keys ?? []);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  }
  useView.setState({ view: 'lab' });
});

test('single letters run commands until they are turned off', () => {
  render(<App />);
  fireEvent.keyDown(document.body, { code: 'KeyC' });
  expect(status()).toHaveTextContent('Line 8: eventfd');
  COMMANDS.find(({ id }) => id === 'view.letters')?.run();
  fireEvent.keyDown(document.body, { code: 'KeyC' });
  expect(status()).toHaveTextContent('Line 8: eventfd');
});

test('the descriptors there are, and those there are not, are a click away', async () => {
  const user = userEvent.setup();
  render(<App />);
  const tags = within(screen.getByRole('group', { name: 'Add a descriptor' }));
  const fds = screen.getByRole('textbox', { name: 'fds' });
  await user.clear(fds);
  await user.click(tags.getByRole('button', { name: '−2' }));
  await user.click(tags.getByRole('button', { name: '999' }));
  await user.click(tags.getByRole('button', { name: 'file' }));
  expect(fds).toHaveValue('-2 999 104');
  expect(screen.getByRole('textbox', { name: 'count' })).toHaveValue('3');
  expect(tags.getByRole('button', { name: '104' })).toHaveAttribute(
    'title',
    'Add 104 to fds (a file that is not an eventfd)',
  );
});

test('a line that no form can say goes into the raw one, with its faults', async () => {
  const user = userEvent.setup();
  render(<App />);
  const field = await screen.findByRole('combobox', { name: 'Line of notation' });
  await user.type(
    field,
    'set_irqs raw argsz=20 flags=0x3f index=7 start=1 count=2 ! copy_from_user#1=EFAULT{Enter}',
  );
  expect(status()).toHaveTextContent('failed with EFAULT');
  await user.click(screen.getByRole('button', { name: 'Edit line 8' }));
  expect(await screen.findByRole('textbox', { name: 'flags' })).toHaveValue('0x3f');
  expect(screen.getByRole('button', { name: 'fault: 1' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'raw' }));
  expect(screen.getByRole('textbox', { name: 'fds' })).toBeInTheDocument();
});

test('bits of flags are switched, and the bytes follow', async () => {
  const user = userEvent.setup();
  render(<App />);
  await user.click(screen.getByRole('button', { name: 'raw' }));
  const flags = await screen.findByRole('textbox', { name: 'flags' });
  const bits = within(screen.getByRole('group', { name: 'Bits of flags' }));
  await user.click(bits.getByRole('button', { name: 'bool', pressed: false }));
  expect(flags).toHaveValue('0x26');
  expect(screen.getByTitle('flags = 0x26')).toHaveTextContent('26 00 00 00');
});

test('the command line completes, names the column of a mistake, and remembers', async () => {
  const user = userEvent.setup();
  render(<App />);
  const field = await screen.findByRole('combobox', { name: 'Line of notation' });
  await user.type(field, 'ra{Tab}');
  expect(field).toHaveValue('raise ');
  await user.type(field, 'x{Enter}');
  expect(screen.getByRole('alert')).toHaveTextContent('column 7: expected a vector');
  await user.type(field, '{Backspace}2{Enter}');
  expect(status()).toHaveTextContent('Line 8: raise 2');
  expect(field).toHaveValue('');
  await user.type(field, '{ArrowUp}');
  expect(field).toHaveValue('raise 2');
});
