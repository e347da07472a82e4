// The address, the kept tree and the browser's history: no edit is lost or replaced.

import { waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { goStep, leaveLesson } from '../../src/app/features/learn/learning.ts';
import { browserServices } from '../../src/app/services/services.ts';
import { startAddress } from '../../src/app/shell/address/address.ts';
import { EFFECTS } from '../../src/app/shell/effects.ts';
import { createApp } from '../../src/app/store/app.ts';
import { keepTree } from '../../src/app/store/kept.ts';
import { labSlice, lookAt, newScript, runLine, undoEdit } from '../../src/app/store/lab.ts';
import { lessonSlice } from '../../src/app/store/lesson.ts';
import { overlaySlice, showOverlay } from '../../src/app/store/overlay.ts';
import { compareScenario, openScenario } from '../../src/app/store/scenarios.ts';
import { glossarySlice, openGlossary } from '../../src/app/store/term.ts';
import { openView, setOwnFragment, viewSlice } from '../../src/app/store/view.ts';
import type { Line, Op } from '../../src/kernel/line.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import { clearScript } from '../../src/session/edits.ts';
import { commit, currentSession } from '../../src/session/history.ts';

/** The listeners of a page on the window, which leave with it. */
const heard: (readonly [string, EventListenerOrEventListenerObject])[] = [];
const listen = window.addEventListener.bind(window);
window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
  heard.push([type, listener]);
  listen(type, listener);
};
function leave(): void {
  for (const [type, listener] of heard.splice(0)) window.removeEventListener(type, listener);
}

/** Makes a new page with the browser's present state in place of the one before, or beside it. */
function load({ beside = false } = {}) {
  if (!beside) leave();
  const app = createApp(browserServices(), EFFECTS);
  const history = () => app.get(labSlice).history;
  const session = () => currentSession(history());
  return {
    app,
    history,
    session,
    start: () => startAddress(app),
    ops: () => session().script.map(({ line }) => line.op.op),
    nodes: () => history().nodes.length,
    problem: () => app.get(labSlice).problem,
  };
}

const line = (op: Op): Line => ({ op, faults: [] });
const INFO = line({ op: 'device_info' });
const RESET = line({ op: 'reset' });
/** The address is written a quarter of a second after an edit. */
const written = () => vi.advanceTimersByTimeAsync(400);

beforeEach(async () => {
  // the page of the test before may still write its address
  await new Promise((resolve) => setTimeout(resolve, 300));
  leave();
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
  // the start card of a first visit has an address of its own
  localStorage.setItem('irqscope.greeted', '1');
  window.history.replaceState(null, '', '/');
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

test('a reload shows the session of the address, also without a kept tree', async () => {
  const page = load();
  page.start();
  runLine(page.app, RESET);
  await written();
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('quota');
  });
  newScript(page.app);
  runLine(page.app, INFO);
  await written();
  vi.restoreAllMocks();
  const again = load();
  again.start();
  expect(again.ops()).toEqual(['device_info']);
});

test('restores a tab whose duplicate shares its tree', async () => {
  const a = load();
  a.start();
  newScript(a.app);
  await written();
  const shared = [window.history.state, window.location.href] as const;
  const b = load({ beside: true });
  b.start();
  runLine(a.app, INFO);
  runLine(a.app, INFO);
  await written();
  const ofA = [window.history.state, window.location.href] as const;
  window.history.replaceState(shared[0], '', shared[1]);
  runLine(b.app, RESET);
  await written();
  window.history.replaceState(ofA[0], '', ofA[1]);
  const again = load();
  again.start();
  expect(again.ops()).toEqual(['device_info', 'device_info']);
});

test('moving the cursor makes no edit, and a reload makes none', async () => {
  const page = load();
  page.start();
  await written();
  const nodes = page.nodes();
  lookAt(page.app, { line: 2, step: null });
  await written();
  const again = load();
  again.start();
  expect([again.nodes(), again.session().cursor.line]).toEqual([nodes, 2]);
});

test('a reload brings back the tree and the cursor of an entry whose data the browser lost', async () => {
  const page = load();
  page.start();
  runLine(page.app, INFO);
  runLine(page.app, RESET);
  await written();
  const { hash } = window.location;
  lookAt(page.app, { line: 1, step: null });
  window.dispatchEvent(new Event('pagehide'));
  // Chromium keeps the old address and no data when the entry is rewritten during a reload
  window.history.replaceState(null, '', hash);
  const reload = {
    name: '',
    entryType: 'navigation',
    type: 'reload',
    startTime: 0,
    duration: 0,
    toJSON: () => ({}),
  };
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([reload]);
  const again = load();
  again.start();
  expect(again.session().cursor).toEqual({ line: 1, step: null });
  expect(again.nodes()).toBe(page.nodes());
});

test('a link followed while a write of the address is due opens', async () => {
  const page = load();
  page.start();
  runLine(page.app, INFO);
  // a browser adds the entry, tells `popstate`, and tells `hashchange` in a later task
  window.history.pushState(null, '', '/#learn=scenarios');
  window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
  await written();
  window.dispatchEvent(new HashChangeEvent('hashchange', { newURL: window.location.href }));
  await written();
  expect(window.location.hash).toBe('#learn=scenarios');
});

test('a link to kept work is one more edit on a page with edits', async () => {
  const page = load();
  const empty = clearScript(page.session());
  const other = commit(page.history(), empty, 'other');
  keepTree(page.app, 'other', { history: other, recording: null });
  page.start();
  runLine(page.app, INFO);
  runLine(page.app, INFO);
  await written();
  const nodes = page.nodes();
  window.history.pushState(null, '', '#kept=other.1');
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  await written();
  expect([page.nodes(), page.ops()]).toEqual([nodes + 1, []]);
  undoEdit(page.app);
  expect(page.ops().filter((op) => op === 'device_info').length).toBe(2);
});

test('the readable part of a damaged link does not replace later edits', async () => {
  const first = load();
  first.start();
  await written();
  const { hash } = window.location;
  window.history.replaceState(null, '', hash.slice(0, -12));
  const page = load();
  page.start();
  runLine(page.app, INFO);
  await written();
  const nodes = page.nodes();
  page.problem()?.actions?.[0]?.run();
  expect(page.nodes()).toBe(nodes + 1);
  expect(page.problem()).toBeNull();
});

test('a scenario opened in the lab or in Compare makes one entry', async () => {
  const page = load();
  page.start();
  const [scenario] = scenarios();
  if (scenario === undefined) throw new Error('no scenario');
  for (const open of [openScenario, compareScenario]) {
    openView(page.app, 'learn');
    await written();
    const before = window.history.length;
    open(page.app, scenario);
    await written();
    expect(window.history.length - before).toBe(1);
  }
});

test('a lesson in the address opens once and takes the entry', async () => {
  const page = load();
  page.start();
  await written();
  window.history.pushState(null, '', '#lesson=three-layers');
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  vi.useRealTimers();
  await waitFor(() => expect(page.session().script.length).toBe(2));
  expect(window.history.state).toMatchObject({ node: page.history().current });
  expect(page.nodes()).toBe(2);
});

test.each(['9', 'two'])(
  'a lesson without step %s is not opened, and the message names its steps',
  async (step) => {
    window.history.replaceState(null, '', `#lesson=three-layers&step=${step}`);
    const page = load();
    page.start();
    vi.useRealTimers();
    await waitFor(() =>
      expect(page.problem()).toMatchObject({
        title: `The lesson "Table, irq, eventfd" has no step "${step}".`,
        details: ['Its steps are 1 to 3.'],
      }),
    );
    expect([page.app.get(lessonSlice).open, page.nodes()]).toEqual([null, 1]);
  },
);

test('an edit or view before the address code is fetched has an entry, and Back leads to the start', async () => {
  for (const act of ['view', 'edit'] as const) {
    window.history.replaceState(null, '', '/');
    const page = load();
    if (act === 'view') openView(page.app, 'compare');
    else runLine(page.app, RESET);
    page.start();
    await written();
    const left = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
    vi.useRealTimers();
    window.history.back();
    await left;
    vi.useFakeTimers();
    expect([page.app.get(viewSlice).view, page.history().current]).toEqual(['lab', 0]);
  }
});

/** Goes through the browser's history and waits until the page has followed. */
async function travel(how: 'back' | 'forward'): Promise<void> {
  const there = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  vi.useRealTimers();
  window.history[how]();
  await there;
  vi.useFakeTimers();
}

test.each([
  ['#trust', 'trust', ''],
  ['#glossary', 'glossary', ''],
  ['#glossary=EBADF', 'glossary', 'EBADF'],
])('%s opens its sheet, and closing it restores the address of the session', async (hash, sheet, query) => {
  window.history.replaceState(null, '', hash);
  const page = load();
  page.start();
  await written();
  expect([page.app.get(overlaySlice).overlay, page.app.get(glossarySlice).query]).toEqual([sheet, query]);
  expect(window.location.hash).toBe(hash);
  showOverlay(page.app, null);
  await written();
  expect(window.location.hash).toMatch(/^#v\d/);
});

test('an opened sheet is one entry: Back closes it, Forward opens it, closing leaves its entry', async () => {
  const page = load();
  page.start();
  await written();
  openGlossary(page.app, 'pending');
  await written();
  expect(window.location.hash).toBe('#glossary=pending');
  await travel('back');
  expect([page.app.get(overlaySlice).overlay, window.location.hash.slice(0, 2)]).toEqual([null, '#v']);
  await travel('forward');
  expect([page.app.get(overlaySlice).overlay, window.location.hash]).toEqual([
    'glossary',
    '#glossary=pending',
  ]);
  const left = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  vi.useRealTimers();
  showOverlay(page.app, null);
  // an edit before the browser is back keeps its own entry
  runLine(page.app, RESET);
  await left;
  vi.useFakeTimers();
  await written();
  expect(window.location.hash).toMatch(/^#v\d/);
  expect(page.ops().at(page.session().cursor.line - 1)).toBe('reset');
  await travel('back');
  expect(page.history().current).toBe(0);
  expect(page.app.get(overlaySlice).overlay).toBeNull();
});

test('a sheet that is opened before the address code is fetched is one entry, which Back closes', async () => {
  window.history.replaceState(null, '', '/');
  const page = load();
  openGlossary(page.app, 'pending');
  page.start();
  await written();
  expect(window.location.hash).toBe('#glossary=pending');
  await travel('back');
  expect(page.app.get(overlaySlice).overlay).toBeNull();
  vi.useRealTimers();
  await waitFor(() => expect(window.location.hash).toMatch(/^#v\d/));
  vi.useFakeTimers();
  await travel('forward');
  expect(page.app.get(overlaySlice).overlay).toBe('glossary');
});

test('a step of a lesson has an address: it opens there, and Back and Forward go from step to step', async () => {
  window.history.replaceState(null, '', '#lesson=three-layers&step=2');
  const page = load();
  page.start();
  vi.useRealTimers();
  await waitFor(() => expect(page.app.get(lessonSlice).open?.taking.at).toBe(1));
  vi.useFakeTimers();
  await written();
  expect(window.location.hash).toBe('#lesson=three-layers&step=2');
  expect(document.title).toBe('Lesson: Table, irq, eventfd – step 2 – irqscope');
  goStep(page.app, true);
  await written();
  expect(window.location.hash).toBe('#lesson=three-layers&step=3');
  const at = () => page.app.get(lessonSlice).open?.taking.at;
  await travel('back');
  vi.useRealTimers();
  await waitFor(() => expect(at()).toBe(1));
  vi.useFakeTimers();
  await travel('forward');
  vi.useRealTimers();
  await waitFor(() => expect(at()).toBe(2));
  vi.useFakeTimers();
  leaveLesson(page.app);
  await written();
  expect(window.location.hash).toMatch(/^#v\d/);
  // a lesson that was left is shown again
  await travel('back');
  vi.useRealTimers();
  await waitFor(() => expect(at()).toBe(2));
  vi.useFakeTimers();
  await written();
  expect(window.location.hash).toBe('#lesson=three-layers&step=3');
});

test('the title names the view, and the sheet above it', async () => {
  const page = load();
  page.start();
  expect(document.title).toBe('Lab – irqscope');
  openView(page.app, 'compare');
  expect(document.title).toBe('Compare: ≤ 6.4 static, V3 patch, ≥ 6.5 dynamic – irqscope');
  openView(page.app, 'explore');
  expect(document.title).toBe('Explore – irqscope');
  openView(page.app, 'learn');
  expect(document.title).toBe('Lessons – irqscope');
  setOwnFragment(page.app, 'learn=scenarios');
  expect(document.title).toBe('Scenarios – irqscope');
  showOverlay(page.app, 'trust');
  expect(document.title).toBe('How the model is verified – irqscope');
});

test('a first visit shows the start card once; a link to the open sheet leaves it open', async () => {
  localStorage.removeItem('irqscope.greeted');
  const page = load();
  page.start();
  expect(page.app.get(overlaySlice).overlay).toBe('start');
  expect(window.location.hash).toBe('#start');
  window.history.pushState(null, '', '#start');
  window.dispatchEvent(new HashChangeEvent('hashchange', { newURL: window.location.href }));
  expect(page.app.get(overlaySlice).overlay).toBe('start');
  window.history.replaceState(null, '', '/');
  const again = load();
  again.start();
  expect(again.app.get(overlaySlice).overlay).toBeNull();
});

test('a scenario has its address until an edit; the names of views alone open them', async () => {
  const page = load();
  page.start();
  const [scenario] = scenarios().filter(({ id }) => id === 'S15');
  if (scenario === undefined) throw new Error('the library has no S15');
  compareScenario(page.app, scenario, ['v3', 'dynamic']);
  await written();
  expect(window.location.hash).toBe('#compare=S15&kernels=v3,dynamic');
  openScenario(page.app, scenario);
  await written();
  expect(window.location.hash).toBe('#scenario=S15');
  runLine(page.app, INFO);
  await written();
  expect(window.location.hash).toMatch(/^#v2=/);
  for (const view of ['compare', 'explore', 'learn', 'lab'] as const) {
    window.history.pushState(null, '', `#${view}`);
    window.dispatchEvent(new HashChangeEvent('hashchange', { newURL: window.location.href }));
    expect([view, page.app.get(viewSlice).view, page.problem()]).toEqual([view, view, null]);
  }
});
