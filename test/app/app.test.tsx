import { readFileSync } from 'node:fs';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
import { firstState, labSlice } from '../../src/app/store/lab.ts';
import { openFile } from '../../src/app/store/opening.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

beforeEach(() => app.set(labSlice, failingState()));

const wiring = () => screen.getByRole('table', { name: 'Wiring' });
const status = () => screen.getByRole('status');

test('a first visit shows a delivered interrupt, and the next line fails', () => {
  app.set(labSlice, firstState());
  render(<Page />);
  expect(screen.getByText('line 6 / 12')).toBeInTheDocument();
  expect(status()).toHaveTextContent('');
  expect(
    within(wiring()).getByRole('row', { name: /^Vector 1: attached.* just signalled/ }),
  ).toBeInTheDocument();
  expect(screen.getByText('Will return 0.')).toBeInTheDocument();
  fireEvent.keyDown(document.body, { code: 'ArrowRight' });
  expect(within(wiring()).getByRole('row', { name: /^Vector 1: cached/ })).toBeInTheDocument();
});

test('the example shows the failed assignment', () => {
  render(<Page />);
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('irqscope');
  expect(within(wiring()).getByRole('row', { name: /^Vector 1: cached/ })).toBeInTheDocument();
  const script = screen.getByRole('listbox', { name: 'Script' });
  expect(within(script).getByRole('option', { selected: true })).toHaveTextContent('-EBADF');
  expect(screen.getByRole('complementary', { name: 'Why' })).toHaveTextContent('irq 26 stays allocated');
});

test('another kernel returns another result', async () => {
  render(<Page />);
  await userEvent.click(screen.getByRole('radio', { name: 'V3 patch' }));
  expect(within(wiring()).getByRole('row', { name: /^Vector 1: empty.*irq 26 freed/ })).toBeInTheDocument();
});

test('composes, previews and runs an ioctl, and undo reverts it', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole('button', { name: 'New' }));
  await user.click(screen.getByRole('button', { name: 'More operations' }));
  await user.click(await screen.findByRole('button', { name: 'Create eventfd 100' }));
  const fds = screen.getByRole('textbox', { name: 'fds' });
  await user.clear(screen.getByRole('textbox', { name: 'start' }));
  await user.type(screen.getByRole('textbox', { name: 'start' }), '0');
  await user.clear(fds);
  await user.type(fds, '100 -1');
  expect(screen.getByRole('textbox', { name: 'count' })).toHaveValue('2');
  expect(screen.getByText('Will return 0.')).toBeInTheDocument();
  await user.type(fds, '{Enter}');
  expect(status()).toHaveTextContent('Vector 0 is attached to irq 25.');
  expect(within(wiring()).getByRole('row', { name: /^Vector 1: cached/ })).toBeInTheDocument();
  fireEvent.keyDown(document.body, { code: 'KeyZ', ctrlKey: true });
  expect(within(wiring()).getByRole('row', { name: /^Vector 1: empty/ })).toBeInTheDocument();
});

test('the arrow keys move through time and into a line', () => {
  render(<Page />);
  fireEvent.keyDown(document.body, { code: 'ArrowLeft' });
  expect(screen.getByRole('heading', { name: 'Wiring after line 6' })).toBeInTheDocument();
  fireEvent.keyDown(document.body, { code: 'ArrowRight' });
  fireEvent.keyDown(document.body, { code: 'ArrowDown' });
  expect(
    screen.getByRole('heading', { name: /Wiring inside line 7 · kernel step 1 of/ }),
  ).toBeInTheDocument();
  expect(within(wiring()).getByRole('row', { name: /^Vector 1: attached/ })).toBeInTheDocument();
  fireEvent.keyDown(document.body, { code: 'ArrowUp' });
  expect(screen.getByRole('heading', { name: 'Wiring after line 7' })).toBeInTheDocument();
});

test('edits a line in the form and replaces it, and later lines follow', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Edit line 7' }));
  const fds = screen.getByRole('textbox', { name: 'fds' });
  expect(fds).toHaveValue('999');
  await user.clear(fds);
  await user.type(fds, '103');
  await user.click(screen.getByRole('button', { name: 'Replace it' }));
  expect(status()).toHaveTextContent('Line 7: SET_IRQS MSI-X vector 1, fd 103 returned 0.');
  expect(screen.getAllByText('12', { selector: '.number' })).toHaveLength(1);
});

test('opens a recording without mismatches, and an edit offers the way back to it', async () => {
  render(<Page />);
  const path = 'public/recordings/v3-bad-number-stolen.jsonl.gz';
  await openFile(app, new File([new Uint8Array(readFileSync(path))], 'v3.jsonl.gz'));
  expect(await screen.findByText('0 mismatches in 12 steps')).toBeInTheDocument();
  fireEvent.keyDown(document.body, { code: 'End' });
  expect(screen.getByRole('columnheader', { name: 'step 11' })).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Delete line 12' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Back to the recording' }));
  expect(screen.getByText('0 mismatches in 12 steps')).toBeInTheDocument();
});

test('rejects a malformed recording with line and field, and keeps the session', async () => {
  render(<Page />);
  const { history } = app.get(labSlice);
  await openFile(app, new File(['{"type":"header"}\n'], 'wrong.jsonl'));
  expect(await screen.findByRole('alert')).toHaveTextContent(/wrong\.jsonl.*line 1, .*expected/);
  expect(app.get(labSlice).history).toBe(history);
});
