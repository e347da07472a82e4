// A state of the graph in words.

import { counted } from '../../text/numbers.ts';
import type { FoldedEdge, GraphOp } from './fold.ts';

/** A vector in a state. */
export interface GraphCell {
  readonly state: 'empty' | 'cached' | 'attached';
  readonly fd: number | null;
  readonly pending: boolean;
}

const MODES = { msix: 'MSI-X', msi: 'MSI', intx: 'INTx' } as const;

/** The facts of a state. */
export interface GraphState {
  readonly depth: number;
  readonly enabled: keyof typeof MODES | null;
  readonly cells: readonly GraphCell[];
  /** While INTx is enabled: the descriptors of its eventfds, and whether the driver masks it. */
  readonly intx: {
    readonly fd: number | null;
    readonly unmask: number | null;
    readonly masked: boolean;
  } | null;
  readonly pinAsserted: boolean;
}

/** Returns for instance `MSI-X enabled. Vector 0 cached, vector 1 attached to fd 100. 2 operations from the start.` */
export function stateSentence({ depth, enabled, cells, intx, pinAsserted }: GraphState): string {
  const parts = cells.flatMap(({ state, fd, pending }, vector) => {
    const what = state === 'attached' ? `attached to fd ${fd ?? '?'}` : state;
    return state === 'empty' && !pending ? [] : [`vector ${vector} ${what}${pending ? ', pending' : ''}`];
  });
  const details = intx === null ? [] : [intx.fd === null ? 'no eventfd' : `attached to fd ${intx.fd}`];
  if (intx !== null && intx.unmask !== null) details.push(`UNMASK by fd ${intx.unmask}`);
  if (intx?.masked === true) details.push('masked');
  const how = details.length === 0 ? '' : `: ${details.join(', ')}`;
  const mode = enabled === null ? 'No mode is enabled.' : `${MODES[enabled]} enabled${how}.`;
  const pin = pinAsserted ? ['The pin is asserted.'] : [];
  const empty = cells.length === 0 ? [] : ['Every vector is empty.'];
  const vectors = parts.length === 0 ? empty : [`${sentenceCase(parts.join(', '))}.`];
  const far = depth === 0 ? 'This is the start.' : `${counted(depth, 'operation')} from the start.`;
  return [mode, ...pin, ...vectors, far].join(' ');
}

/** States and edges of a graph. */
interface WholeGraph {
  readonly nodes: readonly (GraphState & {
    readonly id: number;
    readonly script: string;
    readonly stays: readonly GraphOp[];
  })[];
  readonly edges: readonly FoldedEdge[];
}

/** Returns the number of states and arrows. */
export function graphSize({ nodes, edges }: WholeGraph): string {
  return `${counted(nodes.length, 'state')}, ${counted(edges.length, 'arrow')} between different states.`;
}

/** Returns the graph as text: a paragraph for each state, with the state after each operation and its result. */
export function graphText(title: string, graph: WholeGraph): string {
  const paragraphs = graph.nodes.map((node) => {
    const row = (to: number) => (op: GraphOp) => `  ${op.text} = ${op.result} → ${to}`;
    return [
      `State ${node.id}. ${stateSentence(node)}`,
      ...graph.edges.filter(({ from }) => from === node.id).flatMap(({ to, ops }) => ops.map(row(to))),
      ...node.stays.map(row(node.id)),
    ].join('\n');
  });
  return `${[`${title}\n${graphSize(graph)}`, ...paragraphs].join('\n\n')}\n`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
