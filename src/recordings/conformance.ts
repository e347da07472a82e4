// The model against a real kernel: replays a recording's operations and compares every recorded field. Facts that the
// recorder could not see are not compared. test/recordings/README.md lists the fields that are compared by identity only.

import type { Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import type { Op } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import { observe, observeCalls } from '../session/observe.ts';
import { compareCalls } from './compareCalls.ts';
import { Comparison, IrqIdentity, type Mismatch } from './comparison.ts';
import { recordedMachine } from './recorded.ts';
import { type ObservedStep, type Recording, stepLine } from './recording.ts';

/** The result of comparing one recording. */
export interface Conformance {
  readonly steps: number;
  readonly compared: number;
  readonly mismatches: readonly Mismatch[];
}

/** Operations of the device: the recorder traces the calling process only, so their calls are always empty. */
const UNTRACED: ReadonlySet<string> = new Set(['raise', 'lower', 'clobber']);

/** Returns whether recordings show the kernel calls of an operation. */
export function isTraced({ op }: Op): boolean {
  return !UNTRACED.has(op);
}

/** Receives each compared step with the model's run; `agrees` is true if every compared field of the step is equal. */
export type StepWatch = (step: ObservedStep, made: Run, agrees: boolean) => void;

/** Replays a recording on the generation that its header names, or on `other`, and compares it step by step. */
export function conform(
  recording: Recording,
  watch: StepWatch | null = null,
  other: Generation | null = null,
): Conformance {
  const comparing = conforming(recording, watch, other);
  for (;;) {
    const { done, value } = comparing.next();
    if (done === true) return value;
  }
}

/** Does the same for a long recording: yields after each step the part that is done (0 to 1). */
export function* conforming(
  recording: Recording,
  watch: StepWatch | null = null,
  other: Generation | null = null,
): Generator<number, Conformance> {
  const start = recordedMachine(recording.header, recording.initial);
  const generation = other ?? start.generation;
  const comparison = new Comparison();
  const irqs = new IrqIdentity();
  const { observed } = recording.header;
  comparison.states(irqs, recording.initial, observe(start.machine));
  let machine: Machine = start.machine;
  for (const step of recording.steps) {
    const made = run(generation, machine, stepLine(step), { frames: true });
    machine = made.after;
    const before = comparison.mismatches.length;
    comparison.atStep(step.n);
    comparison.field('ret', step.ret, made.ret);
    comparison.field('errno', step.errno, made.errno);
    compareOut(comparison, step, made.out);
    if (observed.calls && isTraced(step.op))
      compareCalls(comparison, irqs, step.calls, observeCalls(made.frames));
    comparison.states(irqs, step.after, observe(machine));
    if (observed.log) {
      const log = made.happenings.flatMap((happening) => (happening.kind === 'log' ? [happening.text] : []));
      comparison.field('log', step.log.join('\n'), log.join('\n'));
    }
    watch?.(step, made, comparison.mismatches.length === before);
    yield (step.n + 1) / recording.steps.length;
  }
  const { compared, mismatches } = comparison;
  return { steps: recording.steps.length, compared, mismatches };
}

function compareOut(comparison: Comparison, step: ObservedStep, out: ObservedStep['out']): void {
  for (const name of ['ev', 'value', 'flags', 'count', 'regions', 'irqs'] as const) {
    const kernel = step.out?.[name];
    const model = out?.[name];
    // the model has no value for registers of config space that it does not model
    if (step.op.op === 'cfg_read' && model === undefined) continue;
    if (kernel !== undefined || model !== undefined) comparison.field(`out.${name}`, kernel, model);
  }
}
