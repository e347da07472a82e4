// The ioctls and closes around the events of a QEMU trace, with their results as far as an event shows them.

import { eventfds, newEventfd, without } from '../../../clients/client.ts';
import {
  FD_ERR,
  FD_INTX,
  FD_REQ,
  FD_RESAMPLE,
  fdKvm,
  fdUser,
  MASK_NONE,
  type QemuState,
  TRIGGER_EVENTFD,
  TRIGGER_NONE,
  UNMASK_EVENTFD,
  UNMASK_NONE,
} from '../../../clients/qemuState.ts';
import type { Op } from '../../../kernel/line.ts';
import type { TracedResult } from '../../../session/script.ts';
import { PCI_COMMAND } from '../../../uapi/pciRegs.ts';
import {
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import { errnoOfText } from '../../strerror.ts';
import type { QemuEvent } from './eventLine.ts';

/** Operations with the results that the trace shows. */
export interface Derived {
  readonly ops: readonly Op[];
  /** By position; null or absent without one. */
  readonly traced?: readonly (TracedResult | null)[];
}

/** The operations, the reason for no operation, or a problem. */
export type Took = Derived | string | { readonly expected: string; readonly found: string };

/** A call that succeeded, because QEMU prints the event only then. */
export const WORKED: TracedResult = { ret: 0, errno: null, out: null };

/** The calls that QEMU repeats. */
export const MSIX_OFF = without(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
export const MSI_OFF = without(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_NONE, 0, 0);
export const INTX_OFF = without(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
export const INTX_MASK = without(VFIO_PCI_INTX_IRQ_INDEX, MASK_NONE, 0, 1);
export const INTX_UNMASK = without(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_NONE, 0, 1);
export const INTX_ON = eventfds(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_INTX]);
export const INTX_RESAMPLE = eventfds(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_EVENTFD, 0, [FD_RESAMPLE]);
export const NO_VECTOR = eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [-1]);
/** The most MSI vectors of a device. */
export const MSI_MOST = 32;

/**
 * The result of VFIO_DEVICE_PCI_HOT_RESET, which QEMU prints as text. QEMU asks for the functions with an array for none and then with
 * one that is large enough (vfio_pci_get_pci_hot_reset_info).
 */
function hotReset(result: string): Took {
  const errno = errnoOfText(result);
  const isKnown = errno !== null || result === 'Success';
  const traced: TracedResult = errno === null ? WORKED : { ret: -1, errno, out: null };
  return { ops: [{ op: 'hot_reset' }], traced: isKnown ? [traced] : [] };
}

/** VFIO_DEVICE_GET_INFO, of which QEMU prints the answer. */
function deviceInfo(numbers: ReadonlyMap<string, number>): Took {
  const [flags = 0, regions = 0, irqs = 0] = ['flags', 'num_regions', 'num_irqs'].map((name) =>
    numbers.get(name),
  );
  return {
    ops: [{ op: 'device_info' }],
    traced: [{ ret: 0, errno: null, out: { flags, regions, irqs } }],
  };
}

/** The vectors in ascending order. */
export function ascending({ vectors }: QemuState) {
  return [...vectors].sort(([a], [b]) => a - b);
}

/** Closes the eventfds of every vector (vfio_msi_disable_common): ascending, KVM's before the main loop's. */
export function closings(state: QemuState): readonly Op[] {
  return ascending(state).flatMap(([n, { virq }]): Op[] => [
    ...(virq ? [{ op: 'close', fd: fdKvm(n) } as const] : []),
    { op: 'close', fd: fdUser(n) },
  ]);
}

/** The state of QEMU before any event. */
export const START: QemuState = {
  interrupt: 'none',
  nr_vectors: 0,
  noresize: false,
  vectors: new Map(),
  guestUnmasked: new Set(),
  guestFunctionMask: false,
  tableSize: 0,
  hasIntx: true,
};

/** Returns the operations of a failed attempt to set up an eventfd of ERR or REQ, or of the unmasking of INTx. */
export function failedEventfd(
  index: number,
  action: 'TRIGGER' | 'MASK' | 'UNMASK',
  result: TracedResult,
): Took {
  if (index === VFIO_PCI_INTX_IRQ_INDEX && action === 'UNMASK') {
    const ops: Op[] = [INTX_MASK, newEventfd(FD_RESAMPLE), INTX_RESAMPLE];
    const after: Op[] = [{ op: 'close', fd: FD_RESAMPLE }, INTX_UNMASK];
    return { ops: [...ops, ...after], traced: [null, null, result] };
  }
  const fd = index === VFIO_PCI_ERR_IRQ_INDEX ? FD_ERR : FD_REQ;
  const set = eventfds(index, TRIGGER_EVENTFD, 0, [fd]);
  return { ops: [newEventfd(fd), set, { op: 'close', fd }], traced: [null, result] };
}

/** QEMU passes every config write to vfio. Only the command register has the same offset in all devices. */
function writeConfig(numbers: ReadonlyMap<string, number>): Took {
  const [off = 0, value = 0, size = 0] = ['addr', 'val', 'len'].map((name) => numbers.get(name));
  if (![1, 2, 4].includes(size)) return { expected: 'an access of 1, 2 or 4 bytes', found: String(size) };
  const touches = off < PCI_COMMAND + 2 && off + size > PCI_COMMAND;
  if (!touches) return 'a register whose offset depends on the device';
  return { ops: [{ op: 'cfg_write', off, size, value: value % 256 ** size }] };
}

/** Returns the operations of an event that does not depend on the state of QEMU. */
export function callsOf({ name, numbers, text }: QemuEvent): Took {
  switch (name) {
    case 'vfio_pci_write_config':
      return writeConfig(numbers);
    case 'vfio_pci_reset_flr':
    case 'vfio_pci_reset_pm':
      return { ops: [{ op: 'reset' }], traced: [WORKED] };
    case 'vfio_pci_hot_reset':
      return 'QEMU asks whether a hot reset is possible, which has no effect';
    case 'vfio_pci_hot_reset_result':
      return hotReset(text);
    case 'vfio_pci_populate_device_get_irq_info_failure': {
      const errno = errnoOfText(text);
      const traced = errno === null ? [] : [{ ret: -1, errno, out: null }];
      return { ops: [{ op: 'irq_info', index: VFIO_PCI_ERR_IRQ_INDEX }], traced };
    }
    case 'vfio_device_get':
      return deviceInfo(numbers);
    case 'vfio_device_put':
      return { ops: [{ op: 'release' }] };
    default:
      return 'QEMU sends no ioctl about interrupts';
  }
}
