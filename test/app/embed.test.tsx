// The embed inside another page, and the dialog that makes its HTML, by role and name.
import { act, configure, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EmbedPage } from '../../src/app/features/embed/EmbedPage.tsx';
import { embedPlace, embedSlice, stopPlaying } from '../../src/app/features/embed/store.ts';
import { Overlays } from '../../src/app/shell/Overlays.tsx';
import { commandById } from '../../src/app/store/commands.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { showOverlay } from '../../src/app/store/overlay.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { parseLink, printLink } from '../../src/formats/permalink/link.ts';
import { line } from '../../src/kernel/line.ts';
import { currentSession } from '../../src/session/history.ts';
import { emptySession, scriptLine } from '../../src/session/session.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });
letDialogsOpen();
const LINK = printLink({ session: currentSession(failingState().history), recording: null, check: null });

beforeEach(() => {
  app.set(labSlice, failingState());
  app.set(embedSlice, embedSlice.first(app));
  showOverlay(app, null);
});

afterEach(() => {
  stopPlaying(app);
  vi.useRealTimers();
  window.history.replaceState(null, '', '/');
  delete document.documentElement.dataset['theme'];
});

function open(query: string, link = LINK) {
  window.history.replaceState(null, '', `/?embed=1${query}#${link}`);
  return render(<EmbedPage />);
}

const current = () => screen.getByRole('option', { selected: true });

test('a playable embed moves by buttons, keys and lines, and its link opens the shown place', async () => {
  const user = userEvent.setup();
  open('&play=1&theme=dark');
  expect(document.documentElement.dataset['theme']).toBe('dark');
  expect(screen.getByRole('listbox', { name: 'Script' })).toHaveAttribute('aria-readonly', 'false');
  expect(current()).toHaveTextContent('SET_IRQS MSI-X [1..1] {999} = -EBADF');
  expect(screen.getByRole('status')).toHaveTextContent(/^Line 7: .* failed with EBADF\. Vector 1 is cached/);
  const table = screen.getByRole('table', { name: 'Wiring after line 7' });
  expect(within(table).getByRole('row', { name: /^Vector 1: /i })).toHaveTextContent('irq 26 cached');
  // only the folds of unused vectors open
  expect(
    (await within(table).findAllByRole('button')).map(({ textContent }) => textContent?.replace(/^\W+/, '')),
  ).toEqual(['3–4: empty', '6–7: empty']);
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

test('a line of an embed has its action, its note and the result of a trace that differs', () => {
  const { script } = parseScript(
    '@ the guest starts\nset_irqs msix trigger eventfd 0 [6] # the first assignment\nraise 0 # => -1 EINVAL\nraise 1\n',
  );
  const session = { ...emptySession('dynamic', 'nvme'), script: script.lines };
  open('', printLink({ session, recording: null, check: null }));
  const option = (name: RegExp) => screen.getByRole('option', { name });
  expect(option(/^@ the guest starts/)).toHaveTextContent('# the first assignment');
  expect(option(/raise 0/)).toHaveTextContent('trace -EINVAL · model');
  expect(screen.getAllByText(/^trace/)).toHaveLength(1);
});

test('play advances by itself, stops at the end, and restarts from there', () => {
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

test('an embed without play shows one moment', async () => {
  const user = userEvent.setup();
  open('');
  // only the folds of unused vectors open
  for (const button of screen.getAllByRole('button')) expect(button).toHaveTextContent(/\d: empty$/);
  expect(screen.getByRole('listbox', { name: 'Script' })).toHaveAttribute('aria-readonly', 'true');
  await user.click(screen.getByRole('option', { name: /eventfd 101/ }));
  await user.keyboard('{ArrowRight}');
  expect(screen.getByText('line 7 / 12')).toBeInTheDocument();
});

test('names problems of the address and shows the readable lines', () => {
  open('&theme=pink', LINK.slice(0, -60));
  const alert = screen.getByRole('alert');
  expect(alert).toHaveTextContent('theme: expected system, light, dark, found "pink"');
  expect(alert).toHaveTextContent(/This link is damaged: \d+ of 12 lines are readable\./);
  expect(screen.getByRole('table')).toBeInTheDocument();
});

test('an embed without a script names the reason, links to the lab, and replies to the page around it', () => {
  open('', '');
  expect(screen.getByRole('alert')).toHaveTextContent('The address contains no script.');
  expect(screen.getByRole('link', { name: 'Open in irqscope' })).toBeInTheDocument();
  expect(embedPlace(app.get(embedSlice))).toEqual({
    ...{ line: 0, step: null, lines: 0, playing: false, sentence: '' },
  });
});

test('computes a long script while the embed stays responsive', () => {
  vi.useFakeTimers();
  const close = scriptLine(line({ op: 'close', fd: 100 }));
  const script = Array.from({ length: 2_000 }, () => close);
  const session = { ...emptySession('dynamic', 'nvme'), script, cursor: { line: 2_000, step: null } };
  open('&play=1', printLink({ session, recording: null, check: null }));
  expect(screen.getByRole('status')).toHaveTextContent('Line 2000: still computing…');
  for (let round = 0; round < 2_000 && app.get(embedSlice).known < 2_000; round++)
    act(() => vi.advanceTimersByTime(1));
  expect(screen.getByRole('status')).toHaveTextContent('Line 2000: close 100 failed with EBADF.');
});

test('the dialog shows options, then the HTML or its problems', async () => {
  const user = userEvent.setup();
  render(<Overlays />);
  act(() => commandById(app, 'view.embed').run(app));
  const dialog = within(await screen.findByRole('dialog', { name: 'Embed in another page' }));
  const html = () => dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'HTML for the page' }).value;
  expect(html()).toContain('?embed=1&amp;play=1#v2=');
  expect(html()).toContain('width="720" height="420"');
  expect(html()).toContain('= -1 EBADF (Bad file descriptor)');
  await user.click(dialog.getByRole('checkbox', { name: /^Readers can move through time/ }));
  await user.click(dialog.getByRole('radio', { name: 'light' }));
  expect(html()).toContain('?embed=1&amp;theme=light#v2=');
  const width = dialog.getByRole('spinbutton', { name: 'Width' });
  await user.clear(width);
  expect(dialog.getByRole('alert')).toHaveTextContent('width: expected 320 to 1600 pixels, found NaN');
  expect(dialog.getByRole('button', { name: 'Copy HTML' })).toBeDisabled();
  await user.type(width, '640');
  await user.type(
    dialog.getByRole('textbox', { name: 'Origin that may control it' }),
    'https://blog.example',
  );
  expect(html()).toContain('origin=https%3A%2F%2Fblog.example#v2=');
  await user.click(dialog.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('the dialog offers an open lesson, with a size of its own', async () => {
  const user = userEvent.setup();
  const { openLesson } = await import('../../src/app/features/learn/learning.ts');
  const { lessonById } = await import('../../src/lessons/teach.ts');
  act(() => openLesson(app, lessonById('ebadf')));
  render(<Overlays />);
  act(() => commandById(app, 'view.embed').run(app));
  const dialog = within(await screen.findByRole('dialog', { name: 'Embed in another page' }));
  await user.click(dialog.getByRole('radio', { name: 'the lesson “EBADF, and the vector is detached”' }));
  const html = dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'HTML for the page' }).value;
  expect(html).toContain('?frame=1#lesson=ebadf"');
  expect(html).toContain('width="960" height="900"');
  expect(dialog.queryByRole('textbox', { name: 'Origin that may control it' })).toBeNull();
  await user.click(dialog.getByRole('button', { name: 'Close' }));
});
