// Real kernels as a generation plus the orthogonal facts of the build and the machine (spec section 0). The numbers of
// the recorded machine (QEMU q35, one x86 CPU) are read off the recordings: first irq 25, pin irq 20, and 194 CPU
// vectors left for the device, with and without interrupt remapping, on both kernels (`exhaust-enable@nvme2048#2`,
// `exhaust-enable@nvme2048noir#2`: the 195th request_irq fails).

import type { Device } from '../machine/device.ts';
import type { Host } from '../machine/host.ts';
import type { GenerationId } from './generations/generation.ts';

/** A kernel that a person can choose. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly generation: GenerationId;
  readonly host: Host;
  /** What it stands for and where its facts come from. */
  readonly about: string;
}

const RECORDED_MACHINE = {
  canAllocDyn: true,
  irqRemapping: true,
  firstIrq: 25,
  pinIrq: 20,
  pinIsLevel: false,
  cpuVectors: 194,
  otherReservations: 4,
  irqPool: null,
} as const;

/** Every preset, oldest kernel first. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'linux-6.1-original',
    label: 'Linux 6.1 … 6.4 as released',
    generation: 'static',
    host: { ...RECORDED_MACHINE, intx: 'legacy', errReq: 'plain' },
    about: 'The static driver before the INTx repairs of 2024 were back-ported.',
  },
  {
    id: 'linux-6.1',
    label: 'Linux 6.1.192',
    generation: 'static',
    host: { ...RECORDED_MACHINE, intx: 'persistent', errReq: 'plain' },
    about: 'Recorded: Debian 6.1.192, static MSI-X with the back-ported INTx repairs.',
  },
  {
    id: 'v2-as-posted',
    label: 'V2 as posted',
    generation: 'v2',
    host: { ...RECORDED_MACHINE, intx: 'legacy', errReq: 'plain' },
    about: 'The posting of 28 March 2023 on v6.3-rc, INTx and ERR/REQ of that time.',
  },
  {
    id: 'v2-on-6.12',
    label: 'V2 on 6.12.117',
    generation: 'v2',
    host: { ...RECORDED_MACHINE, intx: 'persistent', errReq: 'rcu' },
    about: 'Recorded: 6.12.117 with the MSI and MSI-X part of V2 put in.',
  },
  {
    id: 'v3-as-posted',
    label: 'V3 as posted',
    generation: 'v3',
    host: { ...RECORDED_MACHINE, intx: 'legacy', errReq: 'plain' },
    about: 'The posting of 18 April 2023 on v6.3-rc7, INTx and ERR/REQ of that time.',
  },
  {
    id: 'v3-on-6.12',
    label: 'V3 on 6.12.117',
    generation: 'v3',
    host: { ...RECORDED_MACHINE, intx: 'persistent', errReq: 'rcu' },
    about: 'Recorded: 6.12.117 with the error path of V3.',
  },
  {
    id: 'linux-6.5',
    label: 'Linux 6.5 … 6.8 as released',
    generation: 'dynamic',
    host: { ...RECORDED_MACHINE, intx: 'legacy', errReq: 'plain' },
    about: 'The merged driver before the INTx repairs of 2024.',
  },
  {
    id: 'linux-6.12',
    label: 'Linux 6.12.117',
    generation: 'dynamic',
    host: { ...RECORDED_MACHINE, intx: 'persistent', errReq: 'rcu' },
    about: 'Recorded: Debian 6.12.117, the merged driver.',
  },
];

const RECORDED: Readonly<Record<GenerationId, string>> = {
  static: 'linux-6.1',
  v2: 'v2-on-6.12',
  v3: 'v3-on-6.12',
  dynamic: 'linux-6.12',
};

/** Facts in which a configuration of the recorded machine departs from its preset. */
export interface ConfigurationFacts {
  readonly host: Partial<Host>;
  readonly device: Partial<Device>;
}

/**
 * Configurations that were recorded with another interrupt controller (`noapic`: two 8259, which show a level as a level)
 * or with INTx masked at the irq chip (`vfio-pci.nointxmask=1`). All others are as the preset says.
 */
const CONFIGURATIONS: ReadonlyMap<string, ConfigurationFacts> = new Map([
  ['edupic', { host: { pinIsLevel: true }, device: {} }],
  ['e1000epic', { host: { pinIsLevel: true }, device: {} }],
  ['edupicnomask', { host: { pinIsLevel: true }, device: { pci_2_3: false } }],
]);

/** What is known of a recorded configuration besides its header. */
export function configurationFacts(config: string): ConfigurationFacts {
  return CONFIGURATIONS.get(config) ?? { host: {}, device: {} };
}

/** The preset of that id, or undefined. */
function presetById(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}

/** The kernel that was recorded for a generation. */
export function recordedPreset(id: GenerationId): Preset {
  const preset = presetById(RECORDED[id]);
  if (preset === undefined) throw new Error(`no recorded kernel for ${id}`);
  return preset;
}
