// What an invariant is: a named predicate over one run, and the generations in which it holds (spec section 14).

import type { Machine } from '../../machine/machine.ts';
import type { Run } from '../frame.ts';
import type { GenerationId } from '../generations/generation.ts';
import type { Line } from '../line.ts';

/** The name of an invariant, as the specification numbers them. */
export type InvariantId =
  | 'I1'
  | 'I2'
  | 'I3'
  | 'I4'
  | 'I5'
  | 'I6'
  | 'I7'
  | 'I8'
  | 'I9'
  | 'I10'
  | 'I11'
  | 'I12'
  | 'I13'
  | 'I14'
  | 'I15'
  | 'I16'
  | 'I17'
  | 'I18'
  | 'I19'
  | 'I20'
  | 'I21'
  | 'I22';

/** One line and what it did. */
export interface Step {
  readonly line: Line;
  readonly run: Run;
}

/** A step that did nothing, for predicates that look at the machine after it alone. */
export function nothingDone(machine: Machine): Step {
  const run: Run = {
    ret: 0,
    errno: null,
    out: null,
    before: machine,
    after: machine,
    frames: [],
    happenings: [],
    check: null,
  };
  return { line: { op: { op: 'device_info' }, faults: [] }, run };
}

/** A predicate over one step. */
export interface Invariant {
  readonly id: InvariantId;
  /** The predicate in one sentence. */
  readonly text: string;
  /** The generations in which it holds, on MSI-X of a host that can allocate dynamically. */
  readonly holds: readonly GenerationId[];
  /**
   * `state`: it looks at the machine after the step alone. `step`: it compares before and after, vector by vector, so that
   * vectors that the step neither read nor changed cannot break it.
   */
  readonly scope: 'state' | 'step';
  /** What breaks it in this step, as a sentence; null while it holds. */
  readonly broken: (step: Step) => string | null;
}
