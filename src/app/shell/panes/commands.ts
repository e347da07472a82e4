// The commands of the palette for panes.

import type { App } from '../../store/app.ts';
import type { Command } from '../../store/commands.ts';
import { viewSlice } from '../../store/view.ts';
import { isSizable, maximise, restoreSizes, toggleCollapsed, WHOLE } from './actions.ts';
import { EDGES } from './edges.ts';

const section = 'View' as const;
const enabled = (app: App) => app.get(viewSlice).view === 'lab' && isSizable();

/** Commands that maximise, collapse and restore panes. */
export const PANE_COMMANDS: readonly Command[] = [
  ...WHOLE.map((whole) => ({
    id: `panes.maximise.${whole.pane}`,
    section,
    title: `Maximise the ${whole.name}`,
    enabled,
    run: (app: App) => maximise(app, whole),
  })),
  ...EDGES.map((edge) => ({
    id: `panes.collapse.${edge.name}`,
    section,
    title: `Collapse or show the ${edge.pane}`,
    enabled,
    run: (app: App) => toggleCollapsed(app, edge),
  })),
  { id: 'panes.restore', section, title: 'Restore the sizes of the panes', enabled, run: restoreSizes },
];
