// All sessions of a visit as a tree: undo goes to the parent, redo to the child that was visited last, and an edit in the
// past starts a new branch beside the old future.

import type { Session } from './session.ts';

/** One session and the edit that produced it. */
export interface HistoryNode {
  readonly session: Session;
  /** The edit, for instance `delete line 3`. */
  readonly label: string;
  readonly parent: number | null;
  /** The target of redo. */
  readonly next: number | null;
  /** The user's name for the branch that ends here; empty without one. */
  readonly name: string;
}

/** The tree and the current node. Nodes are never removed; the oldest long scripts are forgotten (`boundHistory`). */
export interface History {
  readonly nodes: readonly HistoryNode[];
  readonly current: number;
}

/** Returns a history that starts with this session. */
export function startHistory(session: Session): History {
  return { nodes: [{ session, label: 'start', parent: null, next: null, name: '' }], current: 0 };
}

function node(history: History, at: number): HistoryNode {
  const found = history.nodes[at];
  if (found === undefined) throw new Error(`no history node ${at}`);
  return found;
}

/** Returns the current session. */
export function currentSession(history: History): Session {
  return node(history, history.current).session;
}

/** Adds an edit as a new node below the current one. An edit without effect adds no node. */
export function commit(history: History, session: Session, label: string): History {
  const here = node(history, history.current);
  if (here.session === session) return history;
  const current = history.nodes.length;
  // the name of a branch moves on with its tip
  const nodes = history.nodes.with(history.current, { ...here, next: current, name: '' });
  return {
    nodes: [...nodes, { session, label, parent: history.current, next: null, name: here.name }],
    current,
  };
}

/** Replaces the current node without adding one: moving the cursor is not an edit. */
export function visit(history: History, session: Session): History {
  const here = node(history, history.current);
  if (here.session === session) return history;
  return { ...history, nodes: history.nodes.with(history.current, { ...here, session }) };
}

/** Goes back one edit; unchanged at the root. */
export function undo(history: History): History {
  const { parent } = node(history, history.current);
  if (parent === null) return history;
  const above = node(history, parent);
  return { nodes: history.nodes.with(parent, { ...above, next: history.current }), current: parent };
}

/** Goes forward one edit on the branch that was left last; unchanged at a tip. */
export function redo(history: History): History {
  const { next } = node(history, history.current);
  return next === null ? history : { ...history, current: next };
}

/** True when there is an edit to undo. */
export function canUndo(history: History): boolean {
  return node(history, history.current).parent !== null;
}

/** True when there is an edit to redo. */
export function canRedo(history: History): boolean {
  return node(history, history.current).next !== null;
}

/** Returns the number of branches. */
export function branchCount({ nodes }: History): number {
  return nodes.length - new Set(nodes.map(({ parent }) => parent)).size + 1;
}

/** Scripts up to this many lines cost almost no memory. */
const SHORT = 1000;
/** Lines of long scripts, not shared with the script before them, that are kept besides the current script. */
const MOST_OWN_LINES = 120_000;

/**
 * Forgets the scripts of the oldest long nodes, so that memory does not grow with every long script that is opened. Such a
 * node shows the session before it, and its label marks it as forgotten.
 */
export function boundHistory(history: History): History {
  let own = 0;
  let nodes: HistoryNode[] | null = null;
  for (let at = history.nodes.length - 1; at > 0; at--) {
    const { session, parent, label } = node(history, at);
    if (at === history.current || parent === null || session.script.length <= SHORT) continue;
    const before = node(history, parent).session;
    if (before.script === session.script) continue;
    own += ownLines(before, session);
    if (own <= MOST_OWN_LINES) continue;
    nodes ??= [...history.nodes];
    nodes[at] = { ...node(history, at), session: before, label: `${label} (forgotten: too long)` };
  }
  if (nodes === null) return history;
  // from the root on: a forgotten node below a forgotten node shows the same session
  for (const [at, one] of nodes.entries()) {
    const above = one.parent === null ? undefined : nodes[one.parent];
    if (above !== undefined && one !== history.nodes[at]) nodes[at] = { ...one, session: above.session };
  }
  return { ...history, nodes };
}

const counted = new WeakMap<
  Session['script'],
  { readonly before: Session['script']; readonly own: number }
>();

/** Returns the lines of a script between its common beginning and end with the script before it. */
function ownLines({ script: before }: Session, { script }: Session): number {
  const known = counted.get(script);
  if (known?.before === before) return known.own;
  const most = Math.min(before.length, script.length);
  let head = 0;
  while (head < most && before[head] === script[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === script[script.length - 1 - tail]) tail++;
  // a separate array also costs memory
  const own = script.length - head - tail + Math.ceil(script.length / 50);
  counted.set(script, { before, own });
  return own;
}
