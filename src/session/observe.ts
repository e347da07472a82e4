// The model seen from outside: its state and its calls in the terms of a recording.

import type { IntMap } from '../base/intMap.ts';
import type { Frame } from '../kernel/frame.ts';
import type { Machine, TableEntry } from '../machine/machine.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MEMORY } from '../uapi/pciRegs.ts';
import type { ObservedCall, ObservedEntry, ObservedIrq, ObservedState } from './recording.ts';

/** What the recorder would note of a machine (recordings format, `after`). */
export function observe(machine: Machine): ObservedState {
  const { pci, domain, device, vdev } = machine;
  const eventfds = new Map<number, bigint>();
  machine.fds.forEach((file, fd) => {
    const eventfd = file.kind === 'eventfd' ? machine.eventfds.get(file.ev) : undefined;
    if (eventfd !== undefined) eventfds.set(fd, eventfd.count);
  });
  const irqs: ObservedIrq[] = [];
  domain.descs.forEach((desc, vector) => {
    irqs.push([vector, desc.irq, desc.handler === null ? 0 : 1]);
  });
  const { addressLow, addressHigh, data } = pci.msi.message;
  return {
    eventfds,
    irqMode: irqs.length > 0 ? domain.mode : null,
    irqs,
    intx: {
      requested: vdev.intx?.requested ?? false,
      disabled: (pci.command & PCI_COMMAND_INTX_DISABLE) !== 0,
      pending: pci.pinAsserted,
    },
    command: pci.command,
    ...(device.msi === null
      ? {}
      : {
          msi: {
            enabled: pci.msi.enabled,
            vectors: pci.msi.vectors,
            message: [addressLow, addressHigh, data] as const,
            ...(device.msi.maskable ? { mask: pci.msi.mask, pending: pci.msi.pending } : {}),
          },
        }),
    ...(device.msix === null
      ? {}
      : {
          msix: { enabled: pci.msixEnabled, functionMask: pci.msixFunctionMask },
          table: (pci.command & PCI_COMMAND_MEMORY) === 0 ? null : observeTable(pci.entries),
        }),
  };
}

function observeTable(entries: IntMap<TableEntry>): readonly ObservedEntry[] {
  const table: ObservedEntry[] = [];
  entries.forEach((entry, vector) => {
    const { addressLow, addressHigh, data, masked, pending } = entry;
    table.push([vector, addressLow, addressHigh, data, Number(masked), Number(pending)]);
  });
  return table;
}

/** The functions that recordings show (recordings format, `calls`). */
const RECORDED_FUNCTIONS: ReadonlySet<string> = new Set([
  'vfio_pci_set_irqs_ioctl',
  'vfio_msi_set_block',
  'vfio_msi_set_vector_signal',
  'vfio_msi_disable',
  'pci_alloc_irq_vectors',
  'pci_free_irq_vectors',
  'pci_msix_alloc_irq_at',
  'pci_msix_free_irq',
  'pci_irq_vector',
  'eventfd_ctx_fdget',
  'eventfd_ctx_put',
  'eventfd_signal',
  'request_irq',
  'free_irq',
  'irq_bypass_register_producer',
  'irq_bypass_unregister_producer',
  'get_cached_msi_msg',
  'pci_write_msi_msg',
  'pci_intx',
  'pci_try_reset_function',
]);

/** The frames of a recorder of the calling process, their depths and lengths among themselves. */
export function observedFrames(frames: readonly Frame[]): readonly Frame[] {
  const kept: Frame[] = [];
  const depths: number[] = [];
  const open: number[] = [];
  for (const frame of frames) {
    while (open.length > 0 && (open.at(-1) ?? 0) >= frame.depth) open.pop();
    if (frame.deferred || !RECORDED_FUNCTIONS.has(frame.fn)) continue;
    kept.push(frame);
    depths.push(open.length);
    open.push(frame.depth);
  }
  return kept.map((frame, at) => {
    const depth = depths[at] ?? 0;
    const end = depths.findIndex((other, place) => place > at && other <= depth);
    return { ...frame, depth, below: (end < 0 ? kept.length : end) - at - 1 };
  });
}

/** The calls of a traced run as a recorder of the calling process would see them. */
export function observeCalls(frames: readonly Frame[]): readonly ObservedCall[] {
  const calls: ObservedCall[] = [];
  // depths of the recorded functions that the current frame lies in
  const open: number[] = [];
  for (const frame of frames) {
    while (open.length > 0 && (open.at(-1) ?? 0) >= frame.depth) open.pop();
    if (frame.deferred || !RECORDED_FUNCTIONS.has(frame.fn)) continue;
    calls.push({
      fn: frame.fn,
      depth: open.length,
      interrupt: frame.interrupt,
      ...(frame.ret === undefined ? {} : { ret: frame.ret }),
      args: frame.args,
    });
    open.push(frame.depth);
  }
  return calls;
}
