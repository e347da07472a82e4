// Glossary terms on the screen, and the device that raises inside an ioctl, by role and name.
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
import { compose, composeSlice, firstCompose } from '../../src/app/store/compose.ts';
import { changeDraft, labSlice } from '../../src/app/store/lab.ts';
import { showOverlay } from '../../src/app/store/overlay.ts';
import { explain } from '../../src/app/store/term.ts';
import { FUNCTION_WORDS } from '../../src/views/trace/functions.ts';
import { GLOSSARY, termOf } from '../../src/views/words/glossary.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

// lazy parts load late on a busy machine
configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });

beforeEach(() => {
  app.set(labSlice, failingState());
  app.set(composeSlice, firstCompose());
  showOverlay(app, null);
  explain(app, null);
});

/** Returns the terms on the screen as the glossary spells them. */
const wordsShown = () =>
  [...document.querySelectorAll<HTMLElement>('.term')].map(({ dataset }) => dataset['term'] ?? '');

test('has an explanation for every term on the screen, headings included', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await screen.findByText('Terms:', { exact: false, selector: '.words' });
  await user.click(screen.getByRole('button', { name: 'Details of vector 1' }));
  await screen.findByRole('region', { name: 'Vector 1 in detail' });
  const form = wordsShown();
  await user.click(screen.getByRole('button', { name: 'More operations' }));
  await user.click(await screen.findByRole('button', { name: 'raw form' }));
  await screen.findByRole('textbox', { name: 'argsz' });
  const shown = new Set([...form, ...wordsShown()]);
  for (const word of shown) expect(termOf(word)?.text ?? FUNCTION_WORDS[word]?.why, word).toBeDefined();
  const headings = [...document.querySelectorAll('.wiring-head [role="columnheader"]:not(.hidden)')];
  expect(headings).toHaveLength(4);
  for (const heading of headings) expect(heading.querySelector('.term'), heading.textContent).not.toBeNull();
  for (const item of within(await screen.findByRole('list', { name: 'Legend' })).getAllByRole('listitem'))
    expect(within(item).getByRole('button')).toBeInTheDocument();
  for (const label of document.querySelectorAll('.composer :is(legend, .text-row)'))
    expect(label.querySelector('.term'), label.textContent).not.toBeNull();
  for (const word of [
    'argsz',
    'flags',
    'index',
    'start',
    'count',
    'fds',
    'action',
    'data',
    'irq_type',
    'has_dyn_msix',
    'Masked',
  ])
    expect(shown).toContain(word);
});

test('opens the explanation of a term, and Escape closes it and restores the focus', async () => {
  const user = userEvent.setup();
  render(<Page />);
  const word = within(screen.getByRole('columnheader', { name: /^vfio ctx/ })).getByRole('button');
  await user.click(word);
  const answer = await screen.findByLabelText('Meaning of vfio ctx');
  expect(await within(answer).findByText(termOf('ctx')?.text ?? '')).toBeInTheDocument();
  expect(word).toHaveAttribute('aria-expanded', 'true');
  await user.keyboard('{Escape}');
  expect(answer).not.toBeInTheDocument();
  expect(word).toHaveFocus();
});

test('has errnos and generations among the terms', () => {
  for (const word of ['static', 'v2', 'v3', 'dynamic', 'NORESIZE', 'EBADF', 'ENOTTY', 'ENOSPC', 'EINVAL'])
    expect(GLOSSARY).toContain(termOf(word));
});

test('previews an interrupt between free_irq and request_irq, keeps it in the line and clears the form', async () => {
  const user = userEvent.setup();
  render(<Page />);
  changeDraft(app, { start: '0', count: '1', values: '101', data: 'eventfd', action: 'trigger' });
  compose(app, { composing: true });
  await user.click(screen.getByRole('button', { name: 'More operations' }));
  const panel = await screen.findByRole('region', { name: 'Faults and interrupts during the call' });
  const call = await within(panel).findByLabelText('kernel call');
  expect(call).toHaveValue('free_irq');
  await user.click(within(panel).getByText('Add interrupt'));
  expect(within(panel).getByLabelText('Raised interrupts')).toHaveTextContent(
    'pending, then delivered to fd 101',
  );
  await user.click(screen.getByRole('button', { name: 'Run ioctl' }));
  expect(screen.getByRole('status')).toHaveTextContent('pending, then delivered to fd 101');
  expect(screen.getByRole('option', { name: /SET_IRQS.*device raises/ })).toBeInTheDocument();
  expect(screen.getByRole('treeitem', { name: /^device raises/ })).toBeInTheDocument();
  expect(app.get(composeSlice).raises).toEqual([]);
});
