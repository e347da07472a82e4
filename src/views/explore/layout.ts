// The layout of the state graph: one column per depth, so that states further right need more operations. It is deterministic: the
// same graph always gets the same picture.

import { group, linkHorizontal, mean } from 'd3';

/** A state to place. */
export interface LayeredNode {
  readonly id: number;
  /** Number of operations of the shortest script; the column. */
  readonly depth: number;
}

/** A step from a state to another one. */
export interface LayeredEdge {
  readonly from: number;
  readonly to: number;
}

/** Sizes in pixels. */
export interface LayoutSizes {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  readonly gapX: number;
  readonly gapY: number;
  /** Largest number of rows; longer columns are folded. */
  readonly rows: number;
}

/** Centre of a state, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The places of all states. */
export interface Layout {
  readonly places: ReadonlyMap<number, Place>;
  readonly width: number;
  readonly height: number;
  /** The left edge of each depth's column. */
  readonly columns: readonly { readonly depth: number; readonly x: number }[];
}

/** Places the states by depth; within a depth by the mean height of their predecessors, then by id. */
export function layered(
  nodes: readonly LayeredNode[],
  edges: readonly LayeredEdge[],
  sizes: LayoutSizes,
): Layout {
  const { nodeWidth, nodeHeight, gapX, gapY, rows } = sizes;
  const depthOf = new Map(nodes.map(({ id, depth }) => [id, depth]));
  const before = group(
    edges.filter(({ from, to }) => (depthOf.get(from) ?? 0) < (depthOf.get(to) ?? 0)),
    ({ to }) => to,
  );
  const layers = [...group(nodes, ({ depth }) => depth)].sort(([a], [b]) => a - b);
  const tallest = Math.min(rows, Math.max(1, ...layers.map(([, members]) => members.length)));
  const height = tallest * (nodeHeight + gapY) - gapY;
  const places = new Map<number, Place>();
  const columns: { depth: number; x: number }[] = [];
  let x = 0;
  for (const [depth, members] of layers) {
    columns.push({ depth, x });
    const middle = (id: number) =>
      mean(before.get(id) ?? [], ({ from }) => places.get(from)?.y) ?? height / 2;
    const ordered = members
      .map(({ id }) => ({ id, at: middle(id) }))
      .sort((a, b) => a.at - b.at || a.id - b.id);
    const folds = Math.ceil(ordered.length / rows);
    for (const [at, { id }] of ordered.entries()) {
      // neighbours lie side by side, so that the order reads from the top down
      const column = at % folds;
      const row = Math.floor(at / folds);
      const inColumn = Math.ceil((ordered.length - column) / folds);
      const top = (height - (inColumn * (nodeHeight + gapY) - gapY)) / 2;
      places.set(id, {
        x: x + column * (nodeWidth + gapY) + nodeWidth / 2,
        y: top + row * (nodeHeight + gapY) + nodeHeight / 2,
      });
    }
    x += folds * (nodeWidth + gapY) - gapY + gapX;
  }
  return { places, columns, width: Math.max(nodeWidth, x - gapX), height };
}

const link = linkHorizontal<unknown, [number, number]>();

/** Returns the path of an edge: a curve to the right, an arc within a column or to the left. */
export function edgePath(from: Place, to: Place, { nodeWidth, nodeHeight }: LayoutSizes): string {
  const half = nodeWidth / 2;
  if (to.x > from.x + half) {
    return link({ source: [from.x + half, from.y], target: [to.x - half, to.y] }) ?? '';
  }
  const bend = to.x < from.x ? nodeHeight : half;
  const side = to.x < from.x ? -1 : 1;
  if (to.x < from.x) {
    // an edge to the left runs above the states and does not cover edges to the right
    const top = Math.min(from.y, to.y) - nodeHeight / 2 - bend;
    return `M${from.x},${from.y - nodeHeight / 2}C${from.x},${top} ${to.x},${top} ${to.x},${to.y - nodeHeight / 2}`;
  }
  const edge = from.x + side * half;
  return `M${edge},${from.y}C${edge + bend},${from.y} ${edge + bend},${to.y} ${to.x + half},${to.y}`;
}
