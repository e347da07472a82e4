import { act, configure, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { App } from '../../src/app/App.tsx';
import { useExplore } from '../../src/app/state/explore/store.ts';
import { firstState, useLab } from '../../src/app/state/lab.ts';
import { useView } from '../../src/app/state/view.ts';
import { answerRequest } from '../../src/app/workers/answer.ts';
import { makeAtlas } from '../../src/cli/atlas.ts';
import { atlasSources } from '../../src/explore/atlasSources.ts';
import { printAtlas } from '../../src/formats/search/atlas.ts';
import { FIRST_SEARCH } from '../../src/session/search.ts';

// the whole page is drawn in every test, which a busy machine takes its time for
vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 20_000 });

/** The worker's own answers, given in the page's thread; nothing is answered while it is held back. */
class DirectWorker extends EventTarget {
  static held = false;
  static ended = 0;
  #ended = false;

  postMessage(message: unknown) {
    if (DirectWorker.held) return;
    setTimeout(() => {
      const say = (data: unknown) => {
        if (!this.#ended) act(() => void this.dispatchEvent(new MessageEvent('message', { data })));
      };
      void answerRequest(message, say, async () => undefined);
    });
  }

  terminate() {
    this.#ended = true;
    DirectWorker.ended++;
  }
}

// what is fetched late is fetched before: a busy machine takes longer than a test waits
beforeAll(async () => {
  await import('../../src/app/panes/explore/ExploreView.tsx');
  await import('../../src/app/panes/explore/GraphPane.tsx');
  await import('../../src/app/panes/explore/AtlasPane.tsx');
}, 60_000);

beforeEach(() => {
  vi.stubGlobal('Worker', DirectWorker);
  DirectWorker.held = false;
  DirectWorker.ended = 0;
  useLab.setState(firstState(), true);
  useView.setState({ view: 'explore', own: 'explore=' });
  useExplore.setState({ setup: FIRST_SEARCH, shown: 'search', problems: [], searches: [], opened: null });
});

afterEach(() => {
  vi.unstubAllGlobals();
  useView.setState({ view: 'lab', own: null });
});

const answer = () => screen.findByRole('region', { name: 'Answer' });

async function open() {
  const user = userEvent.setup();
  render(<App />);
  await screen.findByRole('button', { name: 'Start the search' });
  return user;
}

test('the size of the alphabet follows what is chosen, before anything is started', async () => {
  const user = await open();
  expect(screen.getByText('28 operations in every state')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: /VFIO_DEVICE_RESET/ }));
  expect(screen.getByText('29 operations in every state')).toBeInTheDocument();
});

test('a number out of range is said and changes nothing', async () => {
  const user = await open();
  const vectors = screen.getByRole('textbox', { name: 'MSI-X vectors' });
  await user.clear(vectors);
  await user.type(vectors, '9');
  expect(screen.getByRole('alert')).toHaveTextContent('1 to 8');
  expect(useExplore.getState().setup.vectors).toBe(3);
});

test('found: the table tells both kernels, and the lab opens on the last line', async () => {
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  const region = await answer();
  expect(await within(region).findByText('Found.')).toBeInTheDocument();
  const rows = within(region).getAllByRole('row');
  expect(rows.at(-1)).toHaveTextContent('3set_irqs msix trigger eventfd 0 [999]-EBADF-EBADF');
  await user.click(screen.getByRole('button', { name: 'Open in the lab under V3 patch' }));
  expect(await screen.findByRole('heading', { name: 'Wiring after line 3' })).toBeInTheDocument();
  expect(useLab.getState().history.nodes).toHaveLength(2);
});

test('exhausted and bounded are different sentences; both stay in the list of this visit', async () => {
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'V3 and ≥ 6.5: anything a client can see' }));
  expect(await screen.findByText('None: space exhausted.')).toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: /^Longest script/ }), '1');
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  expect(await screen.findByText('None within these bounds.')).toBeInTheDocument();
  const list = screen.getByRole('region', { name: 'Searches of this visit' });
  expect(within(list).getAllByRole('button')).toHaveLength(2);
  await user.click(within(list).getByRole('button', { name: /space exhausted/ }));
  expect(await within(await answer()).findByText('None: space exhausted.')).toBeInTheDocument();
});

test('cancel ends the worker and says what is known', async () => {
  DirectWorker.held = true;
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  expect(await screen.findByText('Searching…')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText('Cancelled.')).toBeInTheDocument();
  expect(DirectWorker.ended).toBe(1);
});

test('a question about one kernel shows one kernel', async () => {
  const user = await open();
  expect(screen.getByRole('combobox', { name: 'In lock-step with' })).toBeInTheDocument();
  await user.type(screen.getByRole('searchbox', { name: 'Find a question' }), 'I7');
  await user.click(screen.getByRole('radio', { name: /^Is I7 ever broken/ }));
  expect(screen.queryByRole('combobox', { name: 'In lock-step with' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Start the search' }));
  expect(await screen.findByText('Found.')).toBeInTheDocument();
});

test('the state graph is listed, and Enter opens a state in the lab', async () => {
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

test('the atlas is searched and sorted, says what was not reached, and opens in the lab', async () => {
  // a small one of its sources
  const text = printAtlas(makeAtlas((generation) => atlasSources(generation).slice(3, 4)));
  vi.stubGlobal('fetch', async () => new Response(text));
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Edge-case atlas' }));
  const table = await screen.findByRole('table', { name: 'Outcomes' });
  await user.click(screen.getByRole('searchbox', { name: 'Search the atlas' }));
  await user.paste('trigger ENOSPC v3');
  for (const row of within(table).getAllByRole('row').slice(1))
    expect(row).toHaveTextContent(/-ENOSPC.*V3 patch/);
  await user.clear(screen.getByRole('searchbox', { name: 'Search the atlas' }));
  await user.click(within(table).getByRole('button', { name: 'script' }));
  expect(within(table).getByRole('columnheader', { name: /script/ })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  expect(screen.getByRole('region', { name: 'Bounds' })).toHaveTextContent('at most 2 of them in a row');
  await user.click(within(table).getAllByRole('button', { name: /^Open in the lab/ })[0] as HTMLElement);
  expect(await screen.findByRole('table', { name: 'Wiring' })).toBeInTheDocument();
});

test('an atlas that cannot be read is said', async () => {
  vi.stubGlobal('fetch', async () => new Response('{"version":2}'));
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Edge-case atlas' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The atlas cannot be read: version');
});
