// The sheet "How the model is verified": agreement and mismatches, by role and name.
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { Overlays } from '../../src/app/shell/Overlays.tsx';
import { commandById } from '../../src/app/store/commands.ts';
import { showOverlay } from '../../src/app/store/overlay.ts';
import { printTrust, type TrustFile } from '../../src/formats/trust/trust.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage } from './page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });
letDialogsOpen();

const row = {
  generation: 'dynamic',
  release: '6.12.117',
  config: 'nvme8',
  model: 'QEMU NVMe Ctrl',
  irqRemapping: true,
  recordings: 2,
  steps: 30,
  compared: 1234,
  mismatches: 0,
} as const;
const agreeing: TrustFile = {
  version: 1,
  rows: [row, { ...row, config: 'nvme8noir', irqRemapping: false, recordings: 3 }],
  differences: [],
  unreadable: [],
  sections: [
    {
      title: 'What is compared',
      blocks: [
        { kind: 'text', text: 'Every `errno`, the *place* of calls.' },
        { kind: 'table', head: ['field', 'why'], rows: [['`calls`', 'they are shifted']] },
      ],
    },
  ],
};

function serve(answer: Response): void {
  vi.stubGlobal('fetch', () => Promise.resolve(answer));
}

afterEach(() => {
  vi.unstubAllGlobals();
  showOverlay(app, null);
});

async function openSheet() {
  render(<Overlays />);
  commandById(app, 'view.trust').run(app);
  return within(await screen.findByRole('dialog', { name: 'How the model is verified' }));
}

test('shows an agreeing comparison by kernel and by configuration, and the limits of the model', async () => {
  serve(new Response(printTrust(agreeing)));
  const sheet = await openSheet();
  expect(await sheet.findByRole('status')).toHaveTextContent(
    'Agrees. The model was compared with 5 recordings of 1 kernel: 60 steps and 2,468 values, 0 mismatches.',
  );
  const byKernel = within(sheet.getByRole('table', { name: 'By kernel' }));
  expect(byKernel.getByRole('row', { name: /^≥ 6.5 dynamic/ })).toHaveTextContent(
    '≥ 6.5 dynamic5602,46802Linux 6.12.1176.12.117',
  );
  await userEvent.click(sheet.getByText('By device and machine', { selector: 'summary' }));
  const byConfig = within(sheet.getByRole('table', { name: 'By device and machine' }));
  expect(byConfig.getByRole('row', { name: /nvme8noir off 3/ })).toBeInTheDocument();
  expect(sheet.getByText('errno').tagName).toBe('CODE');
  expect(sheet.getByText('place').tagName).toBe('EM');
  expect(sheet.getByRole('heading', { name: 'Limits of the model' })).toBeInTheDocument();
  await userEvent.click(sheet.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('shows mismatches first, with the step, the field and both values', async () => {
  const difference = {
    path: 'static/a.jsonl.gz',
    place: '#4 SET_IRQS MSI-X disable = 0',
    field: 'errno',
    kernel: 'EBADF',
    model: 'EINVAL',
  };
  serve(
    new Response(
      printTrust({
        ...agreeing,
        rows: [{ ...row, mismatches: 3 }],
        differences: [difference],
        unreadable: [{ path: 'static/b.jsonl', problem: 'line 1: expected JSON, found nothing' }],
      }),
    ),
  );
  const sheet = await openSheet();
  expect(await sheet.findByRole('alert')).toHaveTextContent(
    /^Differs\..*3 mismatches\. 1 file cannot be read\.$/,
  );
  expect(within(sheet.getByRole('table', { name: 'Mismatches' })).getAllByRole('row')[1]).toHaveTextContent(
    Object.values(difference).join(''),
  );
  expect(sheet.getByRole('list', { name: 'Unreadable recordings' })).toHaveTextContent('static/b.jsonl');
});

test.each([
  ['a missing file', new Response('gone', { status: 404 }), /the server answered 404/],
  [
    'a file of another version',
    new Response('{"version":9}'),
    /cannot be read: version: expected 1, found 9/,
  ],
])('%s: shows the problem and still the limits of the model', async (_, answer, says) => {
  serve(answer);
  const sheet = await openSheet();
  expect(await sheet.findByRole('alert')).toHaveTextContent(says);
  expect(sheet.getByText('Races')).toBeInTheDocument();
});
