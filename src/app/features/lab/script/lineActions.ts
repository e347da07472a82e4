// The commands for the current line or the selected lines, shared by buttons, list keys and the command table.

import type { Session } from '../../../../session/session.ts';
import type { Editing } from '../../../../views/script/layout.ts';
import type { App } from '../../../store/app.ts';
import { startEditing } from '../../../store/editing.ts';
import type { LineAct } from './lineActs.ts';
import { rangeOf, rangeText, selectionSlice } from './selection.ts';

/** The names of the commands on lines. */
export type LineCommandId = 'edit' | 'insert' | 'note' | 'action' | LineAct;

/** The pictures of the commands (LineTools.tsx). */
export type LineIcon = LineCommandId | 'use';

/** A command for the current line or the selected lines. */
interface LineCommand {
  readonly id: LineCommandId;
  readonly icon: LineIcon;
  /** On its button where there is room. */
  readonly label: string;
  /** The button's name, for instance `Skip line 3`, or `Skip` where there is no line. */
  readonly name: string;
  /** As in the table of commands, while the list has the focus. */
  readonly key: string;
  readonly off: boolean;
  /** False for a key without a button, and for a command on one line while several are selected: its key does nothing then. */
  readonly shown: boolean;
  readonly run: () => void;
}

/** Returns the commands for the lines from the anchor of the selection to the cursor. */
export function lineCommands(app: App, { script, cursor }: Session): readonly LineCommand[] {
  const { line } = cursor;
  const range = rangeOf(app.get(selectionSlice).anchor, line);
  const { first, last } = range;
  const several = first < last;
  const none = first === 0;
  const skipped = !none && script.slice(first - 1, last).every(({ disabled }) => disabled);
  const made = (
    id: LineCommandId,
    label: string,
    what: string,
    key: string,
    run: () => void,
    off = none,
  ): LineCommand => ({
    id,
    icon: id,
    label,
    name: off ? what : `${what} ${rangeText(range)}`,
    key,
    off,
    shown: true,
    run,
  });
  const opening = (id: LineCommandId, label: string, what: string, key: string, kind: Editing['kind']) => ({
    ...made(id, label, what, key, () => startEditing(app, { kind, line }), none || several),
    shown: !several,
  });
  const acting = (id: LineAct, label: string, what: string, key: string, off = none) =>
    made(id, label, what, key, () => void actOnLines(app, id), off);
  const use = skipped ? 'Use' : 'Skip';
  return [
    opening('edit', 'edit', 'Edit text of', 'Enter', 'replace'),
    opening('insert', 'insert', 'Insert before', 'KeyI', 'insert'),
    opening('note', 'note', 'Note on', 'KeyN', 'note'),
    opening('action', 'action', 'Action before', 'KeyA', 'action'),
    { ...acting('copy', 'copy', 'Copy', 'Ctrl+KeyC'), shown: several },
    acting('duplicate', 'duplicate', 'Duplicate', 'KeyD'),
    { ...acting('skip', use.toLowerCase(), use, 'KeyX'), icon: skipped ? 'use' : 'skip' },
    acting('up', 'up', 'Move up', 'Alt+ArrowUp', first <= 1),
    acting('down', 'down', 'Move down', 'Alt+ArrowDown', none || last === script.length),
    acting('delete', 'delete', 'Delete', 'Delete'),
    ...(several ? [acting('end', 'end', 'Deselect', 'Escape')] : []),
  ];
}

/** Fetches the actions on lines. */
export const lineActs = () => import('./lineActs.ts');

/** Acts on the current line or the selected lines. */
export async function actOnLines(app: App, id: LineAct): Promise<void> {
  (await lineActs()).act(app, id);
}
