// A session: everything a person has made or chosen. What the model answers to it is derived (replay.ts).

import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import { recordedPreset } from '../kernel/presets.ts';
import { bootMachine, OPENED_COMMAND } from '../machine/boot.ts';
import type { Device } from '../machine/device.ts';
import { DEVICES } from '../machine/devices.ts';
import type { Host } from '../machine/host.ts';
import type { Machine } from '../machine/machine.ts';
import type { ScriptLine } from './script.ts';

/** Where a person looks. */
export interface Cursor {
  /** Lines of the script that lie behind: 0 is the start, n is after (or inside) the nth line. */
  readonly line: number;
  /** The kernel step inside that line (steps.ts), or null for the line as a whole. */
  readonly step: number | null;
}

/** What the script runs on. */
export interface Setup {
  /** The catalogue's name of the device, or the recording's name of it. */
  readonly deviceName: string;
  readonly device: Device;
  readonly host: Host;
  /** Command register when the device has just been opened. */
  readonly command: number;
}

/** A person's work: a setup, a generation, a script and a place in it. */
export interface Session {
  readonly setup: Setup;
  readonly generation: GenerationId;
  readonly script: readonly ScriptLine[];
  readonly cursor: Cursor;
}

/** The start of a script. */
export const START: Cursor = { line: 0, step: null };

/** The setup of a device of the catalogue, with another number of MSI-X vectors if one is given. */
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

/** A session without lines on a device of the catalogue, on the kernel that was recorded for the generation. */
export function emptySession(generation: GenerationId, deviceName: string): Session {
  return {
    setup: setupOf(deviceName, recordedPreset(generation).host),
    generation,
    script: [],
    cursor: START,
  };
}

/** The machine before the first line. */
export function startingMachine({ device, host, command }: Setup): Machine {
  const machine = bootMachine(device, host);
  return { ...machine, pci: { ...machine.pci, command } };
}

/** A line of the model as a line of a script. */
export function scriptLine(line: Line): ScriptLine {
  return { line, note: '', action: '', disabled: false };
}
