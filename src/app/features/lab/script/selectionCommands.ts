// The commands of a selection of lines. Their keys belong to the list of the script, which handles them; the palette and the
// keyboard shortcuts show them.

import { currentSession } from '../../../../session/history.ts';
import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';
import { labSlice } from '../../../store/lab.ts';
import { act } from './lineActs.ts';
import { selectionSlice } from './selection.ts';

const section = 'Script' as const;
const now = (app: App) => currentSession(app.get(labSlice).history);

/** The commands that select and copy lines. */
export const SELECTING: readonly Command[] = [
  {
    id: 'select.up',
    section,
    title: 'Select the line above too (in the script; or Shift and a click)',
    keys: ['Shift+ArrowUp'],
    enabled: (app) => now(app).cursor.line > 1,
    run: (app) => act(app, 'select-up'),
  },
  {
    id: 'select.down',
    section,
    title: 'Select the line below too (in the script; or Shift and a click)',
    keys: ['Shift+ArrowDown'],
    enabled: (app) => now(app).cursor.line < now(app).script.length,
    run: (app) => act(app, 'select-down'),
  },
  {
    id: 'select.copy',
    section,
    title: 'Copy the line or the selected lines as notation (in the script)',
    keys: ['Ctrl+KeyC'],
    enabled: (app) => now(app).cursor.line > 0,
    run: (app) => act(app, 'copy'),
  },
  {
    id: 'select.end',
    section,
    title: 'End the selection of lines (in the script)',
    keys: ['Escape'],
    enabled: (app) => app.get(selectionSlice).anchor !== null,
    run: (app) => act(app, 'end'),
  },
];
