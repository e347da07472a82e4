// What a real kernel did with a script, step by step, as typed data (the project's recordings, format version 1; see
// test/recordings/README.md). A recording is one more lane: it is looked at and compared as the model's runs are.

import type { Out } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Op } from '../kernel/line.ts';

/** Three u32: address low, address high, data. */
export type Message = readonly [number, number, number];

/** `[vector, irq, requested]`; requested is 1 with the right handler, 0 without one, 2 with a wrong one. */
export type ObservedIrq = readonly [number, number, number];

/** `[entry, addressLow, addressHigh, data, masked, pending]`. */
export type ObservedEntry = readonly [number, number, number, number, number, number];

/** The state after a step as an observer outside the kernel sees it. */
export interface ObservedState {
  /** Counter by descriptor, in ascending order of descriptor. */
  readonly eventfds: ReadonlyMap<number, bigint>;
  readonly irqMode: 'msix' | 'msi' | null;
  readonly irqs: readonly ObservedIrq[];
  readonly intx: { readonly requested: boolean; readonly disabled: boolean; readonly pending: boolean };
  readonly command: number;
  readonly msi?: {
    readonly enabled: boolean;
    readonly vectors: number;
    readonly message: Message;
    readonly mask?: number;
    readonly pending?: number;
  };
  readonly msix?: { readonly enabled: boolean; readonly functionMask: boolean };
  /**
   * Null while memory space is disabled; absent without MSI-X, and where the recorder could not reach the table. Blank
   * entries are left out.
   */
  readonly table?: readonly ObservedEntry[] | null;
}

/** A kernel call with its named fields as recorded. */
export interface ObservedCall {
  readonly fn: string;
  readonly depth: number;
  readonly interrupt: boolean;
  /** Absent for a function that returns nothing. */
  readonly ret?: number | string;
  readonly args: Readonly<Record<string, number | string | null | readonly number[]>>;
}

/** One step of a recording. */
export interface ObservedStep {
  readonly n: number;
  readonly op: Op;
  readonly ret: number;
  /** An errno's name as recorded, also one that the model never returns. */
  readonly errno: string | null;
  readonly out: Out | null;
  /** Empty also where calls were not observed (`RecordingHeader.observed`). */
  readonly calls: readonly ObservedCall[];
  readonly after: ObservedState;
  readonly log: readonly string[];
}

/** What one irq index offers. */
export interface ObservedIrqInfo {
  readonly index: number;
  readonly flags: number;
  readonly count: number;
}

/** What a recorder could see besides results and states. */
interface Observed {
  /** The kernel calls of each step. */
  readonly calls: boolean;
  /** The kernel's warnings. */
  readonly log: boolean;
}

/** Which kernel, machine and device a recording is of. */
export interface RecordingHeader {
  readonly name: string;
  readonly about: string;
  readonly release: string;
  readonly driver: GenerationId;
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
