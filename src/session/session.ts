// A session: everything that a person entered or chose. The model's runs are derived from it (replay.ts).

import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import { usualHost } from '../kernel/usualHost.ts';
import { bootMachine, OPENED_COMMAND } from '../machine/boot.ts';
import type { Device } from '../machine/device.ts';
import { DEVICES } from '../machine/devices.ts';
import type { Host } from '../machine/host.ts';
import type { Machine } from '../machine/machine.ts';
import type { ScriptLine } from './script.ts';

/** The place that is shown. */
export interface Cursor {
  /** Lines of the script before the place: 0 is the start, n is after (or inside) the nth line. */
  readonly line: number;
  /** The kernel step inside that line (steps.ts), or null for the line as a whole. */
  readonly step: number | null;
}

/** The device and host of a script. */
export interface Setup {
  /** The name of the device in the catalogue, or in the recording. */
  readonly deviceName: string;
  readonly device: Device;
  readonly host: Host;
  /** The command register just after open. */
  readonly command: number;
}

/** A setup, a generation, a script and a place in it. */
export interface Session {
  readonly setup: Setup;
  readonly generation: GenerationId;
  readonly script: readonly ScriptLine[];
  readonly cursor: Cursor;
}

/** The start of a script. */
export const START: Cursor = { line: 0, step: null };

/** Returns the setup of a device of the catalogue, optionally with another number of MSI-X vectors. */
export function setupOf(deviceName: string, host: Host, msixVectors?: number): Setup {
  const entry = DEVICES.find(({ name }) => name === deviceName) ?? DEVICES[0];
  if (entry === undefined) throw new Error('the catalogue of devices is empty');
  const { msix } = entry.device;
  const device =
    msixVectors === undefined || msix === null
      ? entry.device
      : { ...entry.device, msix: { ...msix, vectors: msixVectors } };
  return { deviceName: entry.name, device, host, command: OPENED_COMMAND };
}

/** Returns a session without lines on a device of the catalogue, on the recorded kernel of the generation. */
export function emptySession(generation: GenerationId, deviceName: string): Session {
  return {
    setup: setupOf(deviceName, usualHost(generation)),
    generation,
    script: [],
    cursor: START,
  };
}

/** Returns the machine before the first line. */
export function startingMachine({ device, host, command }: Setup): Machine {
  const machine = bootMachine(device, host);
  return { ...machine, pci: { ...machine.pci, command } };
}

/** Wraps a line of the model as a line of a script. */
export function scriptLine(line: Line): ScriptLine {
  return { line, note: '', action: '', disabled: false };
}
