// Going about in the tree of sessions.

import { goToNode, renameBranch } from '../../session/branches.ts';
import { useLab } from './lab.ts';

/** Shows a node of the history. */
export function switchTo(node: number): void {
  useLab.setState(({ history }) => ({
    history: goToNode(history, node),
    announcement: `Shown: ${history.nodes[node]?.label ?? ''}.`,
  }));
}

/** Calls a branch so. */
export function nameBranch(tip: number, name: string): void {
  useLab.setState(({ history }) => ({ history: renameBranch(history, tip, name) }));
}
