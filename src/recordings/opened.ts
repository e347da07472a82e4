// An opened recording: the session that repeats it, and the differences between the model's prediction and the kernel.

import type { Session } from '../session/session.ts';
import type { Mismatch } from './comparison.ts';
import type { Recording } from './recording.ts';

/** A recording and the session that replays its operations. */
export interface OpenedRecording {
  readonly recording: Recording;
  /** The session as it was opened; the comparison is valid for its setup, generation and script. */
  readonly session: Session;
  readonly compared: number;
  readonly mismatches: readonly Mismatch[];
}

/** True while the session still has the recorded setup, generation and lines. */
export function isAsRecorded(opened: OpenedRecording, session: Session): boolean {
  return (
    opened.session.setup === session.setup &&
    opened.session.generation === session.generation &&
    opened.session.script === session.script
  );
}

/** Returns the lines of the script at which anything differs, from 1 (0 for the initial state). */
export function differingLines({ mismatches }: OpenedRecording): ReadonlySet<number> {
  return new Set(mismatches.map(({ step }) => step + 1));
}
