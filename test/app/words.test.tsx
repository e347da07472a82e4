// Words that explain themselves, and the device that fires inside an ioctl, by role and name.
import { configure, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { App } from '../../src/app/App.tsx';
import { compose, firstCompose, useCompose } from '../../src/app/state/compose.ts';
import { changeDraft, firstState, useLab } from '../../src/app/state/lab.ts';
import { showOverlay } from '../../src/app/state/overlay.ts';
import { explain } from '../../src/app/state/term.ts';
import { FUNCTION_WORDS } from '../../src/views/trace/functions.ts';
import { GLOSSARY, termOf } from '../../src/views/words/glossary.ts';

const SLOW = 60_000;
// what is fetched when it is wanted comes late on a busy machine
configure({ asyncUtilTimeout: 15_000, getElementError: (message) => new Error(message?.split('\n')[0]) });

beforeEach(() => {
  useLab.setState(firstState(), true);
  useCompose.setState(firstCompose(), true);
  showOverlay(null);
  explain(null);
});

/** The words on the screen that explain themselves, as they are looked up. */
const wordsShown = () =>
  [...document.querySelectorAll<HTMLElement>('.term')].map(({ dataset }) => dataset['term'] ?? '');

test(
  'every word that offers an explanation has one, and the headings of the screen are among them',
  async () => {
    const user = userEvent.setup();
    render(<App />);
    await screen.findByText('What is', { exact: false, selector: '.words' });
    await user.click(screen.getByRole('button', { name: 'Details of vector 1' }));
    await screen.findByRole('region', { name: 'Vector 1 in detail' });
    const form = wordsShown();
    await user.click(screen.getByRole('button', { name: 'raw' }));
    await screen.findByRole('textbox', { name: 'argsz' });
    const shown = new Set([...form, ...wordsShown()]);
    for (const word of shown) expect(termOf(word)?.text ?? FUNCTION_WORDS[word]?.why, word).toBeDefined();
    const headings = [...document.querySelectorAll('.wiring-head [role="columnheader"]:not(.hidden)')];
    expect(headings).toHaveLength(4);
    for (const heading of headings)
      expect(heading.querySelector('.term'), heading.textContent).not.toBeNull();
    for (const item of within(screen.getByRole('list', { name: 'Legend' })).getAllByRole('listitem'))
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
  },
  SLOW,
);

test(
  'a word opens its explanation, Escape closes it and gives the focus back',
  async () => {
    const user = userEvent.setup();
    render(<App />);
    const word = within(screen.getByRole('columnheader', { name: /^vfio ctx/ })).getByRole('button');
    await user.click(word);
    const answer = await screen.findByLabelText('What vfio ctx means');
    expect(await within(answer).findByText(termOf('ctx')?.text ?? '')).toBeInTheDocument();
    expect(word).toHaveAttribute('aria-expanded', 'true');
    await user.keyboard('{Escape}');
    expect(answer).not.toBeInTheDocument();
    expect(word).toHaveFocus();
  },
  SLOW,
);

test('all words of errnos and of generations are terms', () => {
  for (const word of ['static', 'v2', 'v3', 'dynamic', 'NORESIZE', 'EBADF', 'ENOTTY', 'ENOSPC', 'EINVAL'])
    expect(GLOSSARY).toContain(termOf(word));
});

test(
  'the device fires between free_irq and request_irq: said before it is run, kept by the line, gone from the form',
  async () => {
    const user = userEvent.setup();
    render(<App />);
    changeDraft({ start: '0', count: '1', values: '101', data: 'eventfd', action: 'trigger' });
    compose({ composing: true });
    await user.click(screen.getByRole('button', { name: 'fires' }));
    const panel = screen.getByLabelText('The device fires inside the ioctl');
    // jsdom hides popovers and opens none, so the panel has to be told, and what is in it is found by its text
    fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
    const call = await within(panel).findByLabelText('kernel call');
    expect(call).toHaveValue('free_irq');
    await user.click(within(panel).getByText('Let it fire'));
    expect(within(panel).getByLabelText('The device fires')).toHaveTextContent(
      'fires: pending, then delivered to fd 101',
    );
    await user.click(screen.getByRole('button', { name: 'Run ioctl' }));
    expect(screen.getByRole('status')).toHaveTextContent('pending, then delivered to fd 101');
    expect(screen.getByRole('option', { name: /SET_IRQS.*device fires/ })).toBeInTheDocument();
    expect(screen.getByRole('treeitem', { name: /^device raises/ })).toBeInTheDocument();
    expect(useCompose.getState().raises).toEqual([]);
  },
  SLOW,
);
