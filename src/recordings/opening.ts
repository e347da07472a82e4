// Opens a recording: builds the session that repeats it and compares every step with the kernel.

import { type Session, START, scriptLine } from '../session/session.ts';
import { type Conformance, conforming, type StepWatch } from './conformance.ts';
import type { OpenedRecording } from './opened.ts';
import { recordedMachine } from './recorded.ts';
import { type Recording, stepLine } from './recording.ts';

/**
 * Builds a session from a recording and compares the model's run with the kernel's. Yields after each step the part that is
 * done (0 to 1).
 */
export function* openingRecording(
  recording: Recording,
  watch: StepWatch | null = null,
): Generator<number, OpenedRecording> {
  return openedRecording(recording, yield* conforming(recording, watch));
}

/** Returns the opened recording of a finished comparison. */
export function openedRecording(
  recording: Recording,
  { compared, mismatches }: Pick<Conformance, 'compared' | 'mismatches'>,
): OpenedRecording {
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
    script: steps.map((step) => scriptLine(stepLine(step))),
    cursor: START,
  };
  return { recording, session, compared, mismatches };
}
