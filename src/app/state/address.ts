// The address is the state. What a person does makes an entry of the browser's history, so back and forward go by what
// was done; looking elsewhere rewrites the entry. Every entry names its node of the tree, and its fragment says the whole
// session to whoever has no tree.

import type { KeptTree } from '../../formats/permalink/keptTree.ts';
import { type Link, printLink, viewOfText, viewText } from '../../formats/permalink/link.ts';
import { goToNode } from '../../session/branches.ts';
import { commit, currentSession } from '../../session/history.ts';
import { resultCheck } from '../../session/resultCheck.ts';
import type { ScriptLine } from '../../session/script.ts';
import { type CompareState, shownView, showView, useCompare } from './compare.ts';
import { replayOf } from './derived.ts';
import { isKeepable, keepTree, keptTree, newTreeId } from './kept.ts';
import { type LabState, showProblem, useLab } from './lab.ts';
import { openFragment, restoreRecording, saysSame, sessionOfFragment, treeProblem } from './openLink.ts';
import { type OpenView, useView, viewOfFragment } from './view.ts';

/** A longer fragment is not safe to send; such a session is kept in the browser and the link names the place. */
const LONGEST = 32_000;
/** No script of so many lines fits. */
const HOPELESS = 12_000;
/** A script of so many lines is said within a frame; a longer one waits for a pause. */
const AT_ONCE = 400;
/** Browsers refuse more than a hundred changes of the address in some seconds. */
const PAUSE = 250;

let tree = newTreeId();
let timer: number | null = null;
let travelling = false;
let isFull = false;
/** The view has changed and its entry is not made yet. */
let isOtherView = false;

/** Takes over what the address or the browser says, and follows the session from then on. */
export function startAddress(): void {
  const entry = entryOf(window.history.state);
  if (entry === null && window.location.hash === '') beginFresh();
  if (entry === null || !restore(entry)) openHere(true);
  useLab.subscribe(onChange);
  useView.subscribe(onView);
  useCompare.subscribe(onLanes);
  window.addEventListener('popstate', onPopState);
  window.addEventListener('hashchange', () => {
    if (entryOf(window.history.state) === null) openHere(false);
  });
  // only the tree: an entry that is rewritten while the page is being left loses its node
  window.addEventListener('pagehide', keep);
  window.addEventListener('beforeunload', (event) => {
    // a script that is too long to be kept would be gone: the browser asks first
    if (!isKeepable(keptNow())) event.preventDefault();
  });
}

/** A fresh page can be used before this file is fetched: what was done until then has its entry, and back leads to the start. */
function beginFresh(): void {
  if (useLab.getState().history.current === 0 && useView.getState().view === 'lab') return;
  const start: Entry = { tree, node: 0 };
  window.history.replaceState(start, '', window.location.href);
  window.history.pushState(null, '', window.location.href);
}

/** An entry of the browser's history: a tree and a node of it. */
interface Entry {
  readonly tree: string;
  readonly node: number;
  /** View and lanes, as text (formats/permalink/viewPart.ts); absent for the lab. */
  readonly view?: string;
  /** The address is still that of the entry before; a moment later it is not. */
  readonly late?: true;
}

function entryOf(state: unknown): Entry | null {
  if (typeof state !== 'object' || state === null || !('tree' in state) || !('node' in state)) return null;
  const { tree: id, node } = state;
  const view = 'view' in state && typeof state.view === 'string' ? { view: state.view } : {};
  const late = 'late' in state ? { late: true as const } : {};
  return typeof id === 'string' && typeof node === 'number' ? { tree: id, node, ...view, ...late } : null;
}

function here(): Entry {
  const view = shownView();
  return {
    tree,
    node: useLab.getState().history.current,
    ...(view === null ? {} : { view: viewText(view) }),
  };
}

/** Shows the view of an entry; one that cannot be read any more is the lab. */
function showEntryView({ view }: Entry): void {
  showView(view === undefined ? null : viewOfText(view));
  showOwnView();
}

/** Shows the view whose own fragment the address holds; false where it holds a session. */
function showOwnView(): boolean {
  const own = viewOfFragment(window.location.hash);
  if (own !== null) useView.setState(own);
  return own !== null;
}

/** Lanes are changed by single clicks, so they are written at once: a reload right after a click brings them back. */
function onLanes(now: CompareState, before: CompareState): void {
  if (now.lanes !== before.lanes && !travelling) writeAddress();
}

/** Brings back the tree after a reload; false where there is none that can be read. */
function restore(entry: Entry): boolean {
  const kept = keptTree(entry.tree);
  if (kept === null) return false;
  if (!kept.ok) {
    showProblem(treeProblem(kept.problems));
    return false;
  }
  const { history, recording } = kept.value;
  // a tree that is older than the address, or another tab's
  if (history.nodes[entry.node] === undefined) return false;
  tree = entry.tree;
  useLab.setState({ history: goToNode(history, entry.node) });
  const said = entry.late ? null : sessionOfFragment(window.location.hash);
  if (said !== null && !saysSame(said, currentSession(useLab.getState().history)))
    useLab.setState(({ history: now }) => ({ history: commit(now, said, 'from the address') }));
  showEntryView(entry);
  void restoreRecording(recording);
  void holdTree();
  return true;
}

/** Two tabs that keep one tree would write over each other: the second one, a duplicate, keeps a tree of its own. */
async function holdTree(): Promise<void> {
  // there are no locks where the page is not from a secure origin
  if (!('locks' in navigator)) return;
  const held = tree;
  try {
    await navigator.locks.request(`irqscope.tree.${held}`, { ifAvailable: true }, (lock) => {
      // held until the page is left
      if (lock !== null) return new Promise<never>(() => {});
      if (tree === held) tree = newTreeId();
      writeAddress();
      return undefined;
    });
  } catch {
    // where they are forbidden nothing is kept for another tab either
  }
}

/** Opens what the fragment says. What could be read becomes ours at once; a bad fragment stays in the address. */
function openHere(first: boolean): void {
  const { hash } = window.location;
  if (hash.startsWith('#lesson=')) {
    // the entry becomes ours, so that going back to it does not open the lesson again
    const takeEntry = () => window.history.replaceState(here(), '', hash);
    void import('./lessonFiles.ts').then(({ openLessonLink }) =>
      openLessonLink(hash.slice('#lesson='.length), takeEntry),
    );
    return;
  }
  // the entry is there already
  travelling = true;
  const opened = hash === '' || showOwnView() || openFragment(hash, first);
  travelling = false;
  if (opened) writeAddress();
}

function onChange(now: LabState, before: LabState): void {
  if (now.history === before.history && now.recordingFile === before.recordingFile) return;
  if (travelling) return;
  if (now.history.current === before.history.current) {
    timer ??= window.setTimeout(writeAddress, PAUSE);
    return;
  }
  const isShort = currentSession(now.history).script.length <= AT_ONCE;
  // a stop at the entry that is left: its cursor may have moved since it was written
  const url = isShort ? fragment() : window.location.href;
  window.history.pushState(isShort ? here() : { ...here(), late: true }, '', url);
  isOtherView = false;
  timer ??= window.setTimeout(writeAddress, PAUSE);
}

/** Another view is another entry, so that back leads to the one before; an edit that comes with it makes the entry. */
function onView(now: OpenView, before: OpenView): void {
  if (travelling) return;
  if (now.view === before.view) {
    timer ??= window.setTimeout(writeAddress, PAUSE);
    return;
  }
  isOtherView = true;
  queueMicrotask(() => {
    if (isOtherView) window.history.pushState(here(), '', fragment());
    isOtherView = false;
    timer ??= window.setTimeout(writeAddress, PAUSE);
  });
}

function onPopState(event: PopStateEvent): void {
  const entry = entryOf(event.state);
  if (entry === null) return;
  travelling = true;
  if (entry.tree !== tree) {
    if (!restore(entry) && !showOwnView()) openFragment(window.location.hash, false);
    travelling = false;
    return;
  }
  useLab.setState(({ history }) => ({
    history: goToNode(history, entry.node),
    problem: null,
    announcement: `Shown: ${history.nodes[entry.node]?.label ?? ''}.`,
  }));
  showEntryView(entry);
  travelling = false;
  timer ??= window.setTimeout(writeAddress, PAUSE);
}

/** Writes what is shown into the present entry and the tree into the browser. */
export function writeAddress(): void {
  if (timer !== null) window.clearTimeout(timer);
  timer = null;
  keep();
  // a bad link stays where it is until something is done
  const isBad = entryOf(window.history.state) === null && useLab.getState().problem?.keepsAddress === true;
  if (!isBad) window.history.replaceState(here(), '', fragment());
}

function keptNow(): KeptTree {
  const { history, recordingFile } = useLab.getState();
  return { history, recording: recordingFile };
}

function keep(): void {
  const now = keptNow();
  if (!isKeepable(now)) return;
  const kept = keepTree(tree, now);
  if (!kept && !isFull) {
    showProblem({
      title: 'The browser does not keep the branches.',
      details: ['A reload brings back the session in the address and nothing else.'],
    });
  }
  isFull = !kept;
}

/** What is shown as a link. */
function shownLink(): Link {
  const { history, recordingFile } = useLab.getState();
  const session = currentSession(history);
  return {
    session,
    recording: recordingFile,
    check: resultCheck(replayOf(session)),
    view: shownView(),
  };
}

/** Scripts whose links are too long; to find that out takes time. */
const tooLong = new WeakSet<readonly ScriptLine[]>();

/** The end of the address, or the whole path of it where the session has no address. */
function fragment(): string {
  const { own } = useView.getState();
  if (own !== null) return `#${own}`;
  const { script } = currentSession(useLab.getState().history);
  const text = script.length > HOPELESS || tooLong.has(script) ? '' : printLink(shownLink());
  if (text !== '' && text.length <= LONGEST) return `#${text}`;
  tooLong.add(script);
  // nothing would be found under the name of a tree that is not kept
  return isKeepable(keptNow()) ? `#kept=${tree}.${here().node}` : window.location.pathname;
}
