// What can be done to the line that is looked at: for the buttons of the pane, the keys of its list, and the table of commands.

import { deleteLine, duplicateLine, moveLine, setDisabled } from '../../../session/edits.ts';
import type { Session } from '../../../session/session.ts';
import type { Editing } from '../../../views/script/layout.ts';
import { startEditing } from '../../state/editing.ts';
import { edit } from '../../state/lab.ts';

/** The names of the commands on a line. */
export type LineCommandId =
  | 'edit'
  | 'insert'
  | 'note'
  | 'action'
  | 'copy'
  | 'skip'
  | 'up'
  | 'down'
  | 'delete';

/** One thing to do to a line. */
export interface LineCommand {
  readonly id: LineCommandId;
  /** On its button. */
  readonly label: string;
  /** In a sentence: "Skip" becomes "Skip line 3". */
  readonly what: string;
  /** `event.code`, while the list has the focus. */
  readonly code: string;
  readonly alt: boolean;
  /** The key as it is printed. */
  readonly key: string;
  readonly off: boolean;
  readonly run: () => void;
}

/** The commands for the line at the cursor. */
export function lineCommands({ script, cursor }: Session): readonly LineCommand[] {
  const { line } = cursor;
  const at = line - 1;
  const none = script[at] === undefined;
  const skipped = script[at]?.disabled === true;
  const nothing = { label: '', what: '', code: '', alt: false, key: '', off: none };
  const opening = (kind: Editing['kind']) => () => startEditing({ kind, line });
  const editing = (what: string, change: (session: Session) => Session) => () =>
    edit(`${what} line ${line}`, change);
  const use = skipped ? 'Use' : 'Skip';
  const last = script.length - 1;
  return [
    {
      ...nothing,
      id: 'edit',
      label: 'edit',
      what: 'Edit text of',
      code: 'Enter',
      key: 'Enter',
      run: opening('replace'),
    },
    {
      ...nothing,
      id: 'insert',
      label: 'insert',
      what: 'Insert before',
      code: 'KeyI',
      key: 'I',
      run: opening('insert'),
    },
    { ...nothing, id: 'note', label: 'note', what: 'Note on', code: 'KeyN', key: 'N', run: opening('note') },
    {
      ...nothing,
      id: 'action',
      label: 'action',
      what: 'Action before',
      code: 'KeyA',
      key: 'A',
      run: opening('action'),
    },
    {
      ...nothing,
      id: 'copy',
      label: 'copy',
      what: 'Copy',
      code: 'KeyD',
      key: 'D',
      run: editing('Copy', (now) => duplicateLine(now, at)),
    },
    {
      ...nothing,
      id: 'skip',
      label: use.toLowerCase(),
      what: use,
      code: 'KeyX',
      key: 'X',
      run: editing(use, (now) => setDisabled(now, at, !skipped)),
    },
    {
      id: 'up',
      label: '↑',
      what: 'Move up',
      code: 'ArrowUp',
      alt: true,
      key: 'Alt ↑',
      off: at <= 0,
      run: editing('Move up', (now) => moveLine(now, at, at - 1)),
    },
    {
      id: 'down',
      label: '↓',
      what: 'Move down',
      code: 'ArrowDown',
      alt: true,
      key: 'Alt ↓',
      off: none || at === last,
      run: editing('Move down', (now) => moveLine(now, at, at + 1)),
    },
    {
      ...nothing,
      id: 'delete',
      label: 'delete',
      what: 'Delete',
      code: 'Delete',
      key: 'Delete',
      run: editing('Delete', (now) => deleteLine(now, at)),
    },
  ];
}

/** A command with its line, for instance `Skip line 3`. */
export function commandName({ what, off }: LineCommand, line: number): string {
  return off ? what : `${what} line ${line}`;
}
