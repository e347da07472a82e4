// The address, the kept tree and the browser's history: nothing that was done is lost or replaced by something else.

import { beforeEach, expect, test, vi } from 'vitest';
import type { Line, Op } from '../../src/kernel/line.ts';

/** What a page has hung on the window goes with it. */
const heard: (readonly [string, EventListenerOrEventListenerObject])[] = [];
const listen = window.addEventListener.bind(window);
window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
  heard.push([type, listener]);
  listen(type, listener);
};
function leave(): void {
  for (const [type, listener] of heard.splice(0)) window.removeEventListener(type, listener);
}

/** A page that has just been loaded, in the place of the one before: modules of its own, the browser's state as it is. */
async function load({ beside = false } = {}) {
  if (!beside) leave();
  vi.resetModules();
  const lab = await import('../../src/app/state/lab.ts');
  const address = await import('../../src/app/state/address.ts');
  const kept = await import('../../src/app/state/kept.ts');
  const history = await import('../../src/session/history.ts');
  const edits = await import('../../src/session/edits.ts');
  const session = () => history.currentSession(lab.useLab.getState().history);
  return {
    lab,
    address,
    kept,
    history,
    edits,
    session,
    ops: () => session().script.map(({ line }) => line.op.op),
    nodes: () => lab.useLab.getState().history.nodes.length,
    problem: () => lab.useLab.getState().problem,
  };
}

const line = (op: Op): Line => ({ op, faults: [] });
const INFO = line({ op: 'device_info' });
const RESET = line({ op: 'reset' });
/** The address is written a quarter of a second after what was done. */
const written = () => vi.advanceTimersByTimeAsync(400);

// every load fetches the page's modules anew
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
  window.history.replaceState(null, '', '/');
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

test('a reload shows what the address says, also when the tree could not be kept', async () => {
  const page = await load();
  page.address.startAddress();
  page.lab.runLine(RESET);
  await written();
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('quota');
  });
  page.lab.newScript();
  page.lab.runLine(INFO);
  await written();
  vi.restoreAllMocks();
  const again = await load();
  again.address.startAddress();
  expect(again.ops()).toEqual(['device_info']);
});

test('a tab that shares its tree with a duplicate comes back as it was', async () => {
  const a = await load();
  a.address.startAddress();
  a.lab.newScript();
  await written();
  const shared = [window.history.state, window.location.href] as const;
  const b = await load({ beside: true });
  b.address.startAddress();
  a.lab.runLine(INFO);
  a.lab.runLine(INFO);
  await written();
  const ofA = [window.history.state, window.location.href] as const;
  window.history.replaceState(shared[0], '', shared[1]);
  b.lab.runLine(RESET);
  await written();
  window.history.replaceState(ofA[0], '', ofA[1]);
  const again = await load();
  again.address.startAddress();
  expect(again.ops()).toEqual(['device_info', 'device_info']);
});

test('looking elsewhere is no edit: a reload makes none', async () => {
  const page = await load();
  page.address.startAddress();
  await written();
  const nodes = page.nodes();
  page.lab.lookAt({ line: 2, step: null });
  await written();
  const again = await load();
  again.address.startAddress();
  expect([again.nodes(), again.session().cursor.line]).toEqual([nodes, 2]);
});

test('a link to kept work is one more edit of a page where something was done', async () => {
  const page = await load();
  const empty = page.edits.clearScript(page.session());
  const other = page.history.commit(page.lab.useLab.getState().history, empty, 'other');
  page.kept.keepTree('other', { history: other, recording: null });
  page.address.startAddress();
  page.lab.runLine(INFO);
  page.lab.runLine(INFO);
  await written();
  const nodes = page.nodes();
  window.history.pushState(null, '', '#kept=other.1');
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  await written();
  expect([page.nodes(), page.ops()]).toEqual([nodes + 1, []]);
  page.lab.undoEdit();
  expect(page.ops().filter((op) => op === 'device_info').length).toBe(2);
});

test('what could be read of a damaged link does not replace what was done meanwhile', async () => {
  const first = await load();
  first.address.startAddress();
  await written();
  const { hash } = window.location;
  window.history.replaceState(null, '', hash.slice(0, -12));
  const page = await load();
  page.address.startAddress();
  page.lab.runLine(INFO);
  await written();
  const nodes = page.nodes();
  page.problem()?.actions?.[0]?.run();
  expect(page.nodes()).toBe(nodes + 1);
  expect(page.problem()).toBeNull();
});

test('opening a scenario, in the lab or in Compare, is one entry of the browser', async () => {
  const page = await load();
  page.address.startAddress();
  const { openView } = await import('../../src/app/state/view.ts');
  const { openScenario, compareScenario } = await import('../../src/app/state/scenarios.ts');
  const { scenarios } = await import('../../src/lessons/scenarios/index.ts');
  const [scenario] = scenarios();
  if (scenario === undefined) throw new Error('no scenario');
  for (const open of [openScenario, compareScenario]) {
    openView('learn');
    await written();
    const before = window.history.length;
    open(scenario);
    await written();
    expect(window.history.length - before).toBe(1);
  }
});

test('a lesson in the address is opened once: its entry is that of the page', async () => {
  const page = await load();
  page.address.startAddress();
  await written();
  window.history.pushState(null, '', '#lesson=three-layers');
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  vi.useRealTimers();
  await vi.waitFor(() => expect(page.session().script.length).toBe(2));
  expect(window.history.state).toMatchObject({ node: page.lab.useLab.getState().history.current });
  expect(page.nodes()).toBe(2);
});

test('what is done on a fresh page before its address is there has an entry, and back leads to the start', async () => {
  for (const act of ['view', 'edit'] as const) {
    window.history.replaceState(null, '', '/');
    const page = await load();
    const { openView, useView } = await import('../../src/app/state/view.ts');
    if (act === 'view') openView('compare');
    else page.lab.runLine(RESET);
    page.address.startAddress();
    await written();
    const left = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
    vi.useRealTimers();
    window.history.back();
    await left;
    vi.useFakeTimers();
    expect([useView.getState().view, page.lab.useLab.getState().history.current]).toEqual(['lab', 0]);
  }
});
