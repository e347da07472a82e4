// A recording that was opened: the session that repeats it, and where the model's prediction differs from the kernel.

import { line } from '../kernel/line.ts';
import type { Mismatch } from './comparison.ts';
import { conforming } from './conformance.ts';
import { recordedMachine } from './recorded.ts';
import type { Recording } from './recording.ts';
import { type Session, START, scriptLine } from './session.ts';

/** A recording beside the session that replays its operations. */
export interface OpenedRecording {
  readonly recording: Recording;
  /** The session as it was opened; the comparison holds as long as setup, generation and script are these. */
  readonly session: Session;
  readonly compared: number;
  readonly mismatches: readonly Mismatch[];
}

/**
 * Makes a session from a recording and compares the model's run of it with what the kernel did. Stops after each step and
 * says which part (0 to 1) is done.
 */
export function* openingRecording(recording: Recording): Generator<number, OpenedRecording> {
  const { header, initial, steps } = recording;
  const start = recordedMachine(header, initial);
  const session: Session = {
    setup: {
      deviceName: header.config,
      device: start.machine.device,
      host: start.machine.host,
      command: start.machine.pci.command,
    },
    generation: header.driver,
    script: steps.map((step) => scriptLine(line(step.op))),
    cursor: START,
  };
  const { compared, mismatches } = yield* conforming(recording);
  return { recording, session, compared, mismatches };
}

/** True while the session still is what was recorded: same setup, same generation, same lines. */
export function isAsRecorded(opened: OpenedRecording, session: Session): boolean {
  return (
    opened.session.setup === session.setup &&
    opened.session.generation === session.generation &&
    opened.session.script === session.script
  );
}
