// The host of a recording, from its header: the release and the architecture of the kernel, and the name of the configuration.

import type { Device } from '../machine/device.ts';
import type { Host } from '../machine/host.ts';
import { releaseOf } from './releases.ts';
import { RECORDED_MACHINE } from './usualHost.ts';

/** Facts in which a configuration of the recorded machine differs from its preset. */
export interface ConfigurationFacts {
  readonly host: Partial<Host>;
  readonly device: Partial<Device>;
}

/**
 * Configurations recorded with another interrupt controller (`noapic`: two 8259, which deliver a level-triggered pin) or with
 * INTx masked at the irq chip (`vfio-pci.nointxmask=1`). All others have the facts of the preset.
 */
const CONFIGURATIONS: ReadonlyMap<string, ConfigurationFacts> = new Map([
  ['edupic', { host: { pinIsLevel: true }, device: {} }],
  ['e1000epic', { host: { pinIsLevel: true }, device: {} }],
  ['edupicnomask', { host: { pinIsLevel: true }, device: { pci_2_3: false } }],
]);

/** The recorded arm64 machine: QEMU `virt` with an SMMUv3, and a GICv3 with an ITS or a GICv2 with a v2m frame. */
const ARM64_MACHINE = {
  ...RECORDED_MACHINE,
  msiController: 'gic',
  firstIrq: 21,
  // the pin is a level for a GIC (`no-dynamic-arm64/linux-6.12/reset-disabled@edu#10`)
  pinIsLevel: true,
} as const;

/** Configurations with a GICv2 end with `v2m`: the frame has 64 interrupts (`no-dynamic-arm64/linux-7.3/exhaust-enable@nvme2048v2m#2`). */
const V2M_FACTS: ConfigurationFacts = { host: { irqPool: 64 }, device: {} };

/** Returns the facts of a recorded configuration that its header does not contain. */
export function configurationFacts(config: string): ConfigurationFacts {
  if (config.endsWith('v2m')) return V2M_FACTS;
  return CONFIGURATIONS.get(config) ?? { host: {}, device: {} };
}

/** Returns the host of a recording: the machine of its architecture with the facts of the kernel whose `uname -r` is `release`. */
export function recordedHost({ release, arch }: { readonly release: string; readonly arch: string }): Host {
  return { ...(arch === 'aarch64' ? ARM64_MACHINE : RECORDED_MACHINE), ...releaseOf(release).facts };
}
