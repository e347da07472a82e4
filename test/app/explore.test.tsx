import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { chooseSearch, exploreSlice } from '../../src/app/features/explore/store.ts';
import { Page } from '../../src/app/shell/Page.tsx';
import { labSlice } from '../../src/app/store/lab.ts';
import { viewSlice } from '../../src/app/store/view.ts';
import { answerRequest } from '../../src/app/workers/answer.ts';
import type { SearchRequest } from '../../src/app/workers/searchMessages.ts';
import { Sharing } from '../../src/app/workers/sharing.ts';
import { makeAtlas } from '../../src/cli/atlas.ts';
import { atlasSources } from '../../src/explore/atlasSources.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { printAtlas } from '../../src/formats/search/atlas.ts';
import { FIRST_SEARCH } from '../../src/session/search.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

// every test draws the whole page, which is slow on a busy machine

/** A worker that replies in the thread of the page; while `held`, it does not reply. */
class DirectWorker extends EventTarget {
  static held = false;
  static ended = 0;
  #ended = false;
  readonly #sharing = new Sharing();

  postMessage(message: SearchRequest) {
    if (DirectWorker.held) return;
    setTimeout(() => {
      const say = (data: unknown) => {
        if (!this.#ended) act(() => void this.dispatchEvent(new MessageEvent('message', { data })));
      };
      void answerRequest(message, say, async () => undefined, this.#sharing);
    });
  }

  terminate() {
    this.#ended = true;
    DirectWorker.ended++;
  }
}

// loads lazy parts first, because a busy machine takes longer than a test waits
beforeAll(async () => {
  await import('../../src/app/features/explore/ExploreView.tsx');
  await import('../../src/app/features/explore/GraphPane.tsx');
  await import('../../src/app/features/explore/AtlasPane.tsx');
  await import('../../src/app/features/explore/ExportPanel.tsx');
});

beforeEach(() => {
  vi.stubGlobal('Worker', DirectWorker);
  DirectWorker.held = false;
  DirectWorker.ended = 0;
  app.set(labSlice, failingState());
  app.set(viewSlice, { view: 'explore', own: 'explore=' });
  app.set(exploreSlice, {
    setup: FIRST_SEARCH,
    shown: 'search',
    problems: [],
    searches: [],
    opened: null,
    added: null,
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  app.set(viewSlice, { view: 'lab', own: null });
});

const answer = () => screen.findByRole('region', { name: 'Answer' });

async function open() {
  const user = userEvent.setup();
  render(<Page />);
  await screen.findByRole('button', { name: 'Start the search' });
  return user;
}

test('shows the size of the alphabet before a search starts', async () => {
  const user = await open();
  expect(screen.getByText('28 operations in every state')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: /VFIO_DEVICE_RESET/ }));
  expect(screen.getByText('29 operations in every state')).toBeInTheDocument();
});

test('shows the range for a number out of range and keeps the old value', async () => {
  const user = await open();
  const vectors = screen.getByRole('textbox', { name: 'MSI-X vectors' });
  await user.clear(vectors);
  await user.type(vectors, '9');
  expect(screen.getByRole('alert')).toHaveTextContent('Enter 0 to 8');
  expect(app.get(exploreSlice).setup.vectors).toBe(3);
});

test('shows the results of both kernels and opens the lab on the last line', async () => {
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  const region = await answer();
  expect(await within(region).findByText('Found.')).toBeInTheDocument();
  const rows = within(region).getAllByRole('row');
  expect(rows.at(-1)).toHaveTextContent('3set_irqs msix trigger eventfd 0 [999]-EBADF-EBADF');
  await user.click(screen.getByRole('button', { name: 'Open in the lab under V3 patch' }));
  expect(await screen.findByRole('heading', { name: 'Wiring after line 3' })).toBeInTheDocument();
  expect(app.get(labSlice).history.nodes).toHaveLength(2);
});

test('distinguishes a proof from a reached limit and lists both searches', async () => {
  const user = await open();
  await user.click(
    screen.getByRole('button', { name: 'V3 and ≥ 6.5: any difference that a client can see' }),
  );
  expect(await screen.findByText('Proven impossible.')).toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: /^Longest script/ }), '1');
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  expect(await screen.findByText('Limit reached.')).toBeInTheDocument();
  const list = screen.getByRole('region', { name: 'Searches of this visit' });
  expect(within(list).getAllByRole('button')).toHaveLength(2);
  await user.click(within(list).getByRole('button', { name: /Proven impossible/ }));
  expect(await within(await answer()).findByText('Proven impossible.')).toBeInTheDocument();
});

test('copies an answer as text: a script that reads back, or one line with the number of states', async () => {
  const user = await open();
  const copied = vi.spyOn(app.services, 'copyText').mockResolvedValue(true);
  await user.click(screen.getByRole('button', { name: 'V3 and ≥ 6.5: any difference in state' }));
  await user.click(await screen.findByRole('button', { name: 'Copy the answer as text' }));
  const [found = ''] = copied.mock.calls[0] ?? [];
  expect(found).toMatch(
    /^# Found: V3 patch and ≥ 6.5 dynamic · 3 vectors · .*\n# 11 states searched; no shorter/,
  );
  expect(found).toContain(
    'set_irqs msix trigger eventfd 0 [999] # V3 patch: -EBADF; ≥ 6.5 dynamic: -EBADF\n',
  );
  const { script, problems } = parseScript(found);
  expect(problems).toEqual([]);
  expect(script.device).toMatchObject({ generation: 'v3', msix: 3 });
  expect(script.lines.map(({ traced }) => traced)).toEqual([undefined, undefined, undefined]);

  await user.click(
    screen.getByRole('button', { name: 'V3 and ≥ 6.5: any difference that a client can see' }),
  );
  await screen.findByText('Proven impossible.');
  await user.click(screen.getByRole('button', { name: 'Copy the answer as text' }));
  expect(copied.mock.calls[1]?.[0]).toMatch(
    /^No difference in 85 pairs of states of these operations, which are all that they reach: V3 patch .*\n$/,
  );
});

test('the export says how to run its file, what the engine prints, and what is left out', async () => {
  const user = await open();
  const copied = vi.spyOn(app.services, 'copyText').mockResolvedValue(true);
  await user.click(screen.getByRole('radio', { name: /^Can a client see a difference/ }));
  const menu = screen.getByLabelText('Run in an external model checker');
  // jsdom cannot open a popover
  menu.removeAttribute('popover');
  fireEvent(menu, Object.assign(new Event('toggle'), { newState: 'open' }));
  const spin = await screen.findByRole('region', { name: 'Spin' });
  expect(within(spin).getByText('spin -t -T -B irqscope_v3_dynamic_3_differ_client.pml')).toBeInTheDocument();
  expect(spin).toHaveTextContent(/"errors: 0" means that the answer is no, unless pan also prints/);
  await user.click(within(spin).getByRole('button', { name: 'Copy command: Shortest script, Spin' }));
  expect(copied.mock.calls[0]?.[0]).toMatch(/^spin -a -o2 -DBFS .*\nspin -t -T -B /);
  const tlc = screen.getByRole('region', { name: 'TLC' });
  expect(tlc).toHaveTextContent('java -Xss64m -cp tla2tools.jar tlc2.TLC -workers 1 irqscope_v3_dynamic_3_');
  expect(screen.getByText(/^irq numbers: a vector names its irq/)).toBeInTheDocument();
  expect(within(menu).queryByRole('alert')).not.toBeInTheDocument();
  act(() => chooseSearch(app, { asked: { kind: 'named', id: 'invariant:I15' } }));
  expect(within(menu).getByRole('alert')).toHaveTextContent(
    /This search cannot be exported\. ?question: expected a predicate .*, found breaks-I15/,
  );
});

test('cancelling ends the worker and shows the progress', async () => {
  DirectWorker.held = true;
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  expect(await screen.findByText('Searching…')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText('Cancelled.')).toBeInTheDocument();
  expect(DirectWorker.ended).toBe(1);
});

test('a question about one kernel needs no second one', async () => {
  const user = await open();
  expect(screen.getByRole('combobox', { name: 'Compared with' })).toBeInTheDocument();
  await user.type(screen.getByRole('searchbox', { name: 'Find a question' }), 'I7');
  await user.click(
    screen.getByRole('radio', { name: /^Can “irqs are freed only at teardown” \(I7\) break/ }),
  );
  expect(screen.queryByRole('combobox', { name: 'Compared with' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  expect(await screen.findByText('Found.')).toBeInTheDocument();
});

test('a search uses MSI and INTx beside MSI-X, and the address and the command line name them', async () => {
  const copied: string[] = [];
  vi.spyOn(app.services, 'copyText').mockImplementation(async (text) => copied.push(text) > 0);
  const user = await open();
  await user.click(screen.getByRole('checkbox', { name: 'INTx' }));
  expect(app.get(exploreSlice).setup.modes).toEqual(['msix', 'intx']);
  // 3 descriptors in 3 places and pairs, disable; with INTx 3 and its disable
  expect(screen.getByText('32 operations in every state')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: /^MASK and UNMASK of INTx/ }));
  expect(screen.getByText('34 operations in every state')).toBeInTheDocument();
  // a mode without vectors gets some, and a device without vectors loses the mode
  expect(screen.getByRole('combobox', { name: 'MSI vectors' })).toHaveValue('0');
  await user.click(screen.getByRole('checkbox', { name: 'MSI' }));
  expect(screen.getByRole('combobox', { name: 'MSI vectors' })).toHaveValue('2');
  await user.selectOptions(screen.getByRole('combobox', { name: 'MSI vectors' }), '4');
  const vectors = screen.getByRole('textbox', { name: 'MSI-X vectors' });
  await user.clear(vectors);
  await user.type(vectors, '0');
  expect(screen.getByRole('checkbox', { name: 'MSI-X' })).not.toBeChecked();
  expect(app.get(viewSlice).own).toMatch(/^explore=v3,dynamic&modes=msix,msi,intx&vectors=0&msi=4&/);
  await user.click(screen.getByRole('button', { name: 'Copy as command line' }));
  await vi.waitFor(() => expect(copied).toHaveLength(1));
  expect(copied[0]).toContain('--modes msi,intx --vectors 0 --msi-vectors 4');
  await user.click(screen.getByRole('checkbox', { name: 'INTx' }));
  await user.click(screen.getByRole('checkbox', { name: 'MSI' }));
  expect(screen.getByRole('alert')).toHaveTextContent('Choose at least one mode.');
});

test('names a device that cannot raise in the chosen mode, and another choice searches it', async () => {
  const user = await open();
  await user.click(screen.getByRole('checkbox', { name: 'INTx' }));
  await user.click(screen.getByRole('checkbox', { name: 'MSI-X' }));
  await user.click(screen.getByRole('checkbox', { name: /^the device raises/ }));
  expect(screen.getByText('This device raises interrupts only while MSI-X is enabled.')).toBeInTheDocument();
  await user.type(screen.getByRole('searchbox', { name: 'Find a question' }), 'interrupt-lost');
  await user.click(screen.getByRole('radio', { name: 'Can an interrupt of the device be lost?' }));
  expect(
    screen.getByText(/^Added for this question: a device that raises interrupts in every mode/),
  ).toBeInTheDocument();
  expect(screen.getByRole('combobox', { name: 'Raises interrupts' })).toHaveValue('always');
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  const region = await answer();
  expect(await within(region).findByText('Found.')).toBeInTheDocument();
  expect(region).toHaveTextContent('An interrupt of the device is lost.');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByRole('combobox', { name: 'Raises interrupts' })).toHaveValue('with-msix');
});

test('another device has its own facts, and an edited fact stays a fact of the search', async () => {
  const user = await open();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Device' }), 'edu');
  expect(screen.getByRole('checkbox', { name: /^PCI Express/ })).not.toBeChecked();
  await user.click(screen.getByRole('checkbox', { name: /^interrupt pin/ }));
  expect(app.get(exploreSlice).setup.device).toEqual({
    ...{ model: 'edu', intx: false, pcie: null, maskable: null, raise: null },
  });
  await user.click(screen.getByRole('checkbox', { name: /^interrupt pin/ }));
  expect(app.get(exploreSlice).setup.device.intx).toBeNull();
});

test('composes a question about two kernels from examples, and names the place of a mistake', async () => {
  const user = await open();
  await user.click(screen.getByRole('radio', { name: 'composed' }));
  const guide = screen.getByRole('region', { name: 'Predicates' });
  await user.click(within(guide).getByRole('button', { name: 'freed(1)' }));
  expect(screen.getByRole('combobox', { name: 'Predicate' })).toHaveValue('freed(1)');
  expect(screen.queryByRole('combobox', { name: 'Compared with' })).not.toBeInTheDocument();
  await user.click(within(guide).getByRole('button', { name: 'a.allocated > b.allocated' }));
  expect(screen.getByRole('alert')).toHaveTextContent(
    'column 1: expected a.freed or b.freed, because a.allocated names a kernel, found freed',
  );
  await user.clear(screen.getByRole('combobox', { name: 'Predicate' }));
  await user.click(within(guide).getByRole('button', { name: 'a.freed(1) and not b.freed(1)' }));
  expect(screen.getByRole('combobox', { name: 'Compared with' })).toHaveValue('dynamic');
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  const region = await answer();
  expect(await within(region).findByText('Found.')).toBeInTheDocument();
  expect(region).toHaveTextContent('V3 patch: The irq of vector 1 is freed, by any function.');
  expect(within(region).getByRole('columnheader', { name: '≥ 6.5 dynamic' })).toBeInTheDocument();
});

test('completes a predicate with its argument in brackets', async () => {
  const user = await open();
  await user.click(screen.getByRole('radio', { name: 'composed' }));
  const field = screen.getByRole('combobox', { name: 'Predicate' });
  await user.type(field, 'freed');
  await user.keyboard('{Tab}');
  expect(field).toHaveValue('freed(');
  await user.keyboard('1{Tab}');
  expect(field).toHaveValue('freed(1) ');
});

test('lists the states of the graph and opens one in the lab on Enter', async () => {
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'State graph' }));
  const states = await screen.findByRole('listbox', { name: 'States' });
  expect(within(states).getAllByRole('option')[0]).toHaveTextContent(
    'No mode is enabled. Every vector is empty.',
  );
  states.focus();
  await user.keyboard('{ArrowDown}{Enter}');
  expect(await screen.findByRole('heading', { name: 'Wiring after line 2' })).toBeInTheDocument();
});

test('shows every edge of a state, follows one by keyboard, and copies the graph', async () => {
  app.set(exploreSlice, ({ setup }) => ({ setup: { ...setup, vectors: 2, parts: ['unbind', 'bad'] } }));
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'State graph' }));
  const states = await screen.findByRole('listbox', { name: 'States' });
  const edgesOf = () => [
    within(screen.getByRole('list', { name: 'Next states' })).queryAllByRole('button'),
    within(screen.getByRole('list', { name: 'Previous states' })).queryAllByRole('button'),
  ];
  // nothing leads back to the start, because no operation disables MSI-X
  expect(edgesOf()[1]).toEqual([]);
  expect(screen.getByRole('region', { name: 'State 0' })).toHaveTextContent(
    /Operations that change nothing.*set_irqs msix trigger eventfd 0 \[999\] = -EBADF/,
  );
  const lit = (kind: string) => document.querySelectorAll(`.graph-edge[data-lit="${kind}"]`).length;
  expect(lit('out')).toBe(edgesOf()[0]?.length);

  states.focus();
  await user.tab();
  expect(screen.getByRole('button', { name: 'Open state 0 in the lab' })).toHaveFocus();
  await user.tab();
  expect(lit('near')).toBe(1);
  expect(screen.getByRole('button', { name: 'to state 1' })).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(screen.getByRole('region', { name: 'State 1' })).toHaveFocus();
  expect(within(states).getByRole('option', { selected: true })).toHaveTextContent(/^1 /);
  expect(lit('near')).toBe(0);
  expect([lit('out'), lit('in')]).toEqual(edgesOf().map((edges) => edges.length));

  const copied = vi.spyOn(app.services, 'copyText').mockResolvedValue(true);
  await user.click(screen.getByRole('button', { name: 'Copy the states as text' }));
  const [text = ''] = copied.mock.calls[0] ?? [];
  expect(text).toMatch(
    /^V3 patch · 2 vectors · state graph\n\d+ states, \d+ arrows between different states\.\n/,
  );
  expect(text).toContain('\n\nState 0. No mode is enabled. Every vector is empty. This is the start.\n');
  expect(text).toContain('\n  set_irqs msix trigger eventfd 0 [-1] = 0 → 1\n');
  expect(text).toContain('\n  set_irqs msix trigger eventfd 0 [999] = -EBADF → 0\n');
});

test('the states of a graph with INTx differ in words', async () => {
  const user = await open();
  for (const name of ['INTx', 'MSI-X']) await user.click(screen.getByRole('checkbox', { name }));
  await user.click(screen.getByRole('checkbox', { name: /^MASK and UNMASK of INTx/ }));
  await user.click(screen.getByRole('button', { name: 'State graph' }));
  const states = await screen.findByRole('listbox', { name: 'States' });
  const texts = within(states)
    .getAllByRole('option')
    .map((one) => one.textContent);
  expect(texts[1]).toContain('INTx enabled: no eventfd. 1 operation from the start.');
  expect(texts.some((text) => text?.includes('INTx enabled: attached to fd 100, masked.'))).toBe(true);
  expect(new Set(texts.map((text) => text?.replace(/^\d+/, ''))).size).toBe(texts.length);
});

test('searches and sorts the atlas, lists unreached checks, and opens an outcome in the lab', async () => {
  // an atlas of one source
  const text = printAtlas(makeAtlas((generation) => atlasSources(generation).slice(3, 4)));
  vi.stubGlobal('fetch', async () => new Response(text));
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Edge-case atlas' }));
  const table = await screen.findByRole('table', { name: 'Outcomes' });
  await user.click(screen.getByRole('searchbox', { name: 'Search the atlas' }));
  await user.paste('trigger ENOSPC v3');
  for (const row of within(table).getAllByRole('row').slice(1))
    expect(within(row).getByRole('button', { name: /-ENOSPC under V3 patch/ })).toBeInTheDocument();
  await user.clear(screen.getByRole('searchbox', { name: 'Search the atlas' }));
  await user.click(within(table).getByRole('button', { name: 'script' }));
  expect(within(table).getByRole('columnheader', { name: /script/ })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  expect(screen.getByRole('region', { name: 'Limits' })).toHaveTextContent('scripts of at most 2,');
  await user.click(within(table).getAllByRole('button', { name: /^Open in the lab/ })[0] as HTMLElement);
  expect(await screen.findByRole('table', { name: 'Wiring' })).toBeInTheDocument();
});

test('the atlas has one row for an outcome, functions of vfio first, and injected faults on request', async () => {
  const entry = { check: null, script: 'device nvme\nraise 0\n', length: 1 };
  const fault = 'device nvme\neventfd 100\nset_irqs msix trigger eventfd 0 [100] ! request_irq#1=EBUSY\n';
  const entries = [
    { ...entry, generation: 'v3', fn: 'eventfd_ctx_fdget', result: 'EBADF', length: 2 },
    { ...entry, generation: 'static', fn: 'vfio_msi_set_block', result: 'EINVAL' },
    { ...entry, generation: 'v3', fn: 'vfio_msi_set_block', result: 'EINVAL' },
    { ...entry, generation: 'dynamic', fn: 'vfio_msi_set_block', result: 'EINVAL', script: fault },
    { ...entry, generation: 'dynamic', fn: 'request_irq', result: 'EBUSY', script: fault },
  ];
  const text = JSON.stringify({ version: 2, bounds: [], states: 9, entries, unreached: [] });
  vi.stubGlobal('fetch', async () => new Response(text));
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Edge-case atlas' }));
  const table = await screen.findByRole('table', { name: 'Outcomes' });
  const functions = () =>
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[0]?.textContent);
  expect(functions()).toEqual(['vfio_msi_set_block', 'eventfd_ctx_fdget']);
  const kernels = within(table).getByRole('list', { name: 'Kernels of vfio_msi_set_block -EINVAL' });
  expect(within(kernels).getAllByRole('listitem')).toHaveLength(6);
  expect(
    within(kernels)
      .getAllByRole('button')
      .map((button) => button.getAttribute('aria-label')),
  ).toEqual([
    'Open in the lab: vfio_msi_set_block -EINVAL under ≤ 6.4 static',
    'Open in the lab: vfio_msi_set_block -EINVAL under V3 patch',
    'Open in the lab: vfio_msi_set_block -EINVAL under ≥ 6.5 dynamic, only with an injected fault',
  ]);
  // a kernel that needs a fault does not reach the outcome without one
  const kernel = screen.getByRole('combobox', { name: 'Kernel' });
  await user.selectOptions(kernel, 'dynamic');
  expect(screen.getByText('0 outcomes')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: 'injected faults' }));
  expect(functions()).toEqual(['vfio_msi_set_block', 'request_irq']);
  await user.selectOptions(kernel, '');

  const copied = vi.spyOn(app.services, 'copyText').mockResolvedValue(true);
  await user.click(screen.getByRole('button', { name: 'Copy the outcome vfio_msi_set_block -EINVAL' }));
  const [copy] = copied.mock.calls[0] ?? [];
  expect(copy).toBe(
    [
      '# vfio_msi_set_block returns -EINVAL',
      '# ≤ 6.4 static: reached',
      '# V3 patch: reached',
      '# ≥ 6.5 dynamic: only with an injected fault',
      'device nvme',
      'raise 0',
      '',
    ].join('\n'),
  );
  expect(parseScript(copy ?? '').problems).toEqual([]);
  expect(await screen.findByText('Copied the outcome vfio_msi_set_block -EINVAL.')).toBeInTheDocument();
});

test('reports a damaged atlas', async () => {
  vi.stubGlobal('fetch', async () => new Response('{"version":1}'));
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Edge-case atlas' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('atlas.json is damaged: version');
});

test('an atlas outcome with a positive return shows the number, in a group of its own', async () => {
  const entry = { generation: 'dynamic', check: null, script: 'device nvme\nraise 0\n', length: 1 };
  const entries = [
    { ...entry, fn: 'pci_alloc_irq_vectors', result: 2 },
    { ...entry, fn: 'vfio_msi_enable', check: 'msi.too-few', result: 1 },
    { ...entry, fn: 'vfio_msi_set_block', result: 0 },
    { ...entry, fn: 'free_irq', result: null },
    { ...entry, fn: 'eventfd_ctx_fdget', result: 'EBADF' },
  ];
  const text = JSON.stringify({ version: 2, bounds: [], states: 9, entries, unreached: [] });
  vi.stubGlobal('fetch', async () => new Response(text));
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Edge-case atlas' }));
  const table = await screen.findByRole('table', { name: 'Outcomes' });
  const results = () =>
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[2]?.textContent);
  await user.click(within(table).getByRole('button', { name: /^result/ }));
  expect(results()).toEqual(['-EBADF', '1']);
  const kind = screen.getByRole('combobox', { name: 'Results' });
  await user.selectOptions(kind, 'positive returns');
  expect(results()).toEqual(['1', '2']);
  await user.selectOptions(kind, '0 or void');
  expect(results()).toEqual(['0', 'void']);
  await user.selectOptions(kind, 'all results');
  expect(results()).toEqual(['-EBADF', '1', '2', '0', 'void']);
  expect(table).not.toHaveTextContent('success');
  expect(
    within(table).getByRole('button', { name: /^Open in the lab: vfio_msi_enable 1 / }),
  ).toBeInTheDocument();
});

test('the next question removes the additions of the one before', async () => {
  const user = await open();
  const before = app.get(exploreSlice).setup.parts;
  await user.type(screen.getByRole('searchbox', { name: 'Find a question' }), 'interrupt');
  await user.click(screen.getByRole('radio', { name: 'Can an interrupt of the device be lost?' }));
  expect(app.get(exploreSlice).setup.parts).toEqual([...before, 'raise']);
  await user.clear(screen.getByRole('searchbox', { name: 'Find a question' }));
  await user.type(screen.getByRole('searchbox', { name: 'Find a question' }), 'positive-return');
  await user.click(screen.getByRole('radio', { name: 'Can SET_IRQS return a positive number?' }));
  expect(app.get(exploreSlice).setup).toMatchObject({ parts: before, irqs: 2 });
  // a choice of the person stays
  await user.click(screen.getByRole('checkbox', { name: /^the device raises/ }));
  await user.click(screen.getByRole('radio', { name: 'Can SET_IRQS return a positive number?' }));
  expect(app.get(exploreSlice).setup).toMatchObject({ parts: [...before, 'raise'], irqs: 2 });
});

test('a question brings the operation that it needs, and Undo removes it', async () => {
  const user = await open();
  const close = () => screen.getByRole('checkbox', { name: /^close the descriptor/ });
  expect(close()).not.toBeChecked();
  await user.type(screen.getByRole('searchbox', { name: 'Find a question' }), 'attached-to-closed-fd');
  await user.click(screen.getByRole('radio', { name: /stay attached to an eventfd whose descriptors/ }));
  expect(close()).toBeChecked();
  expect(
    screen.getByText(/^Added for this question: close the descriptor of an eventfd/),
  ).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(close()).not.toBeChecked();
  const missing = /Cannot happen with these operations: no operation closes a descriptor/;
  expect(screen.getByText(missing)).toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  const region = await answer();
  expect(await within(region).findByText('Cannot happen with these operations.')).toBeInTheDocument();
  expect(region).toHaveTextContent('No operation closes a descriptor.');
  expect(region.querySelector('[data-verdict="cannot-happen"]')).not.toBeNull();

  await user.click(screen.getByRole('button', { name: /^Add: close the descriptor/ }));
  expect(close()).toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  expect(await screen.findByText('Found.')).toBeInTheDocument();
});
