// Makes the `device` line for a device that a text describes: the nearest model of the catalogue and the facts in which the
// described device differs from it.

import { DEVICES } from '../../../machine/devices.ts';
import { type DeviceSpec, unchangedDevice } from '../../../session/script.ts';
import { scriptSetup } from '../../../session/scriptMachine.ts';
import { factsBeside, type NamedFact, withFacts } from '../../../session/setupFacts.ts';

/** A described device. Null means that the text does not say it. */
export interface SeenDevice {
  /** MSI-X table entries; 0 for no capability. */
  readonly msix: number | null;
  /** MSI vectors offered; 0 for no capability. */
  readonly msi: number | null;
  /** The device has an interrupt pin. */
  readonly intx: boolean | null;
  /** The words of the text for its kind, such as `Non-Volatile memory controller`. */
  readonly about?: string;
  readonly facts: readonly NamedFact[];
}

/** The kinds of devices that the catalogue has, by words of lspci and names of drivers. */
const KINDS: readonly (readonly [words: RegExp, model: string])[] = [
  [/non-volatile memory|\bnvme?\b|\[0108\]|^0108:/i, 'nvme'],
  [/ethernet|network|\[02\d\d\]|^02\d\d:|\bnet_\w+/i, 'e1000e'],
  [/\busb\b|xhci|\[0c03\]|^0c03:/i, 'xhci'],
];

/** Returns the name of the catalogue's nearest device: the same kind, or else the same capabilities. */
function nearestModel({ msix, msi, about = '' }: SeenDevice): string {
  const kind = KINDS.find(([words]) => words.test(about))?.[1];
  if (kind !== undefined) return kind;
  if (msix === 0) return 'edu';
  return (msi ?? 0) > 0 ? 'e1000e' : 'nvme';
}

/** Returns the nearest catalogue device with the described capabilities and facts. */
export function specOf(seen: SeenDevice): DeviceSpec {
  const { msix, msi, intx } = seen;
  const spec = { ...unchangedDevice(nearestModel(seen)), msix, msi, intx };
  return withSpecFacts(spec, seen.facts);
}

/** Adds facts to a `device` line; those that its model has already are left out. */
function withSpecFacts(spec: DeviceSpec, facts: readonly NamedFact[]): DeviceSpec {
  const made = scriptSetup(spec, null);
  if (!made.ok) return spec;
  const { setup } = made.value;
  const differing = factsBeside(setup, withFacts(setup, facts));
  return differing.length === 0 ? spec : { ...spec, facts: differing };
}

/** The facts of a device whose way to raise interrupts is unknown: a script may raise in every mode. */
export const RAISES_ALWAYS: readonly NamedFact[] = [
  { path: 'device.raise', value: 'always' },
  { path: 'device.raiseVectors', value: null },
];

/** Says which model a spec is based on. */
export function modelSentence({ model }: DeviceSpec): string {
  const about = DEVICES.find(({ name }) => name === model)?.device.model ?? model;
  return `irqscope takes the rest of the device from the most similar one that it has, ${about}. The text does not say how the real one raises interrupts, so the script may raise in every mode.`;
}
