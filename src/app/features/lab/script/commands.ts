// Commands that move through time, and commands for the current line.

import { canRedo, canUndo, currentSession } from '../../../../session/history.ts';
import { canTravel, type Travel } from '../../../../session/travel.ts';
import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';
import { traveller } from '../../../store/compare.ts';
import { replayOf } from '../../../store/derived.ts';
import { go, labSlice, newScript, redoEdit, undoEdit } from '../../../store/lab.ts';
import { type LineCommandId, lineCommands } from './lineActions.ts';

const now = (app: App) => currentSession(app.get(labSlice).history);

/** Returns a command that moves through time; Compare moves in its own way. */
function time(how: Travel, title: string, key: string): Command {
  return {
    id: `time.${how}`,
    section: 'Time',
    title,
    keys: [key],
    enabled: (app) => traveller(app)?.can(how) ?? canTravel(replayOf(app, now(app)), now(app).cursor, how),
    run: (app) => (traveller(app)?.go ?? ((how) => go(app, how)))(how),
  };
}

/** The transport. */
export const TIME: readonly Command[] = [
  time('previous', 'Previous line, or previous kernel call inside a line', 'ArrowLeft'),
  time('next', 'Next line, or next kernel call inside a line', 'ArrowRight'),
  time('into', 'Step into the line', 'ArrowDown'),
  time('out', 'Step out of the line', 'ArrowUp'),
  time('first', 'First line', 'Home'),
  time('last', 'Last line', 'End'),
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
