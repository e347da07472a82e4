// A script: the input that a person creates, sends and stores. Lessons, links, recordings and answers of the explorer are
// scripts; everything else is derived by replaying them.

import type { Out } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import type { Cursor } from './session.ts';
import type { NamedFact } from './setupFacts.ts';

/**
 * The device and host of a script, for instance `device nvme msix=8 dynamic`. Null means the value of the named model;
 * the reader of the script checks whether such a model exists.
 */
export interface DeviceSpec {
  readonly model: string;
  /** MSI-X table entries, 0 to 2048; 0 for no capability. */
  readonly msix: number | null;
  /** MSI vectors offered, a power of two up to 32, or 0 for no capability. */
  readonly msi: number | null;
  /** The device has an interrupt pin. */
  readonly intx: boolean | null;
  /** The generation for which the script was written. */
  readonly generation: GenerationId | null;
  /** The irq domain cannot allocate MSI-X vectors after MSI-X was enabled. */
  readonly noDyn: boolean;
  /** No interrupt remapping. */
  readonly noRemap: boolean;
  /** Irqs that the domain can allocate at all. */
  readonly irqs: number | null;
  /** CPU vectors that request_irq can hand to the device. */
  readonly cpuVectors: number | null;
  /** All other unusual facts of the setup (setupFacts.ts); absent without any. */
  readonly facts?: readonly NamedFact[];
}

/** The answer of a traced kernel to a line, as far as the trace shows it. */
export interface TracedResult {
  /** Result of the system call: −1 on failure. */
  readonly ret: number;
  /** Name of the errno of a failure, which can be one that the model never returns; null on success. */
  readonly errno: string | null;
  /** The values that the trace shows, such as the counter of a read; null without any. */
  readonly out: Out | null;
  /** Operations before the line are missing in the trace, so that the model's result says nothing about this one. */
  readonly uncompared?: true;
}

/** One line of a script. */
export interface ScriptLine {
  readonly line: Line;
  /** The author's note, normalised by `tidyNote`; can have several lines. Empty without one. */
  readonly note: string;
  /**
   * The action of a guest or a driver that causes this line, for instance `guest unmasks vector 3`; one line, normalised
   * by `tidyAction`. Empty without one.
   */
  readonly action: string;
  /** Kept but not run. */
  readonly disabled: boolean;
  /** Absent for a line that comes from no trace, or whose result the trace does not show. */
  readonly traced?: TracedResult;
}

/** A device and the operations on it. */
export interface Script {
  /** Null: the device of the current session. */
  readonly device: DeviceSpec | null;
  /** The place to show; absent when the script names none. */
  readonly cursor?: Cursor;
  readonly lines: readonly ScriptLine[];
}

/** Returns the named model without changes. */
export function unchangedDevice(model: string): DeviceSpec {
  return {
    model,
    msix: null,
    msi: null,
    intx: null,
    generation: null,
    noDyn: false,
    noRemap: false,
    irqs: null,
    cpuVectors: null,
  };
}

/** Matches the line breaks of every operating system. */
export const LINE_BREAK = /\r\n|\n|\r/;

/** Normalises an action so that it survives printing: one line, no white space around it. */
export function tidyAction(action: string): string {
  return action
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .join(' ')
    .trim();
}

/** Normalises a note so that it survives printing: no white space around its lines, no empty line around it. */
export function tidyNote(note: string): string {
  return note
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
