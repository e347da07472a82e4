// What stands inside another page, and the dialog that makes the HTML for it, by role and name.
import { act, configure, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Overlays } from '../../src/app/commands/Overlays.tsx';
import { commandById } from '../../src/app/commands/table.ts';
import { EmbedPage } from '../../src/app/embed/EmbedPage.tsx';
import { embedPlace, stopPlaying, useEmbed } from '../../src/app/embed/store.ts';
import { exampleSession } from '../../src/app/state/example.ts';
import { firstState, useLab } from '../../src/app/state/lab.ts';
import { showOverlay } from '../../src/app/state/overlay.ts';
import { parseLink, printLink } from '../../src/formats/permalink/link.ts';
import { line } from '../../src/kernel/line.ts';
import { emptySession, scriptLine } from '../../src/session/session.ts';
import { letDialogsOpen } from './dialogs.ts';

configure({ asyncUtilTimeout: 15_000, getElementError: (message) => new Error(message?.split('\n')[0]) });
letDialogsOpen();
vi.setConfig({ testTimeout: 60_000 });
const LINK = printLink({ session: exampleSession(), recording: null, check: null });

beforeEach(() => {
  useLab.setState(firstState(), true);
  useEmbed.setState(useEmbed.getInitialState(), true);
  showOverlay(null);
});

afterEach(() => {
  stopPlaying();
  vi.useRealTimers();
  window.history.replaceState(null, '', '/');
  delete document.documentElement.dataset['theme'];
});

function open(query: string, link = LINK) {
  window.history.replaceState(null, '', `/?embed=1${query}#${link}`);
  return render(<EmbedPage />);
}

const current = () => screen.getByRole('option', { selected: true });

test('playable: by buttons, keys and lines; the link to the lab says the place that is shown', async () => {
  const user = userEvent.setup();
  open('&play=1&theme=dark');
  expect(document.documentElement.dataset['theme']).toBe('dark');
  expect(screen.getByRole('listbox', { name: 'Script' })).toHaveAttribute('aria-readonly', 'false');
  expect(current()).toHaveTextContent('SET_IRQS MSI-X [1..1] {999} = -EBADF');
  expect(screen.getByRole('status')).toHaveTextContent(/^Line 7: .* failed with EBADF\. Vector 1 is cached/);
  const table = screen.getByRole('table', { name: 'Wiring after line 7' });
  expect(within(table).getByRole('row', { name: /^Vector 1: /i })).toHaveTextContent('irq 26 cached');
  expect(within(table).queryByRole('button')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(current()).toHaveTextContent('raise 1');
  await user.click(screen.getByRole('option', { name: /\[5\.\.5\]/ }));
  expect(screen.getByText('line 9 / 12')).toBeInTheDocument();
  await user.keyboard('{ArrowUp}{ArrowLeft}');
  expect(screen.getByText('line 7 / 12')).toBeInTheDocument();
  fireEvent.keyDown(document.body, { code: 'ArrowDown' });
  expect(screen.getByRole('status')).toHaveTextContent(/^Line 7, kernel step 1 of \d+: begins vfio_/);
  const href = screen.getByRole('link', { name: 'Open in irqscope' }).getAttribute('href') ?? '';
  const read = parseLink(href.slice(href.indexOf('#')));
  expect(read.problems).toEqual([]);
  expect(read.link?.session.cursor).toEqual({ line: 7, step: 0 });
  await user.keyboard('{Home}');
  expect(screen.getByRole('button', { name: 'First line' })).toBeDisabled();
});

test('play goes on by itself, stops at the end, and begins again from there', () => {
  vi.useFakeTimers();
  open('&play=1');
  fireEvent.click(screen.getByRole('button', { name: 'Play' }));
  act(() => vi.advanceTimersByTime(60_000));
  expect(screen.getByText('line 12 / 12')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Play' }));
  expect(screen.getByText('line 0 / 12')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
  act(() => vi.advanceTimersByTime(60_000));
  expect(screen.getByText('line 0 / 12')).toBeInTheDocument();
});

test('without play it is a picture of one moment', async () => {
  const user = userEvent.setup();
  open('');
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByRole('listbox', { name: 'Script' })).toHaveAttribute('aria-readonly', 'true');
  await user.click(screen.getByRole('option', { name: /eventfd 101/ }));
  await user.keyboard('{ArrowRight}');
  expect(screen.getByText('line 7 / 12')).toBeInTheDocument();
});

test('what is wrong with the address is said, and what can be shown is shown', () => {
  open('&theme=pink', LINK.slice(0, -60));
  const alert = screen.getByRole('alert');
  expect(alert).toHaveTextContent('theme: expected system, light, dark, found "pink"');
  expect(alert).toHaveTextContent(/This link is damaged: \d+ of 12 lines could be read\./);
  expect(screen.getByRole('table')).toBeInTheDocument();
});

test('without a script there is a reason and a way into the lab, and a page around it may still ask', () => {
  open('', '');
  expect(screen.getByRole('alert')).toHaveTextContent('The address names no script.');
  expect(screen.getByRole('link', { name: 'Open in irqscope' })).toBeInTheDocument();
  expect(embedPlace(useEmbed.getState())).toEqual({
    ...{ line: 0, step: null, lines: 0, playing: false, sentence: '' },
  });
});

test('a long script is worked out beside what is shown', () => {
  vi.useFakeTimers();
  const close = scriptLine(line({ op: 'close', fd: 100 }));
  const script = Array.from({ length: 2_000 }, () => close);
  const session = { ...emptySession('dynamic', 'nvme'), script, cursor: { line: 2_000, step: null } };
  open('&play=1', printLink({ session, recording: null, check: null }));
  expect(screen.getByRole('status')).toHaveTextContent('Line 2000 is not worked out yet.');
  for (let round = 0; round < 2_000 && useEmbed.getState().known < 2_000; round++)
    act(() => vi.advanceTimersByTime(1));
  expect(screen.getByRole('status')).toHaveTextContent('Line 2000: close 100 failed with EBADF.');
});

test('the dialog: options, problems in place of the HTML, and the HTML', async () => {
  const user = userEvent.setup();
  render(<Overlays />);
  act(() => commandById('view.embed').run());
  const dialog = within(await screen.findByRole('dialog', { name: 'Embed in another page' }));
  const html = () =>
    dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'HTML to put into the page' }).value;
  expect(html()).toContain('?embed=1&amp;play=1#v2=');
  expect(html()).toContain('width="720" height="420"');
  expect(html()).toContain('= -1 EBADF (Bad file descriptor)');
  await user.click(dialog.getByRole('checkbox', { name: /^Readers can go through time/ }));
  await user.click(dialog.getByRole('radio', { name: 'light' }));
  expect(html()).toContain('?embed=1&amp;theme=light#v2=');
  const width = dialog.getByRole('spinbutton', { name: 'Width' });
  await user.clear(width);
  expect(dialog.getByRole('alert')).toHaveTextContent('width: expected 320 to 1600 pixels, found NaN');
  expect(dialog.getByRole('button', { name: 'Copy HTML' })).toBeDisabled();
  await user.type(width, '640');
  await user.type(dialog.getByRole('textbox', { name: 'Origin that may drive it' }), 'https://blog.example');
  expect(html()).toContain('origin=https%3A%2F%2Fblog.example#v2=');
  await user.click(dialog.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});
