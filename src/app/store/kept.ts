// The history trees in the browser's storage, so that a reload brings back every branch. They are parsed like any outside
// text; an unreadable one moves to another key instead of being deleted.

import type { Result } from '../../base/result.ts';
import { type KeptTree, parseTree, printTree } from '../../formats/permalink/keptTree.ts';
import type { Services } from '../services/services.ts';
import { type App, local } from './app.ts';
import { labSlice, showProblem } from './lab.ts';

const TREE = 'irqscope.tree.';
const SET_ASIDE = 'irqscope.set-aside.';
/** The ids of the kept trees, the newest last. */
const ORDER = 'irqscope.trees';
/** Most trees in the storage. */
const MOST = 8;

/** Returns a random id for a new tree. */
export function newTreeId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36)).join('');
}

function keptIds({ kept }: Services): string[] {
  return (kept.read(ORDER) ?? '').split(' ').filter((id) => id !== '');
}

/** Longest kept script in lines: a longer one would block the page while it is written, and fill the storage. */
const MOST_LINES = 12_000;

/** True if every script of the tree is short enough to be kept. */
export function isKeepable({ history }: KeptTree): boolean {
  return history.nodes.every(({ session }) => session.script.length <= MOST_LINES);
}

/** Keeps a tree. Returns false if storage is forbidden, or full even without the older trees. */
export function keepTree({ services }: App, id: string, tree: KeptTree): boolean {
  const { kept } = services;
  const text = printTree(tree);
  const others = keptIds(services).filter((other) => other !== id);
  const old = others.splice(0, Math.max(0, others.length + 1 - MOST));
  for (const other of old) kept.remove(TREE + other);
  while (!kept.write(TREE + id, text)) {
    const oldest = others.shift();
    if (oldest === undefined) return false;
    kept.remove(TREE + oldest);
  }
  return kept.write(ORDER, [...others, id].join(' '));
}

/** Returns the tree with that id, or null if the storage does not contain it. */
export function keptTree({ services: { kept } }: App, id: string): Result<KeptTree> | null {
  const text = kept.read(TREE + id);
  if (text === null) return null;
  const parsed = parseTree(text);
  if (!parsed.ok) {
    kept.write(SET_ASIDE + id, text);
    kept.remove(TREE + id);
  }
  return parsed;
}

/** The tree of this page. */
interface Held {
  /** Its id in the storage. */
  tree: string;
  /** The storage cannot keep it. */
  isFull: boolean;
}

/** The tree of this page. */
export const heldTree = local<Held>(() => ({ tree: newTreeId(), isFull: false }));

/** Returns what the browser keeps of the page: all branches, and the name of the open recording. */
export function keptNow(app: App): KeptTree {
  const { history, recordingFile } = app.get(labSlice);
  return { history, recording: recordingFile };
}

/** Keeps the branches in the browser's storage; the first failure is shown. */
export function keepNow(app: App): void {
  const my = app.local(heldTree);
  const now = keptNow(app);
  if (!isKeepable(now)) return;
  const kept = keepTree(app, my.tree, now);
  if (!kept && !my.isFull) {
    showProblem(app, {
      title: 'The browser does not keep the branches.',
      details: ['A reload brings back only the session in the address.'],
    });
  }
  my.isFull = !kept;
}

const LEFT = 'irqscope.left';

/** Keeps in the tab's storage the text of the history entry that the page shows when the person leaves it. */
export function noteLeft({ services }: App, entry: string): void {
  services.tab.write(LEFT, entry);
}

/** Returns the noted entry and forgets it; null without one. */
export function takeLeft({ services: { tab } }: App): string | null {
  const entry = tab.read(LEFT);
  tab.remove(LEFT);
  return entry;
}
