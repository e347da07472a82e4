import { readFileSync } from 'node:fs';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { App } from '../../src/app/App.tsx';
import { openFile, openPasted } from '../../src/app/state/builtIn.ts';
import { useImported } from '../../src/app/state/imported.ts';
import { firstState, useLab } from '../../src/app/state/lab.ts';
import { showOverlay } from '../../src/app/state/overlay.ts';

const fixture = (path: string) => new Uint8Array(readFileSync(`test/formats/imports/fixtures/${path}`));

/** The machine may be busy: what is waited for is what the page shows, however long that takes. */
const PATIENT = 120_000;

beforeEach(() => {
  // jsdom has dialogs and cannot open them
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  useLab.setState(firstState(), true);
  useImported.setState({ imported: null });
  showOverlay(null);
});

test(
  'a good text opens at once, and the bar says how it was read',
  async () => {
    render(<App />);
    await act(() => openPasted(new TextDecoder().decode(fixture('kprobe/good.txt'))));
    const bar = await screen.findByRole('region', { name: 'How the text was read' }, { timeout: PATIENT });
    expect(bar).toHaveTextContent(
      'pasted text was read as Kernel probe (bpftrace, perf, ftrace) because line 2 has # vfio-irqs 1.',
    );
    expect(screen.getByText('line 0 / 8')).toBeInTheDocument();
    await userEvent.click(within(bar).getByRole('button', { name: /^Close/ }));
    expect(screen.queryByRole('region', { name: 'How the text was read' })).toBeNull();
  },
  PATIENT,
);

test(
  'a text with bad lines is shown before it is opened; what it replaces is not forgotten when it is not',
  async () => {
    render(<App />);
    await act(() => openFile(new File([fixture('kprobe/good.txt')], 'good.log')));
    const { history } = useLab.getState();
    await act(() => openFile(new File([fixture('strace/good.txt')], 'strace.log')));
    const panel = await screen.findByRole('dialog', { name: 'Text of strace.log' }, { timeout: PATIENT });
    expect(panel).toHaveTextContent(
      '14 operations from 14 of 25 lines; 9 say nothing that is one; 2 cannot be read',
    );
    expect(useLab.getState().history).toBe(history);
    await userEvent.click(within(panel).getByRole('button', { name: 'Next problem' }));
    expect(within(panel).getByRole('status')).toHaveTextContent('Line 8, column 33: expected {argsz=');
    await userEvent.selectOptions(within(panel).getByRole('combobox', { name: /^Read as/ }), 'notation');
    await waitFor(() => expect(panel).toHaveTextContent('because you chose it'), { timeout: PATIENT });
    expect(within(panel).getByRole('button', { name: /^Open / })).toBeDisabled();
    act(() => showOverlay(null));
    expect(useImported.getState().imported?.file.name).toBe('good.log');
    expect(useLab.getState().history).toBe(history);
  },
  PATIENT,
);

test.each([
  ['empty.log', new Uint8Array(), 'found an empty file'],
  ['wide.txt', new Uint8Array([0xff, 0xfe, 0x65, 0]), 'found UTF-16 text'],
  ['x.gz', new Uint8Array([0x1f, 0x8b, 8, 0, 1]), 'expected a whole gzip archive'],
  ['perf.data', new TextEncoder().encode('PERFILE2........'), 'the text that “perf script” prints of it'],
  ['new.jsonl', fixture('recording/wrong-version.jsonl'), 'expected 1 in version, found 2'],
])(
  '%s is refused by name, and the session stays',
  async (name, bytes, says) => {
    render(<App />);
    const { history } = useLab.getState();
    await act(() => openFile(new File([bytes], name)));
    expect(await screen.findByRole('alert', {}, { timeout: PATIENT })).toHaveTextContent(says);
    expect(useLab.getState().history).toBe(history);
  },
  PATIENT,
);
