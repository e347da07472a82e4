// The edits of the current line or the selected lines, each one entry of the history. Fetched with the first edit.

import { currentSession } from '../../../../session/history.ts';
import { deleteLines, duplicateLines, moveLines, setDisabled } from '../../../../session/lineEdits.ts';
import type { Session } from '../../../../session/session.ts';
import type { App } from '../../../store/app.ts';
import { edit, labSlice } from '../../../store/lab.ts';
import { type LineRange, rangeOf, rangeText, selectionSlice } from './selection.ts';

/** An edit of lines. */
export type LineEdit = 'duplicate' | 'skip' | 'up' | 'down' | 'delete';

interface Made {
  /** In the history: `Skip` becomes `Skip line 3`. */
  readonly what: string;
  /** In the announcement for several lines: `skipped` becomes `Lines 4 to 6 skipped.` */
  readonly done: string;
  readonly change: (now: Session) => Session;
  /** Lines by which the selection moves; null ends it. */
  readonly by: number | null;
}

/** Edits the current line or the selected lines. */
export function editLines(app: App, id: LineEdit): void {
  const { script, cursor } = currentSession(app.get(labSlice).history);
  const { anchor } = app.get(selectionSlice);
  const range = rangeOf(anchor, cursor.line);
  const { what, done, change, by } = madeBy(id, script, range);
  edit(app, `${what} ${rangeText(range)}`, change);
  if (anchor === null || range.first === range.last) return;
  app.set(labSlice, { announcement: `Lines ${range.first} to ${range.last} ${done}.` });
  if (by !== null) app.set(selectionSlice, { anchor: anchor + by });
}

function madeBy(id: LineEdit, script: Session['script'], { first, last }: LineRange): Made {
  const at = first - 1;
  const count = last - at;
  const moving = (what: string, by: number): Made => ({
    what,
    done: 'moved',
    change: (now) => moveLines(now, at, at + by, count),
    by,
  });
  switch (id) {
    case 'duplicate':
      return {
        what: 'Duplicate',
        done: 'duplicated',
        change: (now) => duplicateLines(now, at, count),
        by: null,
      };
    case 'skip': {
      const off = script.slice(at, last).some(({ disabled }) => !disabled);
      const [what, done] = off ? (['Skip', 'skipped'] as const) : (['Use', 'used'] as const);
      return { what, done, change: (now) => setDisabled(now, at, off, count), by: 0 };
    }
    case 'up':
      return moving('Move up', -1);
    case 'down':
      return moving('Move down', 1);
    case 'delete':
      return { what: 'Delete', done: 'deleted', change: (now) => deleteLines(now, at, count), by: null };
  }
}

/** Moves lines so that they stand before the present line `before`. */
export function dropLines(app: App, { first, last }: LineRange, before: number): void {
  const count = last - first + 1;
  // the lines are removed first, so later lines move up
  const to = before > last ? before - 1 - count : Math.min(first, before) - 1;
  edit(app, `Move ${rangeText({ first, last })}`, (now) => moveLines(now, first - 1, to, count));
}
