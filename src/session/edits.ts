// The edits of a session as pure functions; lineEdits.ts has those of several lines. Line numbers count from 0; when an edit moves
// the cursor's line, the cursor moves with it.

import type { GenerationId } from '../kernel/generations/generation.ts';
import { usualHost } from '../kernel/usualHost.ts';
import { type ReleaseFacts, releaseFactsOf } from '../machine/host.ts';
import type { ScriptLine } from './script.ts';
import { type Cursor, type Session, type Setup, START } from './session.ts';

/** Inserts a line before line `at` and moves the cursor to it. */
export function insertLine(session: Session, at: number, line: ScriptLine): Session {
  const place = Math.max(0, Math.min(at, session.script.length));
  return {
    ...session,
    script: session.script.toSpliced(place, 0, line),
    cursor: { line: place + 1, step: null },
  };
}

/** Replaces line `at`. */
export function replaceLine(session: Session, at: number, line: ScriptLine): Session {
  if (session.script[at] === undefined) return session;
  return { ...session, script: session.script.with(at, line), cursor: { line: at + 1, step: null } };
}

/** Moves the cursor. A place past the end becomes the end. */
export function moveCursor(session: Session, cursor: Cursor): Session {
  const line = Math.max(0, Math.min(cursor.line, session.script.length));
  return { ...session, cursor: { line, step: line === cursor.line && line > 0 ? cursor.step : null } };
}

/** Runs the same script on another generation, with the release facts of its recorded kernel. */
export function chooseGeneration(session: Session, generation: GenerationId): Session {
  return chooseFacts(session, generation, releaseFactsOf(usualHost(generation)));
}

/** Runs the same script on the release facts and the generation of a kernel; the facts of the machine stay. */
export function chooseFacts(session: Session, generation: GenerationId, facts: ReleaseFacts): Session {
  const host = { ...session.setup.host, ...facts };
  return { ...chooseSetup(session, { ...session.setup, host }), generation };
}

/** Runs the same script on another device or host. */
export function chooseSetup(session: Session, setup: Setup): Session {
  return { ...session, setup, cursor: { ...session.cursor, step: null } };
}

/** Deletes every line. */
export function clearScript(session: Session): Session {
  return { ...session, script: [], cursor: START };
}
