// Real kernels: a generation plus host facts (docs/driver.md §0). The numbers of the recorded machine (QEMU q35, one x86 CPU)
// are read from the recordings: first irq 25, pin irq 20, and 194 CPU vectors for the device, with and without interrupt
// remapping, on both kernels (`exhaust-enable@nvme2048#2`, `exhaust-enable@nvme2048noir#2`: the 195th request_irq fails).
// Other devices have 10 reservations: the warning begins at the 185th vector (docs/facts.md N8, `reservation-185@nvme2048#1`).

import { type Host, releaseFactsOf } from '../machine/host.ts';
import type { GenerationId, NamedGenerationId } from './generations/generation.ts';
import { baseOf } from './generations/policies.ts';
import { release } from './releases.ts';
import { RECORDED_MACHINE } from './usualHost.ts';

/** A kernel that the user can choose. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly generation: GenerationId;
  /** Id of the release whose facts the host has (releases.ts). */
  readonly release: string;
  readonly host: Host;
  /** The kernel and the source of its facts. */
  readonly about: string;
}

/** Every preset, oldest kernel first. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'linux-5.10',
    label: 'Linux 5.10.223',
    generation: 'static',
    release: '5.10',
    host: { ...RECORDED_MACHINE, ...release('5.10').facts },
    about: 'Recorded: Debian 5.10.223, static MSI-X that unwinds a failed block downwards.',
  },
  {
    id: 'linux-6.1-original',
    label: 'Linux 6.1 … 6.4 as released',
    generation: 'static',
    release: '6.4',
    host: { ...RECORDED_MACHINE, ...release('6.4').facts },
    about: 'The static driver without the back-ported INTx fixes of 2024.',
  },
  {
    id: 'linux-6.1',
    label: 'Linux 6.1.192',
    generation: 'static',
    release: '6.1',
    host: { ...RECORDED_MACHINE, ...release('6.1').facts },
    about: 'Recorded: Debian 6.1.192, static MSI-X with the back-ported INTx fixes.',
  },
  {
    id: 'v2-as-posted',
    label: 'V2 as posted',
    generation: 'v2',
    release: '6.4',
    host: { ...RECORDED_MACHINE, ...release('6.4').facts },
    about: 'The posting of 28 March 2023 on v6.3-rc, with INTx and ERR/REQ of that kernel.',
  },
  {
    id: 'v2-on-6.12',
    label: 'V2 on 6.12.117',
    generation: 'v2',
    release: '6.12',
    host: { ...RECORDED_MACHINE, ...release('6.12').facts },
    about: 'Recorded: 6.12.117 with the MSI and MSI-X part of V2.',
  },
  {
    id: 'v3-as-posted',
    label: 'V3 as posted',
    generation: 'v3',
    release: '6.4',
    host: { ...RECORDED_MACHINE, ...release('6.4').facts },
    about: 'The posting of 18 April 2023 on v6.3-rc7, with INTx and ERR/REQ of that kernel.',
  },
  {
    id: 'v3-on-6.12',
    label: 'V3 on 6.12.117',
    generation: 'v3',
    release: '6.12',
    host: { ...RECORDED_MACHINE, ...release('6.12').facts },
    about: 'Recorded: 6.12.117 with the error path of V3.',
  },
  {
    id: 'linux-6.5',
    label: 'Linux 6.5 … 6.8 as released',
    generation: 'dynamic',
    release: '6.6',
    host: { ...RECORDED_MACHINE, ...release('6.6').facts },
    about: 'The merged driver before the INTx fixes of 2024.',
  },
  {
    id: 'linux-6.12',
    label: 'Linux 6.12.117',
    generation: 'dynamic',
    release: '6.12',
    host: { ...RECORDED_MACHINE, ...release('6.12').facts },
    about: 'Recorded: Debian 6.12.117, the merged driver.',
  },
  {
    id: 'linux-6.18',
    label: 'Linux 6.18.15',
    generation: 'dynamic',
    release: '6.18',
    host: { ...RECORDED_MACHINE, ...release('6.18').facts },
    about: 'Recorded: Debian 6.18.15. MSI-X as in 6.12; a reset prints two warnings.',
  },
  {
    id: 'linux-7.2',
    label: 'Linux 7.2.13',
    generation: 'dynamic',
    release: '7.2',
    host: { ...RECORDED_MACHINE, ...release('7.2').facts },
    about: 'Recorded: Debian 7.2.13. Same results as 6.18.',
  },
  {
    id: 'linux-7.3',
    label: 'Linux 7.3.4',
    generation: 'dynamic',
    release: '7.3',
    host: { ...RECORDED_MACHINE, ...release('7.3').facts },
    about: 'Recorded: Debian 7.3.4. MSI-X as in 6.12; every device has an ERR index.',
  },
  {
    id: 'track-on-6.12',
    label: 'track (proposed) on 6.12.117',
    generation: 'track',
    release: '6.12',
    host: { ...RECORDED_MACHINE, ...release('6.12').facts },
    about:
      'A proposal that no kernel has, not recorded: V3, but a failing assignment frees only the irq that it allocated.',
  },
  {
    id: 'hold-on-6.12',
    label: 'hold (proposed) on 6.12.117',
    generation: 'hold',
    release: '6.12',
    host: { ...RECORDED_MACHINE, ...release('6.12').facts },
    about: 'A proposal that no kernel has, not recorded: dynamic, but a swap keeps the irq requested.',
  },
];

const RECORDED: Readonly<Record<NamedGenerationId, string>> = {
  static: 'linux-6.1',
  v2: 'v2-on-6.12',
  v3: 'v3-on-6.12',
  dynamic: 'linux-6.12',
  track: 'track-on-6.12',
  hold: 'hold-on-6.12',
};

/**
 * Returns the preset of a generation whose release facts are those of `host`, or undefined. Facts that `host` does not name
 * match any preset; then the recorded kernel of the generation comes first.
 */
export function presetOf(generation: GenerationId, host: Partial<Host>): Preset | undefined {
  const named = new Map<string, unknown>(Object.entries(host));
  const matches = (preset: Preset): boolean =>
    preset.generation === generation &&
    Object.entries(releaseFactsOf(preset.host)).every(
      ([name, value]) => named.get(name) === undefined || named.get(name) === value,
    );
  const usual = recordedPreset(generation);
  return matches(usual) ? usual : PRESETS.find(matches);
}

/** Returns the preset with that id, or undefined. */
function presetById(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}

/** Returns the recorded kernel of a generation; for a proposal or a what-if kernel the one on which it is based. */
export function recordedPreset(id: GenerationId): Preset {
  const preset = presetById(RECORDED[baseOf(id)]);
  if (preset === undefined) throw new Error(`no recorded kernel for ${id}`);
  return preset;
}
