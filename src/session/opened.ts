// A recording that was opened: the session that repeats it, and where the model's prediction differs from the kernel.

import type { Mismatch } from './comparison.ts';
import type { Recording } from './recording.ts';
import type { Session } from './session.ts';

/** A recording beside the session that replays its operations. */
export interface OpenedRecording {
  readonly recording: Recording;
  /** The session as it was opened; the comparison holds as long as setup, generation and script are these. */
  readonly session: Session;
  readonly compared: number;
  readonly mismatches: readonly Mismatch[];
}

/** True while the session still is what was recorded: same setup, same generation, same lines. */
export function isAsRecorded(opened: OpenedRecording, session: Session): boolean {
  return (
    opened.session.setup === session.setup &&
    opened.session.generation === session.generation &&
    opened.session.script === session.script
  );
}

/** The lines of the script at which anything differs, from 1 (0 for the initial state). */
export function differingLines({ mismatches }: OpenedRecording): ReadonlySet<number> {
  return new Set(mismatches.map(({ step }) => step + 1));
}
