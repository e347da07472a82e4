// Makes the device whose GET_IRQ_INFO gives the answers of a log.

import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import type { DeviceSpec } from '../../../session/script.ts';
import type { NamedFact } from '../../../session/setupFacts.ts';
import {
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import { RAISES_ALWAYS, specOf } from './device.ts';
import type { IrqInfo } from './irqInfoLine.ts';
import { MSI_VECTORS_MAX } from './tableScript.ts';

/** The answers of one device. */
interface Answered {
  readonly infos: ReadonlyMap<number, IrqInfo>;
  /** Indexes for which GET_IRQ_INFO failed. */
  readonly failed: ReadonlySet<number>;
  readonly address: string | null;
  /** vendor:device, or null. */
  readonly id: string | null;
}

/** Returns the device, or null if the log has no answer. */
export function infoDevice({ infos, failed, address, id }: Answered): DeviceSpec | null {
  if (infos.size === 0) return null;
  const msix = infos.get(VFIO_PCI_MSIX_IRQ_INDEX);
  const msi = infos.get(VFIO_PCI_MSI_IRQ_INDEX)?.count ?? null;
  const intx = infos.get(VFIO_PCI_INTX_IRQ_INDEX);
  const facts: NamedFact[] = [...RAISES_ALWAYS];
  if (address !== null) facts.push({ path: 'device.bdf', value: address });
  if (id !== null) facts.push({ path: 'device.id', value: id });
  const err = infos.get(VFIO_PCI_ERR_IRQ_INDEX);
  if (err !== undefined) facts.push({ path: 'device.pcie', value: true });
  else if (failed.has(VFIO_PCI_ERR_IRQ_INDEX)) facts.push({ path: 'device.pcie', value: false });
  const spec = specOf({
    msix: msix === undefined ? null : Math.min(msix.count, MSIX_VECTORS_MAX),
    msi: msi === null ? null : msi === 0 ? 0 : Math.min(2 ** Math.floor(Math.log2(msi)), MSI_VECTORS_MAX),
    intx: intx === undefined ? null : intx.count > 0,
    facts,
  });
  if (msix === undefined || msix.count === 0) return spec;
  // only the dynamic driver clears NORESIZE
  const isFixed = (msix.flags & VFIO_IRQ_INFO_NORESIZE) !== 0;
  return isFixed ? { ...spec, noDyn: true } : { ...spec, generation: 'dynamic' };
}

/** Returns the assumptions, and what the log cannot say. */
export function infoSentences({
  infos,
  explained,
}: Answered & { readonly explained: number }): readonly string[] {
  const sentences: string[] = [];
  if (infos.size > 0) {
    sentences.push(
      'Each line keeps the flags and count of its answer as traced result, and irqscope makes a device that gives them.',
    );
    const msix = infos.get(VFIO_PCI_MSIX_IRQ_INDEX);
    if (msix === undefined)
      sentences.push('The log has no answer for MSI-X; “lspci -vv” shows the size of its table.');
    else if (msix.count > 0)
      sentences.push(
        (msix.flags & VFIO_IRQ_INFO_NORESIZE) === 0
          ? 'MSI-X has no NORESIZE (0x8): the kernel is 6.5 or newer, and its irq domain allocates while MSI-X is enabled.'
          : 'MSI-X has NORESIZE (0x8): the kernel is older than 6.5, or its irq domain cannot allocate while MSI-X is enabled; “uname -r” tells which.',
      );
    const unknown = [VFIO_PCI_INTX_IRQ_INDEX, VFIO_PCI_MSI_IRQ_INDEX].filter((index) => !infos.has(index));
    if (unknown.length > 0)
      sentences.push(
        `The log has no answer for ${unknown.map((index) => (index === VFIO_PCI_MSI_IRQ_INDEX ? 'MSI' : 'INTx')).join(' and ')}; irqscope takes the answer from the most similar device that it has.`,
      );
  }
  if (explained > 0 || infos.size > 0)
    sentences.push('The log has no SET_IRQS with its arguments; “bpftrace vfio-irqs.bt PID” records them.');
  return sentences;
}
