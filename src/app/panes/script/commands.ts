// What can be done to the line that is looked at: one table for the buttons of the pane and for the keys of its list.

import { deleteLine, duplicateLine, moveLine, setDisabled } from '../../../session/edits.ts';
import type { Session } from '../../../session/session.ts';
import type { Editing } from '../../../views/script/layout.ts';
import { startEditing } from '../../state/editing.ts';
import { edit } from '../../state/lab.ts';

/** One thing to do to a line. */
export interface LineCommand {
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
    { ...nothing, label: 'edit', what: 'Edit text of', code: 'Enter', key: 'Enter', run: opening('replace') },
    { ...nothing, label: 'insert', what: 'Insert before', code: 'KeyI', key: 'I', run: opening('insert') },
    { ...nothing, label: 'note', what: 'Note on', code: 'KeyN', key: 'N', run: opening('note') },
    {
      ...nothing,
      label: 'copy',
      what: 'Copy',
      code: 'KeyD',
      key: 'D',
      run: editing('Copy', (now) => duplicateLine(now, at)),
    },
    {
      ...nothing,
      label: use.toLowerCase(),
      what: use,
      code: 'KeyX',
      key: 'X',
      run: editing(use, (now) => setDisabled(now, at, !skipped)),
    },
    {
      label: '↑',
      what: 'Move up',
      code: 'ArrowUp',
      alt: true,
      key: 'Alt ↑',
      off: at <= 0,
      run: editing('Move up', (now) => moveLine(now, at, at - 1)),
    },
    {
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
