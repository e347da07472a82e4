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

/** The tree and where in it we are. Nodes are never removed. */
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
