// Stepping into a line. A kernel call without calls below it is one step (the machine after it); a call with calls below
// it is two: its entry and its return.

import type { Frame } from '../kernel/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { framesOf, machineAfter, type Replay } from './replay.ts';
import type { Cursor } from './session.ts';

/** One place inside a line. */
export interface KernelStep {
  /** Index of the frame. */
  readonly frame: number;
  readonly at: 'call' | 'entry' | 'return';
}

const remembered = new WeakMap<readonly Frame[], readonly KernelStep[]>();

/** Returns the steps of a line in order. */
export function kernelSteps(frames: readonly Frame[]): readonly KernelStep[] {
  const known = remembered.get(frames);
  if (known !== undefined) return known;
  const steps: KernelStep[] = [];
  const open: number[] = [];
  const close = (depth: number): void => {
    while (open.length > depth) steps.push({ frame: open.pop() ?? 0, at: 'return' });
  };
  frames.forEach((frame, at) => {
    close(frame.depth);
    steps.push({ frame: at, at: frame.below === 0 ? 'call' : 'entry' });
    if (frame.below > 0) open.push(at);
  });
  close(0);
  remembered.set(frames, steps);
  return steps;
}

/** Returns the machine at a kernel step. */
function machineAtStep(frames: readonly Frame[], step: KernelStep): Machine | undefined {
  const frame = frames[step.frame];
  return step.at === 'entry' ? frame?.before : frame?.after;
}

/** Returns the machine at the cursor. */
export function machineAt(replayed: Replay, cursor: Cursor): Machine {
  const whole = machineAfter(replayed, cursor.line);
  if (cursor.step === null) return whole;
  const frames = framesOf(replayed, cursor.line);
  const step = kernelSteps(frames)[cursor.step];
  return (step === undefined ? undefined : machineAtStep(frames, step)) ?? whole;
}

/** Returns the machine before the line at the cursor; at the start, the initial machine. */
export function machineBefore(replayed: Replay, cursor: Cursor): Machine {
  return machineAfter(replayed, Math.max(0, cursor.line - 1));
}
