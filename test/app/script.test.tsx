import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
import { dismissChanges } from '../../src/app/store/changes.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

beforeEach(() => {
  app.set(labSlice, failingState());
  dismissChanges(app);
});

const list = () => screen.getByRole('listbox', { name: 'Script' });
const option = (name: RegExp) => within(list()).getByRole('option', { name });

/** The editor's code is fetched when it is first needed. */
const editor = (name: string) => screen.findByRole('textbox', { name });

function write(field: HTMLElement, value: string): void {
  fireEvent.input(field, { target: { value } });
  fireEvent.keyDown(field, { code: 'Enter' });
}

test('a line is edited in place; errors are shown under the field', async () => {
  render(<Page />);
  fireEvent.keyDown(list(), { code: 'Enter' });
  const field = await editor('Line 7');
  expect(field).toHaveValue('set_irqs msix trigger eventfd 1 [999]');
  write(field, 'raise 1 2');
  expect(field).toHaveAccessibleDescription(/^Column 9: expected/);
  expect(field).toBeInvalid();
  write(field, '~ raise 1');
  expect(option(/skipped: ?raise 1/)).toHaveAttribute('aria-selected', 'true');
  expect(list()).toHaveFocus();
  expect(screen.queryByRole('textbox', { name: 'Line 7' })).not.toBeInTheDocument();
});

test('changes of an edit to later lines are marked until dismissed', async () => {
  const user = userEvent.setup();
  render(<Page />);
  fireEvent.keyDown(list(), { code: 'KeyX' });
  await waitFor(() => expect(option(/^8 ?raise 1/)).toHaveTextContent('state changed'));
  await user.click(option(/^5/));
  await user.click(screen.getByRole('button', { name: 'Skip line 5' }));
  await waitFor(() => expect(option(/^6/)).toHaveTextContent('result changed: was 0'));
  await user.click(await screen.findByRole('button', { name: /^Go to line/ }));
  expect(option(/^6/)).toHaveAttribute('aria-selected', 'true');
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(list()).not.toHaveTextContent('changed');
});

test('a note is added, shown and undone', async () => {
  const user = userEvent.setup();
  render(<Page />);
  fireEvent.keyDown(list(), { code: 'KeyN' });
  await user.type(await editor('Note on line 7'), 'here it fails{Enter}');
  expect(option(/here it fails/)).toHaveTextContent('# here it fails');
  fireEvent.keyDown(list(), { code: 'KeyZ', ctrlKey: true });
  expect(list()).not.toHaveTextContent('here it fails');
});

test('adds a line at the end; Escape changes nothing', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole('button', { name: '+ insert after line 12' }));
  await user.type(await editor('New line 13'), 'reset{Enter}');
  expect(option(/^13 ?reset/)).toBeInTheDocument();
  fireEvent.keyDown(list(), { code: 'KeyI' });
  await user.type(await editor('New line 13'), 'raise{Escape}');
  expect(within(list()).getAllByRole('option')).toHaveLength(14);
});
