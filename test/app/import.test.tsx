import { readFileSync } from 'node:fs';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
import { importedSlice } from '../../src/app/store/imported.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { openFile, openPasted } from '../../src/app/store/opening.ts';
import { showOverlay } from '../../src/app/store/overlay.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

const fixture = (path: string) => new Uint8Array(readFileSync(`test/formats/imports/fixtures/${path}`));

/** A generous limit: a loaded machine takes long. */
const PATIENT = 120_000;

beforeEach(() => {
  // jsdom has no showModal
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  app.set(labSlice, failingState());
  app.set(importedSlice, { imported: null });
  showOverlay(app, null);
});

test(
  'starts the worker while a person drags a file over the page, and not for a dragged text',
  async () => {
    const started = vi.fn();
    vi.stubGlobal(
      'Worker',
      class extends EventTarget {
        constructor() {
          super();
          started();
        }
        terminate() {}
      },
    );
    render(<Page />);
    fireEvent.dragOver(document.body, { dataTransfer: { types: ['text/plain'] } });
    fireEvent.dragOver(document.body, { dataTransfer: { types: ['Files'] } });
    fireEvent.dragOver(document.body, { dataTransfer: { types: ['Files'] } });
    await waitFor(() => expect(started).toHaveBeenCalledOnce(), { timeout: PATIENT });
    const { dismissWorker } = await import('../../src/app/store/engine/worker.ts');
    dismissWorker(app);
    vi.unstubAllGlobals();
  },
  PATIENT,
);

test(
  'opens a readable text at once, with the reason for its format in the bar',
  async () => {
    render(<Page />);
    await act(() => openPasted(app, new TextDecoder().decode(fixture('kprobe/good.txt'))));
    const bar = await screen.findByRole('region', { name: 'Import result' }, { timeout: PATIENT });
    expect(bar).toHaveTextContent(
      'pasted text was read as Kernel probe (bpftrace, perf, ftrace) because line 2 has # vfio-irqs 1.',
    );
    expect(screen.getByText('line 0 / 8')).toBeInTheDocument();
    await userEvent.click(within(bar).getByRole('button', { name: /^Close/ }));
    expect(screen.queryByRole('region', { name: 'Import result' })).toBeNull();
  },
  PATIENT,
);

test(
  'shows a text with bad lines before opening it, and restores the previous import on cancel',
  async () => {
    render(<Page />);
    await act(() => openFile(app, new File([fixture('kprobe/good.txt')], 'good.log')));
    const { history } = app.get(labSlice);
    await act(() => openFile(app, new File([fixture('strace/good.txt')], 'strace.log')));
    const panel = await screen.findByRole('dialog', { name: 'Text of strace.log' }, { timeout: PATIENT });
    expect(panel).toHaveTextContent(
      '11 operations from 11 of 25 lines; 12 without an operation; 2 unreadable',
    );
    expect(app.get(labSlice).history).toBe(history);
    await userEvent.click(within(panel).getByRole('button', { name: 'Next problem' }));
    expect(within(panel).getByRole('status')).toHaveTextContent('Line 8, column 33: expected {argsz=');
    await userEvent.selectOptions(within(panel).getByRole('combobox', { name: /^Read as/ }), 'notation');
    await waitFor(() => expect(panel).toHaveTextContent('because you chose it'), { timeout: PATIENT });
    expect(within(panel).getByRole('button', { name: /^Open / })).toBeDisabled();
    act(() => showOverlay(app, null));
    expect(app.get(importedSlice).imported?.file.name).toBe('good.log');
    expect(app.get(labSlice).history).toBe(history);
  },
  PATIENT,
);

test.each([
  ['empty.log', new Uint8Array(), 'found an empty file'],
  ['x.gz', new Uint8Array([0x1f, 0x8b, 8, 0, 1]), 'expected an undamaged gzip archive'],
  ['perf.data', new TextEncoder().encode('PERFILE2........'), 'the output of “perf script” for this file'],
  ['new.jsonl', fixture('recording/wrong-version.jsonl'), 'expected 1 in version, found 2'],
])(
  'refuses %s with a message, and keeps the session',
  async (name, bytes, says) => {
    render(<Page />);
    const { history } = app.get(labSlice);
    await act(() => openFile(app, new File([bytes], name)));
    expect(await screen.findByRole('alert', {}, { timeout: PATIENT })).toHaveTextContent(says);
    expect(app.get(labSlice).history).toBe(history);
  },
  PATIENT,
);

test('a pasted link of irqscope opens like one in the address, and another link is a text', async () => {
  render(<Page />);
  await act(() => openPasted(app, '  https://example.org/irqscope/#learn=scenarios\n'));
  expect(window.location.hash).toBe('#learn=scenarios');
  window.history.replaceState(null, '', '/');
  await act(() => openPasted(app, 'https://example.org/page#part'));
  expect(window.location.hash).toBe('');
  expect(await screen.findByRole('alert')).toHaveTextContent('pasted text: unrecognised format.');
});
