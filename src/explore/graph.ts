// The whole state graph of a small state space, for drawing.

import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { Errno } from '../uapi/errno.ts';
import type { Side } from './problem.ts';
import { canonicalKey, keyParts } from './state.ts';
import { vectorsOf } from './vectors.ts';

/** A state with the facts of its label. Node 0 is the start. */
export interface GraphNode {
  readonly id: number;
  /** A shortest script from the start. */
  readonly script: readonly Line[];
  readonly enabled: 'msix' | 'msi' | 'intx' | null;
  /** Attached vectors, each with its eventfd object. */
  readonly attached: readonly { readonly vector: number; readonly ev: number }[];
  /** Allocated and not attached vectors. */
  readonly cached: readonly number[];
  /** Vectors with a set pending bit. */
  readonly pending: readonly number[];
  /** While INTx is enabled: its eventfd object, that of UNMASK, and whether the driver masks it. */
  readonly intx: {
    readonly ev: number | null;
    readonly unmask: number | null;
    readonly masked: boolean;
  } | null;
  /** The device asserts its pin. */
  readonly pinAsserted: boolean;
  /** The machine after the script. */
  readonly machine: Machine;
}

/** A line run in a state. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly line: Line;
  readonly ret: number;
  readonly errno: Errno | null;
}

/** States and lines. With `complete` false, `maxStates` has cut the graph, and some states lack edges. */
export interface StateGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly complete: boolean;
}

/** Walks every reachable state, breadth first, up to `maxStates`. Yields after each state, so that a caller can stop it. */
export function* stateGraph(
  side: Side,
  alphabet: readonly Line[],
  maxStates: number,
): Generator<number, StateGraph, void> {
  const parts = keyParts(side.start, alphabet, null);
  const ids = new Map<string, number>([[canonicalKey(side.start, parts), 0]]);
  const nodes: GraphNode[] = [nodeOf(0, [], side.start)];
  const edges: GraphEdge[] = [];
  let complete = true;
  for (let from = 0; from < nodes.length; from++) {
    const node = nodes[from];
    if (node === undefined) break;
    for (const line of alphabet) {
      const { after, ret, errno } = run(side.generation, node.machine, line);
      const key = canonicalKey(after, parts);
      let to = ids.get(key);
      if (to === undefined) {
        if (nodes.length >= maxStates) {
          complete = false;
          continue;
        }
        to = nodes.length;
        ids.set(key, to);
        nodes.push(nodeOf(to, [...node.script, line], after));
      }
      edges.push({ from, to, line, ret, errno });
    }
    yield nodes.length;
  }
  return { nodes, edges, complete };
}

function nodeOf(id: number, script: readonly Line[], machine: Machine): GraphNode {
  const attached: { readonly vector: number; readonly ev: number }[] = [];
  const cached: number[] = [];
  const pending: number[] = [];
  for (let vector = 0; vector < vectorsOf(machine); vector++) {
    const ev = machine.vdev.ctx.get(vector)?.trigger ?? null;
    if (ev !== null) attached.push({ vector, ev });
    else if (machine.domain.descs.has(vector)) cached.push(vector);
    if (machine.pci.entries.get(vector)?.pending === true) pending.push(vector);
  }
  const { intx } = machine.vdev;
  return {
    id,
    script,
    enabled: intx === null ? machine.domain.mode : 'intx',
    attached,
    cached,
    pending,
    intx: intx === null ? null : { ev: intx.trigger, unmask: intx.unmask, masked: intx.masked },
    pinAsserted: machine.pci.pinAsserted,
    machine,
  };
}
