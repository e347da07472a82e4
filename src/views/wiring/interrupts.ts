// The host's view of the device's irqs, as in /proc/interrupts and the directory msi_irqs.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { OTHER_HANDLER } from '../../kernel/intx.ts';
import type { Host } from '../../machine/host.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Thing } from '../linked/things.ts';

/** One requested or allocated irq. */
export interface InterruptLine {
  readonly irq: number;
  readonly chip: string;
  /** Number within the chip and trigger type, for instance `1-edge`. */
  readonly source: string;
  /** Interrupts delivered on the one CPU. */
  readonly count: number;
  /** The handler's name, or null for an irq that is allocated but not requested, and in a recording, which has no names. */
  readonly name: string | null;
  /** The irq has a handler. */
  readonly requested: boolean;
  /** The vector, or null for the pin. */
  readonly vector: number | null;
  readonly things: readonly Thing[];
}

/** Since 6.2 each device has an irq domain that names its chip; earlier kernels have one domain for all devices. */
const hasDeviceDomain = (generation: GenerationId) => generation !== 'static';

/** Prefix of the chips for messages: of interrupt remapping, of an ITS, or of a v2m frame, which isolates no messages. */
function prefix({ msiController, irqRemapping }: Host): string {
  if (msiController === 'gic') return irqRemapping ? 'ITS-' : 'GICv2m-';
  return irqRemapping ? 'IR-' : '';
}

/** Returns the chip's name, for instance `IR-PCI-MSIX-0000:00:04.0`, or `IR-PCI-MSI` on 6.1. */
export function chipName({ host, domain, device }: Machine, generation: GenerationId): string {
  if (!hasDeviceDomain(generation)) return `${prefix(host)}PCI-MSI`;
  return `${prefix(host)}PCI-MSI${domain.mode === 'msix' ? 'X' : ''}-${device.bdf}`;
}

/** Returns the number within the chip: the table index; on 6.1 it combines index, device and PCI domain (pci_msi_domain_calc_hwirq). */
export function hardwareIrq({ device }: Machine, generation: GenerationId, vector: number): number {
  if (hasDeviceDomain(generation)) return vector;
  const [, domain = '0', bus = '0', slot = '0', fn = '0'] =
    /^([\da-f]+):([\da-f]+):([\da-f]+)\.(\d)$/.exec(device.bdf) ?? [];
  const id = Number.parseInt(bus, 16) * 256 + Number.parseInt(slot, 16) * 8 + Number(fn);
  return vector + id * 2 ** 11 + Number.parseInt(domain, 16) * 2 ** 27;
}

/** Returns the device's irqs in ascending order of number; the count of a shared pin leaves out the other device. */
export function interruptLines(
  machine: Machine,
  generation: GenerationId,
  counts: { readonly get: (irq: number) => number | undefined } = new Map(),
): readonly InterruptLine[] {
  const { domain, host } = machine;
  const lines: InterruptLine[] = [];
  const pin = pinHandlers(machine);
  if (pin !== null) {
    lines.push({
      irq: host.pinIrq,
      chip: host.msiController === 'gic' ? 'GIC' : `${prefix(host)}IO-APIC`,
      source: `${host.pinIrq}-fasteoi`,
      count: counts.get(host.pinIrq) ?? 0,
      name: pin,
      requested: true,
      vector: null,
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
      requested: desc.handler !== null,
      vector,
      things: [{ kind: 'irq', id: desc.irq }],
    });
  });
  return lines.sort((a, b) => a.irq - b.irq);
}

/** Returns the names on the pin's irq in the order of their requests, as show_interrupts() prints them; null without a handler. */
export function pinHandlers({ host, vdev, device }: Machine): string | null {
  const names = [
    ...(host.pinShared === 'alone' ? [] : [OTHER_HANDLER]),
    ...(vdev.intx?.requested === true ? [`vfio-intx(${device.bdf})`] : []),
  ];
  return names.length === 0 ? null : names.join(', ');
}

/** The heading of /proc/interrupts on a machine with one CPU. */
export const INTERRUPTS_HEAD = `${' '.repeat(16)}CPU0`;

/** Returns one line in the format of show_interrupts(). */
export function interruptText({ irq, count, chip, source, name }: InterruptLine): string {
  const [number = '', trigger = ''] = source.split('-');
  const flow = `${number.padStart(4)}-${trigger.padEnd(8)}`;
  return `${String(irq).padStart(4)}: ${String(count).padStart(10)}  ${chip.padStart(8)} ${flow}${name === null ? '' : `  ${name}`}`;
}

/** Returns true for lines of /proc/interrupts: requested, or with a count. */
export function isListed({ requested, count }: InterruptLine): boolean {
  return requested || count > 0;
}
