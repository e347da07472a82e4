// The marks "seen on a real kernel" and "by source" in the explanation of a check and in the atlas.
import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { AtlasPane } from '../../src/app/features/explore/AtlasPane.tsx';
import { WhySource } from '../../src/app/features/lab/trace/WhySource.tsx';
import { printSeen } from '../../src/formats/trust/seen.ts';
import { createPage } from './page.tsx';

const { render } = createPage();

afterEach(() => vi.unstubAllGlobals());

const seen = printSeen({
  version: 1,
  kernels: [
    { generation: 'dynamic', release: '6.12.117+deb12-amd64' },
    { generation: 'v3', release: '6.12.117+deb12-amd64' },
  ],
  checks: [{ check: 'eventfd.closed', kernels: [0, 1] }],
  outcomes: [{ outcome: 'eventfd_ctx_fdget eventfd.closed EBADF', kernels: [0] }],
});

const entry = {
  fn: 'eventfd_ctx_fdget',
  check: 'eventfd.closed',
  result: 'EBADF',
  script: 'device nvme\nraise 0\n',
  length: 1,
} as const;
const atlas = JSON.stringify({
  version: 2,
  bounds: [],
  states: 9,
  entries: [
    { ...entry, generation: 'dynamic' },
    { ...entry, generation: 'v3' },
    { ...entry, generation: 'v3', fn: 'request_irq', check: null, result: 'EBUSY' },
  ],
  unreached: [],
});

test('a failed call has no mark without the file, and with it a mark that lists the kernels with its check', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
  const without = render(<WhySource source={{ check: 'eventfd.closed', path: 'msi' }} />);
  expect(await screen.findAllByText(/fs\/eventfd\.c/)).not.toEqual([]);
  expect(screen.queryByText(/real kernel/)).toBeNull();
  without.unmount();

  vi.stubGlobal('fetch', () => Promise.resolve(new Response(seen)));
  render(<WhySource source={{ check: 'eventfd.closed', path: 'msi' }} />);
  expect(await screen.findByText('Seen on a real kernel: 6.12.117, V3 on 6.12.117.')).toBeInTheDocument();
  render(<WhySource source={{ check: 'irq.request', path: 'msi' }} />);
  expect(
    await screen.findByText('By source: no recording of a real kernel reaches this check.'),
  ).toBeInTheDocument();
});

test('the atlas marks each outcome by kernel, and outcomes that no recording has', async () => {
  vi.stubGlobal('fetch', (path: string) =>
    Promise.resolve(new Response(path === 'seen.json' ? seen : atlas)),
  );
  render(<AtlasPane />);
  const table = await screen.findByRole('table', { name: 'Outcomes' });
  const rows = () => within(table).getAllByRole('row').slice(1);
  await within(table).findByRole('button', { name: /under ≥ 6.5 dynamic, seen on a real kernel$/ });
  const [closed, full] = rows();
  if (closed === undefined || full === undefined) throw new Error('two rows');
  expect(within(closed).getByRole('button', { name: /under V3 patch, by source$/ })).toBeInTheDocument();
  expect(closed).not.toHaveTextContent('no recording has it');
  expect(full).toHaveTextContent('by source: no recording has it');

  fireEvent.input(screen.getByRole('searchbox', { name: 'Search the atlas' }), {
    target: { value: 'no recording' },
  });
  expect(rows()).toEqual([full]);
});
