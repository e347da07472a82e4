// Opening a recording: the session that repeats it is made, and every step compared with what the kernel did.

import { line } from '../kernel/line.ts';
import { conforming } from './conformance.ts';
import type { OpenedRecording } from './opened.ts';
import { recordedMachine } from './recorded.ts';
import type { Recording } from './recording.ts';
import { type Session, START, scriptLine } from './session.ts';

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
