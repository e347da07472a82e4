// The host's view: the irqs that this device has, as /proc/interrupts and the directory msi_irqs show them.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Thing } from '../linked/things.ts';

/** One requested or allocated irq. */
export interface InterruptLine {
  readonly irq: number;
  readonly chip: string;
  /** Number within the chip and how it triggers, for instance `1-edge`. */
  readonly source: string;
  /** Interrupts delivered on the one CPU. */
  readonly count: number;
  /** The handler's name, or null for an irq that is allocated and not requested. */
  readonly name: string | null;
  readonly things: readonly Thing[];
}

/** Kernels with a domain for each device name the chip by it (6.2 and later); before that there was one for all. */
const hasDeviceDomain = (generation: GenerationId) => generation !== 'static';

/** The chip's name, for instance `IR-PCI-MSIX-0000:00:04.0`, or `IR-PCI-MSI` on 6.1. */
export function chipName({ host, domain, device }: Machine, generation: GenerationId): string {
  const remapped = host.irqRemapping ? 'IR-' : '';
  if (!hasDeviceDomain(generation)) return `${remapped}PCI-MSI`;
  return `${remapped}PCI-MSI${domain.mode === 'msix' ? 'X' : ''}-${device.bdf}`;
}

/** The number within the chip: the table index, or on 6.1 index, device and PCI domain in one (pci_msi_domain_calc_hwirq). */
export function hardwareIrq({ device }: Machine, generation: GenerationId, vector: number): number {
  if (hasDeviceDomain(generation)) return vector;
  const [, domain = '0', bus = '0', slot = '0', fn = '0'] =
    /^([\da-f]+):([\da-f]+):([\da-f]+)\.(\d)$/.exec(device.bdf) ?? [];
  const id = Number.parseInt(bus, 16) * 256 + Number.parseInt(slot, 16) * 8 + Number(fn);
  return vector + id * 2 ** 11 + Number.parseInt(domain, 16) * 2 ** 27;
}

/** The device's irqs in ascending order of number. */
export function interruptLines(
  machine: Machine,
  generation: GenerationId,
  counts: { readonly get: (irq: number) => number | undefined } = new Map(),
): readonly InterruptLine[] {
  const { domain, device, vdev, host } = machine;
  const lines: InterruptLine[] = [];
  if (vdev.intx?.requested === true) {
    lines.push({
      irq: host.pinIrq,
      chip: `${host.irqRemapping ? 'IR-' : ''}IO-APIC`,
      source: `${host.pinIrq}-fasteoi`,
      count: counts.get(host.pinIrq) ?? 0,
      name: `vfio-intx(${device.bdf})`,
      things: [{ kind: 'irq', id: host.pinIrq }],
    });
  }
  const chip = chipName(machine, generation);
  domain.descs.forEach((desc, vector) => {
    lines.push({
      irq: desc.irq,
      chip,
      source: `${hardwareIrq(machine, generation, vector)}-edge`,
      count: counts.get(desc.irq) ?? 0,
      name: desc.name,
      things: [{ kind: 'irq', id: desc.irq }],
    });
  });
  return lines.sort((a, b) => a.irq - b.irq);
}

/** The heading of /proc/interrupts on a machine with one CPU. */
export const INTERRUPTS_HEAD = `${' '.repeat(16)}CPU0`;

/** One line as show_interrupts() prints it. */
export function interruptText({ irq, count, chip, source, name }: InterruptLine): string {
  const [number = '', trigger = ''] = source.split('-');
  const flow = `${number.padStart(4)}-${trigger.padEnd(8)}`;
  return `${String(irq).padStart(4)}: ${String(count).padStart(10)}  ${chip.padStart(8)} ${flow}${name === null ? '' : `  ${name}`}`;
}

/** True for the lines that /proc/interrupts has: requested, or not requested and counted before. */
export function isListed({ name, count }: InterruptLine): boolean {
  return name !== null || count > 0;
}
