// The review: opened from Compare, Explore, the palette's command and an address; cancelled; its scripts open in Compare.
import { act, configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openAnswer, reviewView } from '../../src/app/features/review/open.ts';
import { reviewRunSlice } from '../../src/app/features/review/run.ts';
import { Overlays } from '../../src/app/shell/Overlays.tsx';
import { compareSlice } from '../../src/app/store/compare.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { overlaySlice, showOverlay } from '../../src/app/store/overlay.ts';
import { openPlace, shownPlace } from '../../src/app/store/places.ts';
import { reviewSlice } from '../../src/app/store/review.ts';
import { viewSlice } from '../../src/app/store/view.ts';
import { answerRequest } from '../../src/app/workers/answer.ts';
import type { SearchReply, SearchRequest } from '../../src/app/workers/searchMessages.ts';
import { currentSession } from '../../src/session/history.ts';
import { FIRST_LANES, kernelLane } from '../../src/session/lanes.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage } from './page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });
letDialogsOpen();

/** The replies for a review of V3 against 6.12, computed once. */
const replies: SearchReply[] = [];

/** A worker that replies at once with the progress, and unless `held` with the review. */
class DirectWorker extends EventTarget {
  static held = false;
  static ended = 0;
  static asked: SearchRequest[] = [];
  #ended = false;

  postMessage(message: SearchRequest) {
    DirectWorker.asked.push(message);
    const said = DirectWorker.held ? replies.filter(({ kind }) => kind === 'reviewing') : replies;
    setTimeout(() => {
      for (const data of said) {
        if (!this.#ended) act(() => void this.dispatchEvent(new MessageEvent('message', { data })));
      }
    });
  }

  terminate() {
    this.#ended = true;
    DirectWorker.ended++;
  }
}

beforeAll(async () => {
  // as between threads
  const say = (reply: SearchReply) => replies.push(structuredClone(reply));
  await answerRequest({ kind: 'review', a: 'v3', b: '6.12' }, say, async () => undefined);
  await import('../../src/app/features/review/ReviewSheet.tsx');
});

beforeEach(() => {
  vi.stubGlobal('Worker', DirectWorker);
  DirectWorker.held = false;
  DirectWorker.ended = 0;
  DirectWorker.asked = [];
  app.set(reviewRunSlice, { of: null, progress: null, review: null, ended: null });
  app.set(compareSlice, { lanes: FIRST_LANES });
  app.set(viewSlice, { view: 'lab', own: null });
});

afterEach(() => {
  act(() => showOverlay(app, null));
  vi.unstubAllGlobals();
});

async function open() {
  const user = userEvent.setup();
  render(<Overlays />);
  act(() => void openPlace(app, '#review=v3,6.12'));
  return { user, sheet: within(await screen.findByRole('dialog', { name: 'Review' })) };
}

test('an address reviews its kernels: the sentence, who sees what, the answers, the costs', async () => {
  const { sheet } = await open();
  expect(
    await sheet.findByText(
      'V3 patch against 6.12: no ioctl result or signal differs (724 states); msi_irqs differs after 3 lines; MSI: none; no dynamic allocation: none; host with 2 irqs: 0 against ENOSPC.',
    ),
  ).toBeInTheDocument();
  expect(DirectWorker.asked).toEqual([{ kind: 'review', a: 'v3', b: '6.12' }]);
  expect(shownPlace(app)).toBe('review=v3,6.12');
  const words = within(sheet.getByLabelText('Who sees what'));
  expect(words.getAllByRole('term').map(({ textContent }) => textContent)).toEqual([
    'client',
    'root',
    'state',
  ]);
  const costs = within(sheet.getByRole('table', { name: 'Costs' }));
  expect(costs.getByRole('row', { name: /^MSI-X: failing assignment/ })).toHaveTextContent(
    'EBADF4 / 620022 / 17',
  );
  for (const group of ['Differences (6)', 'No difference (16)', 'Cannot be asked (4)']) {
    expect(sheet.getByText(group)).toBeInTheDocument();
  }
});

test('opens a script in Compare on the host of its search, at the last line', async () => {
  const { user, sheet } = await open();
  await user.click(await sheet.findByRole('button', { name: 'Open in Compare: host with 2 irqs, client' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(app.get(viewSlice).view).toBe('compare');
  expect(app.get(compareSlice).lanes).toEqual([kernelLane('v3'), kernelLane('dynamic')]);
  const { setup, script, cursor, generation } = currentSession(app.get(labSlice).history);
  expect([generation, setup.host.irqPool, script.length, cursor.line]).toEqual(['v3', 2, 4, 4]);
});

test('two releases of one generation become lanes with the facts of each', async () => {
  const { sheet } = await open();
  await sheet.findByText(/no ioctl result or signal differs/);
  const { review } = app.get(reviewRunSlice);
  const found = review?.answers.flatMap(({ ending }) =>
    ending.verdict === 'found' ? [ending.script] : [],
  )[0];
  if (found === undefined) throw new Error('nothing found');
  const [device] = found.devices;
  const facts = [{ path: 'host.longEventfdWrite', value: 'accepted' } as const];
  act(() => openAnswer(app, { ...found, devices: [device, { ...device, facts }] }));
  expect(app.get(compareSlice).lanes).toMatchObject([
    { host: {} },
    { host: { longEventfdWrite: 'accepted' } },
  ]);
});

test('shows the progress, and Cancel and closing end the worker', async () => {
  DirectWorker.held = true;
  const { user, sheet } = await open();
  expect(await sheet.findByText(/^Search \d+ of 39: /)).toBeInTheDocument();
  expect(sheet.getByRole('progressbar', { name: 'Finished searches' })).toHaveAttribute('max', '39');
  await user.click(sheet.getByRole('button', { name: 'Cancel' }));
  expect(await sheet.findByText('Cancelled.')).toBeInTheDocument();
  expect(DirectWorker.ended).toBe(1);
  await user.click(sheet.getByRole('button', { name: 'Start the review' }));
  expect(await sheet.findByText(/^Search \d+ of 39: /)).toBeInTheDocument();
  await user.click(sheet.getByRole('button', { name: 'Close' }));
  expect(DirectWorker.ended).toBe(2);
});

test('other kernels are reviewed at once, and a finished review is kept', async () => {
  const { user, sheet } = await open();
  await sheet.findByText(/no ioctl result or signal differs/);
  await user.click(sheet.getByRole('button', { name: 'Close' }));
  await act(async () => void openPlace(app, '#review=v3,6.12'));
  const again = within(await screen.findByRole('dialog', { name: 'Review' }));
  await again.findByText(/no ioctl result or signal differs/);
  expect(DirectWorker.asked).toHaveLength(1);
  await user.selectOptions(again.getByRole('combobox', { name: 'against' }), '6.1');
  expect(shownPlace(app)).toBe('review=v3,6.1');
  expect(DirectWorker.asked.at(-1)).toEqual({ kind: 'review', a: 'v3', b: '6.1' });
});

test('copies the review as text, as a mail and as a program', async () => {
  const copied: string[] = [];
  vi.spyOn(app.services, 'copyText').mockImplementation(async (text) => {
    copied.push(text);
    return true;
  });
  const { user, sheet } = await open();
  await user.click(await sheet.findByRole('button', { name: 'Copy as text' }));
  expect(copied[0]).toMatch(/^V3 patch against 6\.12\n\nno ioctl result or signal differs \(724 states\); /);
  expect(copied[0]).toContain('      set_irqs msix trigger eventfd 1 [100 100]\n');
  expect(app.get(labSlice).announcement).toBe('Copied the review as text.');

  await user.click(sheet.getByRole('button', { name: 'Copy as mail' }));
  const mail = copied[1] ?? '';
  expect(mail.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  expect(mail).toContain('msi_irqs');
  expect(mail).not.toContain('localhost');

  await user.click(sheet.getByRole('button', { name: 'Copy as C program' }));
  expect(copied[2]).toContain('these answers are those of');
  expect(app.get(labSlice).announcement).toBe('Copied the program that tells the kernels apart.');
});

test('an unknown kernel of the address is named, and nothing runs', async () => {
  render(<Overlays />);
  act(() => void openPlace(app, '#review=v9,6.12'));
  expect(await screen.findByRole('alert')).toHaveTextContent(/^A kernel is unknown\./);
  expect(DirectWorker.asked).toEqual([]);
});

test('a view decides which kernels are reviewed', () => {
  const sides = () => {
    reviewView(app);
    return app.get(reviewSlice);
  };
  DirectWorker.held = true;
  expect(sides()).toEqual({ a: expect.any(String), b: expect.any(String) });
  app.set(viewSlice, { view: 'compare', own: null });
  expect(sides()).toEqual({ a: 'v3', b: '6.12' });
  app.set(compareSlice, { lanes: [kernelLane('dynamic'), kernelLane('dynamic', { irqPool: 2 })] });
  expect(sides()).toEqual({ a: '6.12', b: '6.1' });
  app.set(viewSlice, { view: 'explore', own: 'explore=hold,dynamic&vectors=3' });
  expect(sides()).toEqual({ a: 'hold', b: '6.12' });
  app.set(viewSlice, { view: 'explore', own: 'explore=track&vectors=3' });
  expect(sides()).toEqual({ a: 'track', b: '6.12' });
  expect(app.get(overlaySlice).overlay).toBe('review');
});
