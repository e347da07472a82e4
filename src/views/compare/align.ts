// Kernel call traces side by side: calls that two traces have in common share a row. Children are aligned with the children of
// the same call, so that a helper of one kernel leaves a gap and moves no other row.

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

/** A row while lanes are added to it. */
interface Built {
  readonly node: Node;
  readonly frames: (number | null)[];
  readonly children: Built[];
}

/** The most siblings that are aligned, because the alignment table grows quadratically. Further siblings get separate rows. */
const MOST = 600;

/** Returns the rows of several lanes' traces, in the order of the calls. */
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

/** Adds a lane's calls to the rows of the lanes before it. */
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
    // calls of the earlier lanes alone come first
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

/** Returns the pairs of equal calls in both lists: the longest common subsequence, with a bonus for equal arguments. */
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

/** One place inside a line: at a row, on entry or return. */
export interface AlignedStep {
  readonly row: number;
  readonly at: 'call' | 'entry' | 'return';
}

/** Returns the places inside a line in order. */
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

/** Returns a lane's place at a step: its own call, or its last one while other lanes go on; null before its first call. */
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
