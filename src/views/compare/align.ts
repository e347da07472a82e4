// Kernel call traces side by side: the calls that two traces have in common stand in one row. Children are aligned with
// the children of the same call, so that a helper that only one kernel has leaves a gap and moves nothing else.

import type { Frame } from '../../kernel/frame.ts';
import { callKey } from '../../session/differences.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import type { KernelStep } from '../../session/steps.ts';

/** One row: for each lane the index of its frame, or null for a gap. */
export interface AlignedRow {
  readonly depth: number;
  readonly frames: readonly (number | null)[];
}

interface Node {
  readonly frame: number;
  readonly fn: string;
  readonly key: string;
  readonly children: readonly Node[];
}

/** A row while lanes are being added to it. */
interface Built {
  readonly node: Node;
  readonly frames: (number | null)[];
  readonly children: Built[];
}

/** Longer lists of siblings are aligned by order alone from there on: the table of an alignment grows with the square. */
const MOST = 600;

/** Rows of the traces of several lanes, in the order of the calls. */
export function alignTraces(
  lanes: readonly LaneRuns[],
  traces: readonly (readonly Frame[])[],
): readonly AlignedRow[] {
  let rows: Built[] = [];
  traces.forEach((frames, at) => {
    const lane = lanes[at];
    if (lane !== undefined) rows = merge(rows, treeOf(frames, lane), at, traces.length);
  });
  const flat: AlignedRow[] = [];
  const put = (level: readonly Built[], depth: number) => {
    for (const { frames, children } of level) {
      flat.push({ depth, frames });
      put(children, depth + 1);
    }
  };
  put(rows, 0);
  return flat;
}

function treeOf(frames: readonly Frame[], lane: LaneRuns): readonly Node[] {
  const level = (from: number, to: number): readonly Node[] => {
    const nodes: Node[] = [];
    for (let at = from; at < to; ) {
      const frame = frames[at];
      if (frame === undefined) break;
      const end = at + frame.below + 1;
      nodes.push({
        frame: at,
        fn: frame.fn,
        key: callKey(frame.fn, frame.args, lane),
        children: level(at + 1, end),
      });
      at = end;
    }
    return nodes;
  };
  return level(0, frames.length);
}

/** Adds a lane's calls to rows that hold those of the lanes before it. */
function merge(rows: readonly Built[], nodes: readonly Node[], lane: number, lanes: number): Built[] {
  const merged: Built[] = [];
  const pairs = commonOf(rows, nodes);
  let row = 0;
  let node = 0;
  const own = (end: number) => {
    for (; node < end; node++) {
      const one = nodes[node];
      if (one !== undefined) merged.push(alone(one, lane, lanes));
    }
  };
  for (const [rowAt, nodeAt] of [...pairs, [rows.length, nodes.length] as const]) {
    // what only the lanes before have comes first
    for (; row < rowAt; row++) {
      const one = rows[row];
      if (one !== undefined) merged.push(one);
    }
    own(nodeAt);
    const both = rows[row];
    const same = nodes[node];
    if (both !== undefined && same !== undefined) {
      both.frames[lane] = same.frame;
      merged.push({ ...both, children: merge(both.children, same.children, lane, lanes) });
    }
    row++;
    node++;
  }
  return merged;
}

function alone(node: Node, lane: number, lanes: number): Built {
  const frames: (number | null)[] = new Array<number | null>(lanes).fill(null);
  frames[lane] = node.frame;
  return { node, frames, children: node.children.map((child) => alone(child, lane, lanes)) };
}

/** Places in both lists that are one call: the longest common subsequence, where equal arguments weigh more. */
function commonOf(rows: readonly Built[], nodes: readonly Node[]): readonly (readonly [number, number])[] {
  const a = rows.slice(0, MOST);
  const b = nodes.slice(0, MOST);
  const width = b.length + 1;
  const best = new Int32Array((a.length + 1) * width);
  const weight = (i: number, j: number) => {
    const one = a[i]?.node;
    const other = b[j];
    if (one === undefined || other === undefined || one.fn !== other.fn) return 0;
    return one.key === other.key ? 3 : 1;
  };
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const paired = weight(i, j);
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      best[i * width + j] = Math.max(skip, paired > 0 ? paired + (best[(i + 1) * width + j + 1] ?? 0) : 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const paired = weight(i, j);
    const here = best[i * width + j] ?? 0;
    if (paired > 0 && here === paired + (best[(i + 1) * width + j + 1] ?? 0)) pairs.push([i++, j++]);
    else if (here === (best[(i + 1) * width + j] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

/** One place inside a line: at a row, on the way in or out. */
export interface AlignedStep {
  readonly row: number;
  readonly at: 'call' | 'entry' | 'return';
}

/** The places inside a line in the order in which they happen. */
export function alignedSteps(rows: readonly AlignedRow[]): readonly AlignedStep[] {
  const steps: AlignedStep[] = [];
  const open: number[] = [];
  const close = (depth: number): void => {
    while (open.length > depth) steps.push({ row: open.pop() ?? 0, at: 'return' });
  };
  rows.forEach(({ depth }, row) => {
    close(depth);
    const hasBelow = (rows[row + 1]?.depth ?? 0) > depth;
    steps.push({ row, at: hasBelow ? 'entry' : 'call' });
    if (hasBelow) open.push(row);
  });
  close(0);
  return steps;
}

/** Where a lane is at a step: at its own call, or where it was left when the others went on alone; null before its first. */
export function laneStep(
  rows: readonly AlignedRow[],
  steps: readonly AlignedStep[],
  at: number,
  lane: number,
): KernelStep | null {
  for (let index = at; index >= 0; index--) {
    const step = steps[index];
    const frame = step === undefined ? null : (rows[step.row]?.frames[lane] ?? null);
    if (step !== undefined && frame !== null) return { frame, at: step.at };
  }
  return null;
}
