// Moves in the history tree.

import { goToNode, renameBranch } from '../../session/branches.ts';
import type { App } from './app.ts';
import { labSlice } from './lab.ts';

/** Shows a node of the history. */
export function switchTo(app: App, node: number): void {
  app.set(labSlice, ({ history }) => ({
    history: goToNode(history, node),
    announcement: `Shown: ${history.nodes[node]?.label ?? ''}.`,
  }));
}

/** Names a branch. */
export function nameBranch(app: App, tip: number, name: string): void {
  app.set(labSlice, ({ history }) => ({ history: renameBranch(history, tip, name) }));
}
