// All sessions that there have been, as a tree: undo goes to the parent, redo to the child that was left last, and
// acting in the past grows a new branch beside the old future.

import type { Session } from './session.ts';

/** One session with how it came about. */
export interface HistoryNode {
  readonly session: Session;
  /** What was done, for instance `delete line 3`. */
  readonly label: string;
  readonly parent: number | null;
  /** The child that redo goes to. */
  readonly next: number | null;
  /** What a person calls the branch that ends here; empty for no name. */
  readonly name: string;
}

/** The tree and where in it we are. Nodes are never removed; the oldest long scripts are forgotten (`boundHistory`). */
export interface History {
  readonly nodes: readonly HistoryNode[];
  readonly current: number;
}

/** A history that begins with this session. */
export function startHistory(session: Session): History {
  return { nodes: [{ session, label: 'start', parent: null, next: null, name: '' }], current: 0 };
}

function node(history: History, at: number): HistoryNode {
  const found = history.nodes[at];
  if (found === undefined) throw new Error(`no history node ${at}`);
  return found;
}

/** The session that we are in. */
export function currentSession(history: History): Session {
  return node(history, history.current).session;
}

/** An edit: a new node below the current one. An edit that changed nothing leaves no trace. */
export function commit(history: History, session: Session, label: string): History {
  const here = node(history, history.current);
  if (here.session === session) return history;
  const current = history.nodes.length;
  // the name of a branch goes on with its tip
  const nodes = history.nodes.with(history.current, { ...here, next: current, name: '' });
  return {
    nodes: [...nodes, { session, label, parent: history.current, next: null, name: here.name }],
    current,
  };
}

/** Looking elsewhere is no edit: it changes the node that we are in. */
export function visit(history: History, session: Session): History {
  const here = node(history, history.current);
  if (here.session === session) return history;
  return { ...history, nodes: history.nodes.with(history.current, { ...here, session }) };
}

/** One edit back, or the same history at its root. */
export function undo(history: History): History {
  const { parent } = node(history, history.current);
  if (parent === null) return history;
  const above = node(history, parent);
  return { nodes: history.nodes.with(parent, { ...above, next: history.current }), current: parent };
}

/** One edit forward on the branch that was left last, or the same history at a tip. */
export function redo(history: History): History {
  const { next } = node(history, history.current);
  return next === null ? history : { ...history, current: next };
}

/** True where there is an edit to take back. */
export function canUndo(history: History): boolean {
  return node(history, history.current).parent !== null;
}

/** True where there is an edit to do again. */
export function canRedo(history: History): boolean {
  return node(history, history.current).next !== null;
}

/** How many branches there are. */
export function branchCount({ nodes }: History): number {
  return nodes.length - new Set(nodes.map(({ parent }) => parent)).size + 1;
}

/** Nodes whose scripts have no more lines cost next to nothing. */
const SHORT = 1000;
/** So many lines that long scripts do not share with the script before them are kept, besides those of the current one. */
const MOST_OWN_LINES = 120_000;

/**
 * The history with the scripts of its oldest long nodes forgotten, so that memory does not grow with every long script that
 * was opened. Such a node shows the session before it, and its label says so.
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
  // from the root on: a node below a forgotten one that was forgotten too shows what that one shows
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

/** Lines of a script that are neither at the beginning nor at the end of the one before it. */
function ownLines({ script: before }: Session, { script }: Session): number {
  const known = counted.get(script);
  if (known?.before === before) return known.own;
  const most = Math.min(before.length, script.length);
  let head = 0;
  while (head < most && before[head] === script[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === script[script.length - 1 - tail]) tail++;
  // an array of its own costs something too
  const own = script.length - head - tail + Math.ceil(script.length / 50);
  counted.set(script, { before, own });
  return own;
}
