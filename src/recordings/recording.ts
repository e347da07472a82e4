// A real kernel's run of a script, step by step, as typed data (recording format version 1; see
// docs/recording-format.md). A recording is a lane that is displayed and compared like the model's runs.

import type { Out } from '../kernel/frame.ts';
import type { NamedGenerationId } from '../kernel/generations/generation.ts';
import type { Fault, Line, Op } from '../kernel/line.ts';
import type { ObservedCall, ObservedState } from '../session/observe.ts';

/** One step of a recording. */
export interface ObservedStep {
  readonly n: number;
  readonly op: Op;
  /** Faults that the recorder injected into the kernel during the step. */
  readonly faults: readonly Fault[];
  readonly ret: number;
  /** The name of an errno as recorded; it can be one that the model never returns. */
  readonly errno: string | null;
  readonly out: Out | null;
  /** Also empty when calls were not observed (`RecordingHeader.observed`). */
  readonly calls: readonly ObservedCall[];
  readonly after: ObservedState;
  readonly log: readonly string[];
}

/** The result of GET_IRQ_INFO for one irq index. */
export interface ObservedIrqInfo {
  readonly index: number;
  readonly flags: number;
  readonly count: number;
}

/** The optional observations of a recorder, besides results and states. */
interface Observed {
  /** The kernel calls of each step. */
  readonly calls: boolean;
  /** The kernel's warnings. */
  readonly log: boolean;
}

/** The kernel, machine and device of a recording. */
export interface RecordingHeader {
  readonly name: string;
  readonly about: string;
  readonly release: string;
  readonly driver: NamedGenerationId;
  /** The machine as in uname, for instance `x86_64`. */
  readonly arch: string;
  readonly irqRemapping: boolean;
  readonly cpus: number;
  readonly config: string;
  readonly device: {
    readonly bdf: string;
    readonly id: string;
    readonly model: string;
    readonly msixVectors: number;
    readonly msiVectors: number;
    readonly intx: boolean;
    readonly reset: boolean;
    readonly dynamicMsix: boolean;
  };
  readonly irqInfo: readonly ObservedIrqInfo[];
  readonly observed: Observed;
}

/** A whole recording. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly initial: ObservedState;
  readonly steps: readonly ObservedStep[];
}

/** Returns the script line of a recorded step: its operation with the injected faults. */
export function stepLine({ op, faults }: Pick<ObservedStep, 'op' | 'faults'>): Line {
  return { op, faults };
}
