// The edges of the state graph: operations between the same two states share one edge, and operations that change no state are left
// out.

/** One operation in one state. */
export interface GraphStep {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Result, for instance `0` or `-EBADF`. */
  readonly result: string;
  readonly failed: boolean;
}

/** All operations that lead from one state to another. */
export interface FoldedEdge {
  readonly from: number;
  readonly to: number;
  readonly ops: readonly Pick<GraphStep, 'text' | 'result' | 'failed'>[];
}

/** Returns the edges in the order of their first operation. */
export function foldEdges(steps: readonly GraphStep[]): FoldedEdge[] {
  const edges = new Map<string, { from: number; to: number; ops: FoldedEdge['ops'][number][] }>();
  for (const { from, to, text, result, failed } of steps) {
    if (from === to) continue;
    const key = `${from} ${to}`;
    const edge = edges.get(key) ?? { from, to, ops: [] };
    edge.ops.push({ text, result, failed });
    edges.set(key, edge);
  }
  return [...edges.values()];
}
