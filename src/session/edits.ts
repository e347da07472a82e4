// Everything that can be done to a session, as pure functions. Line numbers count from 0; a cursor that an edit moves
// stays on the line that it was on.

import type { GenerationId } from '../kernel/generations/generation.ts';
import { recordedPreset } from '../kernel/presets.ts';
import type { ScriptLine } from './script.ts';
import { type Cursor, type Session, type Setup, START } from './session.ts';

/** Puts a line before line `at` and looks at it. */
export function insertLine(session: Session, at: number, line: ScriptLine): Session {
  const place = Math.max(0, Math.min(at, session.script.length));
  return {
    ...session,
    script: session.script.toSpliced(place, 0, line),
    cursor: { line: place + 1, step: null },
  };
}

/** Puts lines before line `at` and looks at the last of them. */
export function insertLines(session: Session, at: number, lines: readonly ScriptLine[]): Session {
  if (lines.length === 0) return session;
  const place = Math.max(0, Math.min(at, session.script.length));
  return {
    ...session,
    script: session.script.toSpliced(place, 0, ...lines),
    cursor: { line: place + lines.length, step: null },
  };
}

/** Puts another line in the place of line `at`. */
export function replaceLine(session: Session, at: number, line: ScriptLine): Session {
  if (session.script[at] === undefined) return session;
  return { ...session, script: session.script.with(at, line), cursor: { line: at + 1, step: null } };
}

/** Takes line `at` out. */
export function deleteLine(session: Session, at: number): Session {
  if (session.script[at] === undefined) return session;
  const line = session.cursor.line > at ? session.cursor.line - 1 : session.cursor.line;
  return { ...session, script: session.script.toSpliced(at, 1), cursor: { line, step: null } };
}

/** Moves line `from` so that it becomes line `to`, and looks at it. */
export function moveLine(session: Session, from: number, to: number): Session {
  const line = session.script[from];
  if (line === undefined || to < 0 || to >= session.script.length || to === from) return session;
  const script = session.script.toSpliced(from, 1).toSpliced(to, 0, line);
  return { ...session, script, cursor: { line: to + 1, step: null } };
}

/** Puts a copy of line `at` behind it. */
export function duplicateLine(session: Session, at: number): Session {
  const line = session.script[at];
  return line === undefined ? session : insertLine(session, at + 1, line);
}

/** Leaves line `at` out of the replay, or takes it in again. */
export function setDisabled(session: Session, at: number, disabled: boolean): Session {
  const line = session.script[at];
  return line === undefined
    ? session
    : { ...replaceLine(session, at, { ...line, disabled }), cursor: session.cursor };
}

/** Writes a note on line `at`. */
export function setNote(session: Session, at: number, note: string): Session {
  const line = session.script[at];
  return line === undefined
    ? session
    : { ...replaceLine(session, at, { ...line, note }), cursor: session.cursor };
}

/** Says on line `at` what the guest or driver did that it follows from. */
export function setAction(session: Session, at: number, action: string): Session {
  const line = session.script[at];
  return line === undefined
    ? session
    : { ...replaceLine(session, at, { ...line, action }), cursor: session.cursor };
}

/** Looks elsewhere. A place past the end is the end. */
export function moveCursor(session: Session, cursor: Cursor): Session {
  const line = Math.max(0, Math.min(cursor.line, session.script.length));
  return { ...session, cursor: { line, step: line === cursor.line && line > 0 ? cursor.step : null } };
}

/** Runs the same script under another generation. How that kernel handles INTx, ERR and REQ comes with it. */
export function chooseGeneration(session: Session, generation: GenerationId): Session {
  const { intx, errReq } = recordedPreset(generation).host;
  const { setup } = session;
  return {
    ...session,
    generation,
    setup: { ...setup, host: { ...setup.host, intx, errReq } },
    cursor: { ...session.cursor, step: null },
  };
}

/** Runs the same script on another device or host. */
export function chooseSetup(session: Session, setup: Setup): Session {
  return { ...session, setup, cursor: { ...session.cursor, step: null } };
}

/** Throws every line away. */
export function clearScript(session: Session): Session {
  return { ...session, script: [], cursor: START };
}
