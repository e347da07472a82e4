import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { ALL_COMMANDS as COMMANDS } from '../../src/app/shell/commands/finding.ts';
import { Page } from '../../src/app/shell/Page.tsx';
import { createApp } from '../../src/app/store/app.ts';
import { isInView } from '../../src/app/store/commands.ts';
import { composeSlice, firstCompose } from '../../src/app/store/compose.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { VIEW_IDS, viewSlice } from '../../src/app/store/view.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

beforeEach(() => {
  app.set(labSlice, failingState());
  app.set(composeSlice, firstCompose());
});

const status = () => screen.getByRole('status');

test('commands have unique names, and each key has one command per view', () => {
  for (const name of ['id', 'title'] as const) {
    expect(new Set(COMMANDS.map((command) => command[name])).size).toBe(COMMANDS.length);
  }
  for (const view of VIEW_IDS) {
    app.set(viewSlice, { view });
    const keys = COMMANDS.filter((command) => isInView(app, command)).flatMap(
      (command) => command.keys ?? [],
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  }
  app.set(viewSlice, { view: 'lab' });
});

test('single letters run commands until a person turns them off', () => {
  render(<Page />);
  fireEvent.keyDown(document.body, { code: 'KeyC' });
  expect(status()).toHaveTextContent('Line 8: eventfd');
  COMMANDS.find(({ id }) => id === 'view.letters')?.run(app);
  fireEvent.keyDown(document.body, { code: 'KeyC' });
  expect(status()).toHaveTextContent('Line 8: eventfd');
});

test('buttons add open and closed descriptors', async () => {
  const user = userEvent.setup();
  render(<Page />);
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

test('a line beyond the form opens in the raw form, with its faults', async () => {
  const user = userEvent.setup();
  render(<Page />);
  const field = await screen.findByRole('combobox', { name: 'Line of notation' });
  await user.type(
    field,
    'set_irqs raw argsz=20 flags=0x3f index=7 start=1 count=2 ! copy_from_user#1=EFAULT{Enter}',
  );
  expect(status()).toHaveTextContent('failed with EFAULT');
  await user.click(screen.getByRole('button', { name: 'Edit line 8' }));
  expect(await screen.findByRole('textbox', { name: 'flags' })).toHaveValue('0x3f');
  expect(screen.getByRole('button', { name: 'fault: 1' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Back to the form' }));
  expect(screen.getByRole('textbox', { name: 'fds' })).toBeInTheDocument();
});

test('switches bits of flags, and the bytes follow', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole('button', { name: 'More operations' }));
  await user.click(await screen.findByRole('button', { name: 'raw form' }));
  const flags = await screen.findByRole('textbox', { name: 'flags' });
  const bits = within(screen.getByRole('group', { name: 'Bits of flags' }));
  await user.click(bits.getByRole('button', { name: 'bool', pressed: false }));
  expect(flags).toHaveValue('0x26');
  expect(screen.getByTitle('flags = 0x26')).toHaveTextContent('26 00 00 00');
});

test('the command line completes words, names the column of an error, and recalls lines', async () => {
  const user = userEvent.setup();
  render(<Page />);
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

test('Enter on a choice or a box submits no form', () => {
  render(<Page />);
  const radio = screen.getByRole('radio', { name: 'trigger' });
  // a prevented key has no default action: the browser submits nothing
  expect(fireEvent.keyDown(radio, { key: 'Enter', code: 'Enter' })).toBe(false);
  expect(fireEvent.keyDown(screen.getByRole('textbox', { name: 'fds' }), { key: 'Enter' })).toBe(true);
});

test('single keys and ← → run commands from choices and lists, and ↑ ↓ choose there', async () => {
  render(<Page />);
  const position = () => screen.getByText(/^line \d+ \/ \d+$/).textContent;
  const radio = screen.getByRole('radio', { name: 'trigger' });
  expect(fireEvent.keyDown(radio, { code: 'ArrowLeft' })).toBe(false);
  expect(position()).toBe('line 6 / 12');
  expect(fireEvent.keyDown(radio, { code: 'ArrowUp' })).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'More operations' }));
  const list = await screen.findByRole('combobox', { name: 'Descriptor' });
  fireEvent.keyDown(list, { code: 'ArrowRight' });
  expect(position()).toBe('line 7 / 12');
  fireEvent.keyDown(list, { code: 'KeyC' });
  expect(status()).toHaveTextContent('Line 8: eventfd');
  // a text field keeps its keys
  expect(fireEvent.keyDown(screen.getByRole('textbox', { name: 'fds' }), { code: 'ArrowLeft' })).toBe(true);
});

test('operations beside the usual ones are hidden until a person or a command shows them, and the choice is kept', async () => {
  const user = userEvent.setup();
  render(<Page />);
  const button = screen.getByRole('button', { name: 'More operations' });
  expect(button).toHaveAttribute('aria-expanded', 'false');
  expect(screen.queryByRole('group', { name: 'More operations' })).toBeNull();
  expect(await screen.findByRole('button', { name: 'raise' })).toBeInTheDocument();
  await user.click(button);
  const group = within(await screen.findByRole('group', { name: 'More operations' }));
  expect(group.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
    'Structure bytes',
    'Faults and interrupts during the call',
    'Eventfds',
    'Device',
    'Act as a client',
  ]);
  // a new page has the same choice
  expect(createApp(app.services, []).get(composeSlice).more).toBe(true);
  await user.click(button);
  expect(button).toHaveAttribute('aria-expanded', 'false');
  expect(createApp(app.services, []).get(composeSlice).more).toBe(false);
});

test.each([
  ['compose.faults', 'combobox', 'function'],
  ['compose.raises', 'textbox', 'vector'],
  ['compose.eventfds', 'textbox', 'first value'],
  ['compose.device', 'button', 'reset'],
  ['compose.bytes', 'button', 'raw form'],
  ['compose.mode', 'textbox', 'argsz'],
  ['compose.client', 'combobox', 'Client'],
] as const)('the command %s opens the disclosure and focuses the %s %s', async (id, role, name) => {
  render(<Page />);
  act(() => COMMANDS.find((command) => command.id === id)?.run(app));
  await waitFor(() => expect(screen.getByRole(role, { name })).toHaveFocus());
  expect(screen.getByRole('button', { name: 'More operations' })).toHaveAttribute('aria-expanded', 'true');
});
