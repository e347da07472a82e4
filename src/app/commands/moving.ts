// Going through time, and what can be done to the line that is looked at.

import { deleteLine, duplicateLine, moveLine, setDisabled } from '../../session/edits.ts';
import { canRedo, canUndo, currentSession } from '../../session/history.ts';
import { framesOf } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { replayOf } from '../state/derived.ts';
import { edit, go, newScript, redoEdit, undoEdit, useLab } from '../state/lab.ts';
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

/** Where the line that is looked at stands in the script, from 0; −1 at the start. */
const at = () => now().cursor.line - 1;

function lineCommand(
  id: string,
  title: string,
  keys: readonly string[],
  change: (session: Session, at: number, line: ScriptLine) => Session,
  enabled: () => boolean = () => at() >= 0,
): Command {
  return {
    id: `line.${id}`,
    section: 'Script',
    title: `${title} the current line`,
    keys,
    enabled,
    run: () => {
      const entry = now().script[at()];
      if (entry !== undefined)
        edit(`${title.toLowerCase()} line ${at() + 1}`, (was) => change(was, at(), entry));
    },
  };
}

/** What can be done to a line and to the script. */
export const SCRIPT: readonly Command[] = [
  lineCommand(
    'up',
    'Move up',
    ['Alt+ArrowUp'],
    (was, place) => moveLine(was, place, place - 1),
    () => at() > 0,
  ),
  lineCommand(
    'down',
    'Move down',
    ['Alt+ArrowDown'],
    (was, place) => moveLine(was, place, place + 1),
    () => at() >= 0 && at() < now().script.length - 1,
  ),
  lineCommand('copy', 'Duplicate', ['KeyD'], duplicateLine),
  lineCommand('skip', 'Skip or use', ['KeyS'], (was, place, { disabled }) =>
    setDisabled(was, place, !disabled),
  ),
  lineCommand('delete', 'Delete', ['Delete'], deleteLine),
  { id: 'script.new', section: 'Script', title: 'New script', keys: ['KeyN'], run: newScript },
];
