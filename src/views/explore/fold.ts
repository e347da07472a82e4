// The edges of the state graph: operations between the same two states share one edge. Operations that change no state have none; they
// are listed with their state.

/** One operation in one state. */
export interface GraphStep {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Result, for instance `0` or `-EBADF`. */
  readonly result: string;
  readonly failed: boolean;
}

/** An operation and its result. */
export type GraphOp = Pick<GraphStep, 'text' | 'result' | 'failed'>;

/** All operations that lead from one state to another. */
export interface FoldedEdge {
  readonly from: number;
  readonly to: number;
  readonly ops: readonly GraphOp[];
}

/** Returns by state the operations that change nothing in it. */
export function stayingOps(steps: readonly GraphStep[]): ReadonlyMap<number, readonly GraphOp[]> {
  const stays = new Map<number, GraphOp[]>();
  for (const { from, to, text, result, failed } of steps) {
    if (from !== to) continue;
    const ops = stays.get(from) ?? [];
    stays.set(from, ops);
    ops.push({ text, result, failed });
  }
  return stays;
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
