// The model against a real kernel: replays a recording's operations and compares every field that a recording holds; what
// its recorder could not see is not compared.
// What is compared by identity only, and why, stands in test/recordings/README.md.

import { line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import { compareCalls } from './compareCalls.ts';
import { compareState } from './compareState.ts';
import { Comparison, IrqIdentity, type Mismatch } from './comparison.ts';
import { observe, observeCalls } from './observe.ts';
import { recordedMachine } from './recorded.ts';
import type { ObservedStep, Recording } from './recording.ts';

/** The result of comparing one recording. */
export interface Conformance {
  readonly steps: number;
  readonly compared: number;
  readonly mismatches: readonly Mismatch[];
}

/** Operations of the device itself: the recorder traces the calling process only, so their calls are always empty. */
const UNTRACED: ReadonlySet<string> = new Set(['raise', 'lower', 'clobber']);

/** Replays a recording on the generation that its header names and compares step by step. */
export function conform(recording: Recording): Conformance {
  const comparing = conforming(recording);
  for (;;) {
    const { done, value } = comparing.next();
    if (done === true) return value;
  }
}

/** The same step by step, for a long one: stops after each step and says which part (0 to 1) is done. */
export function* conforming(recording: Recording): Generator<number, Conformance> {
  const start = recordedMachine(recording.header, recording.initial);
  const comparison = new Comparison();
  const irqs = new IrqIdentity();
  const { observed } = recording.header;
  compareState(comparison, irqs, recording.initial, observe(start.machine));
  let machine: Machine = start.machine;
  for (const step of recording.steps) {
    const made = run(start.generation, machine, line(step.op), { frames: true });
    machine = made.after;
    comparison.atStep(step.n);
    comparison.field('ret', step.ret, made.ret);
    comparison.field('errno', step.errno, made.errno);
    compareOut(comparison, step, made.out);
    if (observed.calls && !UNTRACED.has(step.op.op))
      compareCalls(comparison, irqs, step.calls, observeCalls(made.frames));
    compareState(comparison, irqs, step.after, observe(machine));
    if (observed.log) {
      const log = made.happenings.flatMap((happening) => (happening.kind === 'log' ? [happening.text] : []));
      comparison.field('log', step.log.join('\n'), log.join('\n'));
    }
    yield (step.n + 1) / recording.steps.length;
  }
  const { compared, mismatches } = comparison;
  return { steps: recording.steps.length, compared, mismatches };
}

function compareOut(comparison: Comparison, step: ObservedStep, out: ObservedStep['out']): void {
  for (const name of ['ev', 'value', 'flags', 'count', 'regions', 'irqs'] as const) {
    const kernel = step.out?.[name];
    const model = out?.[name];
    // registers of config space outside the model: it says so instead of guessing
    if (step.op.op === 'cfg_read' && model === undefined) continue;
    if (kernel !== undefined || model !== undefined) comparison.field(`out.${name}`, kernel, model);
  }
}
