// The model as a recorder would see it: state and calls in the terms of a recording.

import type { IntMap } from '../base/intMap.ts';
import type { Frame } from '../kernel/frame.ts';
import type { Machine, TableEntry } from '../machine/machine.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MEMORY } from '../uapi/pciRegs.ts';

/** Three u32: address low, address high, data. */
export type Message = readonly [number, number, number];

/** `[vector, irq, requested]`; requested is 1 with the right handler, 0 without one, 2 with a wrong one. */
export type ObservedIrq = readonly [number, number, number];

/** `[entry, addressLow, addressHigh, data, masked, pending]`. */
export type ObservedEntry = readonly [number, number, number, number, number, number];

/** The state after a step as an observer outside the kernel sees it. */
export interface ObservedState {
  /** Counter by descriptor, in ascending order of descriptor. */
  readonly eventfds: ReadonlyMap<number, bigint>;
  readonly irqMode: 'msix' | 'msi' | null;
  readonly irqs: readonly ObservedIrq[];
  readonly intx: { readonly requested: boolean; readonly disabled: boolean; readonly pending: boolean };
  readonly command: number;
  readonly msi?: {
    readonly enabled: boolean;
    readonly vectors: number;
    readonly message: Message;
    readonly mask?: number;
    readonly pending?: number;
  };
  readonly msix?: { readonly enabled: boolean; readonly functionMask: boolean };
  /**
   * Null while memory space is disabled; absent without MSI-X and when the recorder could not reach the table. Blank
   * entries are left out.
   */
  readonly table?: readonly ObservedEntry[] | null;
}

/** A kernel call with its named fields as recorded. */
export interface ObservedCall {
  readonly fn: string;
  readonly depth: number;
  readonly interrupt: boolean;
  /** Absent for a function without a return value. */
  readonly ret?: number | string;
  readonly args: Readonly<Record<string, number | string | null | readonly number[]>>;
}

/** The registers and the pin of a device, with MSI and MSI-X also where the device lacks them. */
export interface ObservedDevice extends Pick<ObservedState, 'irqMode' | 'intx' | 'command'> {
  readonly msi: Required<NonNullable<ObservedState['msi']>>;
  readonly msix: NonNullable<ObservedState['msix']>;
}

/** Returns the registers and the pin of a machine. */
export function observeDevice({ pci, domain, vdev }: Machine): ObservedDevice {
  const { addressLow, addressHigh, data } = pci.msi.message;
  return {
    irqMode: domain.mode,
    intx: {
      requested: vdev.intx?.requested ?? false,
      disabled: (pci.command & PCI_COMMAND_INTX_DISABLE) !== 0,
      pending: pci.pinAsserted,
    },
    command: pci.command,
    msi: {
      enabled: pci.msi.enabled,
      vectors: pci.msi.vectors,
      message: [addressLow, addressHigh, data],
      mask: pci.msi.mask,
      pending: pci.msi.pending,
    },
    msix: { enabled: pci.msixEnabled, functionMask: pci.msixFunctionMask },
  };
}

/** Returns the recorded form of a machine (docs/recording-format.md, `after`). */
export function observe(machine: Machine): ObservedState {
  const { pci, domain, device } = machine;
  const eventfds = new Map<number, bigint>();
  machine.fds.forEach((file, fd) => {
    const eventfd = file.kind === 'eventfd' ? machine.eventfds.get(file.ev) : undefined;
    if (eventfd !== undefined) eventfds.set(fd, eventfd.count);
  });
  const irqs: ObservedIrq[] = [];
  domain.descs.forEach((desc, vector) => {
    irqs.push([vector, desc.irq, desc.handler === null ? 0 : 1]);
  });
  const { irqMode, intx, command, msi, msix } = observeDevice(machine);
  const { mask, pending, ...unmaskable } = msi;
  return {
    eventfds,
    irqMode: irqs.length > 0 ? irqMode : null,
    irqs,
    intx,
    command,
    ...(device.msi === null ? {} : { msi: device.msi.maskable ? msi : unmaskable }),
    ...(device.msix === null
      ? {}
      : { msix, table: (command & PCI_COMMAND_MEMORY) === 0 ? null : observeTable(pci.entries) }),
  };
}

function observeTable(entries: IntMap<TableEntry>): readonly ObservedEntry[] {
  const table: ObservedEntry[] = [];
  entries.forEach((entry, vector) => {
    table.push(observeEntry(vector, entry));
  });
  return table;
}

/** Returns the recorded form of a table entry. */
export function observeEntry(
  vector: number,
  { addressLow, addressHigh, data, masked, pending }: TableEntry,
): ObservedEntry {
  return [vector, addressLow, addressHigh, data, Number(masked), Number(pending)];
}

/** The functions that recordings show (docs/recording-format.md, `calls`). */
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

/** Returns whether recordings show the calls of a kernel function. */
export function isRecorded(fn: string): boolean {
  return RECORDED_FUNCTIONS.has(fn);
}

/** Returns the frames of the calling process, with depths and lengths relative to each other. */
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

/** Returns the calls of a traced run that a recorder of the calling process sees. */
export function observeCalls(frames: readonly Frame[]): readonly ObservedCall[] {
  const calls: ObservedCall[] = [];
  // depths of the recorded functions around the current frame
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
