// Commands that move through time, and commands for the current line.

import { canRedo, canUndo, currentSession } from '../../../../session/history.ts';
import { framesOf } from '../../../../session/replay.ts';
import type { Travel } from '../../../../session/travel.ts';
import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';
import { traveller } from '../../../store/compare.ts';
import { replayOf } from '../../../store/derived.ts';
import { go, labSlice, newScript, redoEdit, undoEdit } from '../../../store/lab.ts';
import { type LineCommandId, lineCommands } from './lineActions.ts';

/** Compare moves through time in its own way. */
const goShown = (app: App, how: Travel) => (traveller(app)?.go ?? ((how) => go(app, how)))(how);
const canGo = (app: App, how: Travel, inLab: () => boolean) => traveller(app)?.can(how) ?? inLab();

const now = (app: App) => currentSession(app.get(labSlice).history);
const inside = (app: App) => now(app).cursor.step !== null;
const atStart = (app: App) => now(app).cursor.line === 0;
const atEnd = (app: App) => now(app).cursor.line === now(app).script.length && !inside(app);

/** The transport. */
export const TIME: readonly Command[] = [
  {
    id: 'time.previous',
    section: 'Time',
    title: 'Previous line, or previous kernel call inside a line',
    keys: ['ArrowLeft'],
    enabled: (app) => canGo(app, 'previous', () => !atStart(app)),
    run: (app) => goShown(app, 'previous'),
  },
  {
    id: 'time.next',
    section: 'Time',
    title: 'Next line, or next kernel call inside a line',
    keys: ['ArrowRight'],
    enabled: (app) => canGo(app, 'next', () => !atEnd(app)),
    run: (app) => goShown(app, 'next'),
  },
  {
    id: 'time.into',
    section: 'Time',
    title: 'Step into the line',
    keys: ['ArrowDown'],
    enabled: (app) =>
      canGo(
        app,
        'into',
        () => !inside(app) && framesOf(replayOf(app, now(app)), now(app).cursor.line).length > 0,
      ),
    run: (app) => goShown(app, 'into'),
  },
  {
    id: 'time.out',
    section: 'Time',
    title: 'Step out of the line',
    keys: ['ArrowUp'],
    enabled: (app) => canGo(app, 'out', () => inside(app)),
    run: (app) => goShown(app, 'out'),
  },
  {
    id: 'time.first',
    section: 'Time',
    title: 'First line',
    keys: ['Home'],
    enabled: (app) => canGo(app, 'first', () => !atStart(app)),
    run: (app) => goShown(app, 'first'),
  },
  {
    id: 'time.last',
    section: 'Time',
    title: 'Last line',
    keys: ['End'],
    enabled: (app) => canGo(app, 'last', () => !atEnd(app)),
    run: (app) => goShown(app, 'last'),
  },
  {
    id: 'time.undo',
    section: 'Time',
    title: 'Undo',
    keys: ['Ctrl+KeyZ'],
    enabled: (app) => canUndo(app.get(labSlice).history),
    run: undoEdit,
  },
  {
    id: 'time.redo',
    section: 'Time',
    title: 'Redo',
    keys: ['Ctrl+Shift+KeyZ', 'Ctrl+KeyY'],
    enabled: (app) => canRedo(app.get(labSlice).history),
    run: redoEdit,
  },
];

/** A command of the script pane, which also feeds the buttons and keys of its list. */
function onLine(id: LineCommandId, title: string, keys: readonly string[]): Command {
  const found = (app: App) => lineCommands(app, now(app)).find((command) => command.id === id);
  return {
    id: `line.${id}`,
    section: 'Script',
    title,
    keys,
    enabled: (app) => found(app)?.off === false,
    run: (app) => found(app)?.run(),
  };
}

/** Commands for a line and for the script. */
export const SCRIPT: readonly Command[] = [
  onLine('edit', 'Edit the text of the line (Enter in the script)', []),
  onLine('insert', 'Insert a line before', ['KeyI']),
  onLine('note', 'Write a note on the line (N in the script)', []),
  onLine('action', 'Describe the guest action before the line (A in the script)', []),
  onLine('duplicate', 'Duplicate the line or selected lines', ['KeyD']),
  onLine('skip', 'Skip the line or selected lines (on or off)', ['KeyX']),
  onLine('up', 'Move the line or selected lines up', ['Alt+ArrowUp']),
  onLine('down', 'Move the line or selected lines down', ['Alt+ArrowDown']),
  onLine('delete', 'Delete the line or selected lines', ['Delete']),
  { id: 'script.new', section: 'Script', title: 'New script', keys: ['KeyN'], run: newScript },
];
