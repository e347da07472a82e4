// A state of the graph in words.

import { counted } from '../../text/numbers.ts';

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
}

/** Returns for instance `MSI-X enabled. Vector 0 cached, vector 1 attached to fd 100. 2 operations from the start.` */
export function stateSentence({ depth, enabled, cells }: GraphState): string {
  const parts = cells.flatMap(({ state, fd, pending }, vector) => {
    const what = state === 'attached' ? `attached to fd ${fd ?? '?'}` : state;
    return state === 'empty' && !pending ? [] : [`vector ${vector} ${what}${pending ? ', pending' : ''}`];
  });
  const mode = enabled === null ? 'No mode is enabled.' : `${MODES[enabled]} enabled.`;
  const vectors = parts.length === 0 ? 'Every vector is empty.' : `${sentenceCase(parts.join(', '))}.`;
  const far = depth === 0 ? 'This is the start.' : `${counted(depth, 'operation')} from the start.`;
  return `${mode} ${vectors} ${far}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
