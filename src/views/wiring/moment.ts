// The data of the wiring: the machine at the cursor, the machine before the line, and the line's happenings.

import type { Frame, Happening } from '../../kernel/frame.ts';
import type { Machine } from '../../machine/machine.ts';
import { framesOf, type Replay, runAt } from '../../session/replay.ts';
import type { Cursor } from '../../session/session.ts';
import { type KernelStep, kernelSteps, machineAt, machineBefore } from '../../session/steps.ts';

/** A failed assignment: the requested descriptor and the errno. */
export interface FailedAssignment {
  readonly fd: number;
  readonly errno: string;
}

/** One moment with its recent past. */
export interface Moment {
  readonly now: Machine;
  /** The machine before the current line. */
  readonly before: Machine;
  /** Empty inside a line, where the difference of the machines shows the events. */
  readonly happenings: readonly Happening[];
  /** By vector. */
  readonly failures: ReadonlyMap<number, FailedAssignment>;
}

/** Returns the moment at a cursor. */
export function momentAt(replayed: Replay, cursor: Cursor): Moment {
  const frames = framesOf(replayed, cursor.line);
  const step = cursor.step === null ? null : (kernelSteps(frames)[cursor.step] ?? null);
  return {
    now: machineAt(replayed, cursor),
    before: machineBefore(replayed, cursor),
    happenings: step === null ? (runAt(replayed, cursor.line)?.happenings ?? []) : [],
    failures: failedAssignments(frames, step),
  };
}

/** Returns the vectors whose assignment has failed up to that step, or in the whole line. */
export function failedAssignments(
  frames: readonly Frame[],
  step: KernelStep | null,
): ReadonlyMap<number, FailedAssignment> {
  const failures = new Map<number, FailedAssignment>();
  frames.forEach(({ fn, args, ret, below }, at) => {
    if (fn !== 'vfio_msi_set_vector_signal' || typeof ret !== 'string') return;
    const { vector, fd } = args;
    if (typeof vector !== 'number' || typeof fd !== 'number') return;
    if (step === null || hasReturned(at, below, step)) failures.set(vector, { fd, errno: ret });
  });
  return failures;
}

function hasReturned(frame: number, below: number, step: KernelStep): boolean {
  if (step.at === 'return' && frame >= step.frame) return true;
  return frame + below < step.frame || (frame === step.frame && step.at === 'call');
}
