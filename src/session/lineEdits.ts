// The edits of several lines, and of the parts of a line, as pure functions. Line numbers count from 0; when an edit moves the
// cursor's line, the cursor moves with it.

import { replaceLine } from './edits.ts';
import type { ScriptLine } from './script.ts';
import type { Session } from './session.ts';

/** Inserts lines before line `at` and moves the cursor to the last of them. */
export function insertLines(session: Session, at: number, lines: readonly ScriptLine[]): Session {
  if (lines.length === 0) return session;
  const place = Math.max(0, Math.min(at, session.script.length));
  return {
    ...session,
    // there can be more lines than a call accepts arguments
    script: [...session.script.slice(0, place), ...lines, ...session.script.slice(place)],
    cursor: { line: place + lines.length, step: null },
  };
}

/** Deletes `count` lines from line `at`. */
export function deleteLines(session: Session, at: number, count = 1): Session {
  const { script, cursor } = session;
  if (script[at] === undefined) return session;
  const line = cursor.line - Math.max(0, Math.min(cursor.line - at, count, script.length - at));
  return { ...session, script: script.toSpliced(at, count), cursor: { line, step: null } };
}

/**
 * Moves `count` lines from line `from` so that the first of them becomes line `to`. The cursor keeps its line if that is one of
 * them, else it moves to the first of them.
 */
export function moveLines(session: Session, from: number, to: number, count = 1): Session {
  const { script, cursor } = session;
  if (from < 0 || to < 0 || count < 1 || Math.max(from, to) + count > script.length || to === from)
    return session;
  const lines = script.slice(from, from + count);
  const rest = script.toSpliced(from, count);
  const inside = cursor.line > from && cursor.line <= from + count ? cursor.line - from : 1;
  return {
    ...session,
    script: [...rest.slice(0, to), ...lines, ...rest.slice(to)],
    cursor: { line: to + inside, step: null },
  };
}

/** Inserts copies of `count` lines from line `at` after them. */
export function duplicateLines(session: Session, at: number, count = 1): Session {
  return insertLines(session, at + count, session.script.slice(at, at + count));
}

/** Disables `count` lines from line `at` in the replay, or enables them again. */
export function setDisabled(session: Session, at: number, disabled: boolean, count = 1): Session {
  const script = session.script.map((line, i) => (i < at || i >= at + count ? line : { ...line, disabled }));
  return session.script[at] === undefined ? session : { ...session, script };
}

/** Sets the note of line `at`. */
export function setNote(session: Session, at: number, note: string): Session {
  const line = session.script[at];
  return line === undefined
    ? session
    : { ...replaceLine(session, at, { ...line, note }), cursor: session.cursor };
}

/** Sets the guest's or driver's action that causes line `at`. */
export function setAction(session: Session, at: number, action: string): Session {
  const line = session.script[at];
  return line === undefined
    ? session
    : { ...replaceLine(session, at, { ...line, action }), cursor: session.cursor };
}
