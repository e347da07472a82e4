// A script: what a person makes, sends and keeps. Lessons, links, recordings and finds of the explorer are all scripts;
// everything that a script leads to is derived by replaying it.

import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import type { Cursor } from './session.ts';
import type { NamedFact } from './setupFacts.ts';

/**
 * The device and host that a script asks for, for instance `device nvme msix=8 dynamic`. Null means "as the model of
 * that name has it"; whether there is such a model is for the reader of the script to find out.
 */
export interface DeviceSpec {
  readonly model: string;
  /** MSI-X table entries, 0 to 2048; 0 for no capability. */
  readonly msix: number | null;
  /** MSI vectors offered, a power of two up to 32, or 0 for no capability. */
  readonly msi: number | null;
  /** The device has an interrupt pin. */
  readonly intx: boolean | null;
  /** The generation under which the script is meant to be seen. */
  readonly generation: GenerationId | null;
  /** The irq domain cannot allocate MSI-X vectors after MSI-X was enabled. */
  readonly noDyn: boolean;
  /** No interrupt remapping. */
  readonly noRemap: boolean;
  /** Irqs that the domain can allocate at all. */
  readonly irqs: number | null;
  /** CPU vectors that request_irq can hand to the device. */
  readonly cpuVectors: number | null;
  /** Everything else in which the setup is unusual (setupFacts.ts); absent where it is not. */
  readonly facts?: readonly NamedFact[];
}

/** One line of a script as a person keeps it. */
export interface ScriptLine {
  readonly line: Line;
  /** What the author says about it, tidy (see `tidyNote`); may have several lines. Empty for none. */
  readonly note: string;
  /**
   * What a guest or a driver did that this line follows from, for instance `guest unmasks vector 3`; one line, tidy
   * (see `tidyAction`). Empty for none.
   */
  readonly action: string;
  /** Kept but not run. */
  readonly disabled: boolean;
}

/** A device and what is done to it. */
export interface Script {
  /** Null: whatever device is being looked at. */
  readonly device: DeviceSpec | null;
  /** The place to look at; absent where the script does not say one. */
  readonly cursor?: Cursor;
  readonly lines: readonly ScriptLine[];
}

/** The model of that name without any change. */
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

/** What ends a line of text, wherever it was written. */
export const LINE_BREAK = /\r\n|\n|\r/;

/** An action in the one form that survives being written down: one line, no white space around it. */
export function tidyAction(action: string): string {
  return action
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .join(' ')
    .trim();
}

/** A note in the one form that survives being written down: no white space around its lines, no empty line around it. */
export function tidyNote(note: string): string {
  return note
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
