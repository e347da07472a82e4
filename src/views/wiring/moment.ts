// What the wiring is drawn from: the machine at the cursor, the one before the line, and what the line did.

import type { Frame, Happening } from '../../kernel/frame.ts';
import type { Machine } from '../../machine/machine.ts';
import { framesOf, type Replay, runAt } from '../../session/replay.ts';
import type { Cursor } from '../../session/session.ts';
import { type KernelStep, kernelSteps, machineAt, machineBefore } from '../../session/steps.ts';

/** An assignment that failed: the descriptor that was asked for and the errno. */
export interface FailedAssignment {
  readonly fd: number;
  readonly errno: string;
}

/** One moment with its recent past. */
export interface Moment {
  readonly now: Machine;
  /** The machine before the line that is looked at. */
  readonly before: Machine;
  /** Empty inside a line: what happened is then seen in the difference. */
  readonly happenings: readonly Happening[];
  /** By vector. */
  readonly failures: ReadonlyMap<number, FailedAssignment>;
}

/** The moment at a cursor. */
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

/** The vectors whose assignment has failed by that step, or in the whole line. */
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
