// The branches of a history: each ends at a node without children.

import type { History, HistoryNode } from './history.ts';

/** One branch. */
export interface Branch {
  /** Its last node. */
  readonly tip: number;
  /** The user's name for it; empty without one. */
  readonly name: string;
  /** The node where it left the branch before it, or null for the first branch. */
  readonly fork: number | null;
  /** Its first edit that the branch before it lacks; for the first branch, its last edit. */
  readonly label: string;
  /** Edits from the start. */
  readonly edits: number;
  /** True for the branch that redo follows from here. */
  readonly current: boolean;
}

/** Returns every branch, oldest first. */
export function branches(history: History): readonly Branch[] {
  const { nodes } = history;
  const inner = new Set(nodes.flatMap(({ parent }) => (parent === null ? [] : [parent])));
  const here = tipOf(history, history.current);
  const seen = new Set<number>();
  const found: Branch[] = [];
  nodes.forEach((node, tip) => {
    if (inner.has(tip)) return;
    const way = wayTo(history, tip);
    const own = way.findIndex((at) => !seen.has(at));
    for (const at of way) seen.add(at);
    const fork = found.length === 0 ? null : (way[own - 1] ?? null);
    const first = nodes[way[fork === null ? way.length - 1 : own] ?? tip];
    const label = first?.label ?? node.label;
    found.push({ tip, name: node.name, fork, label, edits: way.length - 1, current: tip === here });
  });
  return found;
}

/** Returns the nodes from the root to `at`. */
function wayTo({ nodes }: History, at: number): readonly number[] {
  const way: number[] = [];
  for (let here: number | null = at; here !== null; here = nodes[here]?.parent ?? null) way.push(here);
  return way.reverse();
}

/** Returns the last node that repeated redo reaches from a node. */
function tipOf({ nodes }: History, from: number): number {
  let at = from;
  for (let next = nodes[at]?.next ?? null; next !== null; next = nodes[at]?.next ?? null) at = next;
  return at;
}

/** Goes to a node; redo then follows its branch as far as it was followed before. */
export function goToNode(history: History, to: number): History {
  if (history.nodes[to] === undefined || to === history.current) return history;
  const nodes: HistoryNode[] = [...history.nodes];
  let below = to;
  for (const at of wayTo(history, to).slice(0, -1).reverse()) {
    const node = nodes[at];
    if (node !== undefined && node.next !== below) nodes[at] = { ...node, next: below };
    below = at;
  }
  return { nodes, current: to };
}

/** Names the branch that ends at `tip`. */
export function renameBranch(history: History, tip: number, name: string): History {
  const node = history.nodes[tip];
  if (node === undefined || node.name === name) return history;
  return { ...history, nodes: history.nodes.with(tip, { ...node, name }) };
}
