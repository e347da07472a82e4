// Going through time, and what can be done to the line that is looked at.

import { canRedo, canUndo, currentSession } from '../../session/history.ts';
import { framesOf } from '../../session/replay.ts';
import { type LineCommandId, lineCommands } from '../panes/script/commands.ts';
import { replayOf } from '../state/derived.ts';
import { go, newScript, redoEdit, undoEdit, useLab } from '../state/lab.ts';
import type { Command } from './command.ts';

const now = () => currentSession(useLab.getState().history);
const inside = () => now().cursor.step !== null;
const atStart = () => now().cursor.line === 0;
const atEnd = () => now().cursor.line === now().script.length && !inside();

/** The transport. */
export const TIME: readonly Command[] = [
  {
    id: 'time.previous',
    section: 'Time',
    title: 'Previous: line, or kernel call inside a line',
    keys: ['ArrowLeft'],
    enabled: () => !atStart(),
    run: () => go('previous'),
  },
  {
    id: 'time.next',
    section: 'Time',
    title: 'Next: step over the line, or to the next kernel call',
    keys: ['ArrowRight'],
    enabled: () => !atEnd(),
    run: () => go('next'),
  },
  {
    id: 'time.into',
    section: 'Time',
    title: 'Step into the line',
    keys: ['ArrowDown'],
    enabled: () => !inside() && framesOf(replayOf(now()), now().cursor.line).length > 0,
    run: () => go('into'),
  },
  {
    id: 'time.out',
    section: 'Time',
    title: 'Step out of the line',
    keys: ['ArrowUp'],
    enabled: inside,
    run: () => go('out'),
  },
  {
    id: 'time.first',
    section: 'Time',
    title: 'First line',
    keys: ['Home'],
    enabled: () => !atStart(),
    run: () => go('first'),
  },
  {
    id: 'time.last',
    section: 'Time',
    title: 'Last line',
    keys: ['End'],
    enabled: () => !atEnd(),
    run: () => go('last'),
  },
  {
    id: 'time.undo',
    section: 'Time',
    title: 'Undo',
    keys: ['Ctrl+KeyZ'],
    enabled: () => canUndo(useLab.getState().history),
    run: undoEdit,
  },
  {
    id: 'time.redo',
    section: 'Time',
    title: 'Redo',
    keys: ['Ctrl+Shift+KeyZ', 'Ctrl+KeyY'],
    enabled: () => canRedo(useLab.getState().history),
    run: redoEdit,
  },
];

/** A command of the script pane, which also gives it to the buttons and to the keys of its list. */
function onLine(id: LineCommandId, title: string, keys: readonly string[]): Command {
  const found = () => lineCommands(now()).find((command) => command.id === id);
  return {
    id: `line.${id}`,
    section: 'Script',
    title,
    keys,
    enabled: () => found()?.off === false,
    run: () => found()?.run(),
  };
}

/** What can be done to a line and to the script. */
export const SCRIPT: readonly Command[] = [
  onLine('edit', 'Edit the text of the line (Enter in the script)', []),
  onLine('insert', 'Insert a line before', ['KeyI']),
  onLine('note', 'Write a note on the line (N in the script)', []),
  onLine('action', 'Say what the guest did before the line (A in the script)', []),
  onLine('copy', 'Duplicate the line', ['KeyD']),
  onLine('skip', 'Skip or use the line', ['KeyX']),
  onLine('up', 'Move the line up', ['Alt+ArrowUp']),
  onLine('down', 'Move the line down', ['Alt+ArrowDown']),
  onLine('delete', 'Delete the line', ['Delete']),
  { id: 'script.new', section: 'Script', title: 'New script', keys: ['KeyN'], run: newScript },
];
