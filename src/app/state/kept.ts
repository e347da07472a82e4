// The trees of sessions that the browser keeps, so that a reload brings back every branch. What is found there is parsed
// as any outside text; what cannot be read is set aside under another key and not thrown away.

import type { Result } from '../../base/result.ts';
import { type KeptTree, parseTree, printTree } from '../../formats/permalink/keptTree.ts';

const TREE = 'irqscope.tree.';
const SET_ASIDE = 'irqscope.set-aside.';
/** The ids of the kept trees, the one that was written last at the end. */
const ORDER = 'irqscope.trees';
/** So many trees are kept. */
const MOST = 8;

/** A name for a new tree. */
export function newTreeId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36)).join('');
}

function keptIds(): string[] {
  return (localStorage.getItem(ORDER) ?? '').split(' ').filter((id) => id !== '');
}

/** A script of more lines is not kept: to write it down would hold up the page, and the browser has hardly room for it. */
const MOST_LINES = 12_000;

/** True where every script of the tree is short enough to be kept. */
export function isKeepable({ history }: KeptTree): boolean {
  return history.nodes.every(({ session }) => session.script.length <= MOST_LINES);
}

/** Keeps a tree. False where the browser does not let us, or has no room even without the older trees. */
export function keepTree(id: string, tree: KeptTree): boolean {
  const text = printTree(tree);
  try {
    const others = keptIds().filter((other) => other !== id);
    const old = others.splice(0, Math.max(0, others.length + 1 - MOST));
    for (const other of old) localStorage.removeItem(TREE + other);
    while (!tryToKeep(id, text)) {
      const oldest = others.shift();
      if (oldest === undefined) return false;
      localStorage.removeItem(TREE + oldest);
    }
    localStorage.setItem(ORDER, [...others, id].join(' '));
    return true;
  } catch {
    // storage can be forbidden
    return false;
  }
}

function tryToKeep(id: string, text: string): boolean {
  try {
    localStorage.setItem(TREE + id, text);
    return true;
  } catch {
    return false;
  }
}

/** The tree of that id; null where none is kept. */
export function keptTree(id: string): Result<KeptTree> | null {
  try {
    const text = localStorage.getItem(TREE + id);
    if (text === null) return null;
    const parsed = parseTree(text);
    if (!parsed.ok) {
      localStorage.setItem(SET_ASIDE + id, text);
      localStorage.removeItem(TREE + id);
    }
    return parsed;
  } catch {
    return null;
  }
}
