// An invariant: a named predicate over one step, and the generations that claim to keep it (docs/driver.md §14).

import type { Host } from '../../machine/host.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Run } from '../frame.ts';
import type { GenerationId } from '../generations/generation.ts';
import type { Line } from '../line.ts';

/** The id of an invariant in docs/driver.md §14, §18.8 and §19.3. */
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
  | 'I22'
  | 'I23'
  | 'I24';

/** One line and its run. */
export interface Step {
  readonly line: Line;
  readonly run: Run;
}

/** Returns a step without effects, for predicates that look only at the machine after a step. */
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
  /** A few words that name it on the screen, for instance `irqs are freed only at teardown`. */
  readonly name: string;
  /** The predicate in one sentence. */
  readonly text: string;
  /** The generations that claim to keep it, with MSI-X on a host with dynamic allocation. */
  readonly holds: readonly GenerationId[];
  /** Whether a fact of the host lets every generation break it; absent if no fact does. */
  readonly exempt?: (host: Host) => boolean;
  /**
   * `state`: it looks only at the machine after the step. `step`: it compares before and after, vector by vector, so vectors
   * that the step neither read nor changed cannot break it.
   */
  readonly scope: 'state' | 'step';
  /** Returns the breach in this step as a sentence, or null if the step keeps the invariant. */
  readonly broken: (step: Step) => string | null;
}
