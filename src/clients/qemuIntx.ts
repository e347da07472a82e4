// QEMU's INTx, in every version, and how the clients by source open the device (qemuLife.ts: the recorded ones). Source:
// docs/clients.md §5.

import {
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../uapi/vfio.ts';
import { eventfds, newEventfd, type Operations, without } from './client.ts';
import {
  FD_ERR,
  FD_INTX,
  FD_REQ,
  FD_RESAMPLE,
  MASK_NONE,
  type QemuKind,
  type QemuState,
  TRIGGER_EVENTFD,
  TRIGGER_NONE,
  UNMASK_EVENTFD,
  UNMASK_NONE,
} from './qemuState.ts';

const MASK_INTX = without(VFIO_PCI_INTX_IRQ_INDEX, MASK_NONE, 0, 1);
/** End of interrupt: the host may deliver the next one. */
export const UNMASK_INTX = without(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_NONE, 0, 1);

/** vfio_realize: reads the capabilities, then sets up INTx and the eventfds of REQ and ERR. */
export function* openQemu(kind: QemuKind): Operations<QemuState> {
  const msix = yield { op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX };
  const intx = yield { op: 'irq_info', index: VFIO_PCI_INTX_IRQ_INDEX };
  const start: QemuState = {
    interrupt: 'none',
    nr_vectors: 0,
    noresize: !kind.grows || (msix.flags & VFIO_IRQ_INFO_NORESIZE) !== 0,
    vectors: new Map(),
    guestUnmasked: new Set(),
    guestFunctionMask: false,
    tableSize: msix.count,
    hasIntx: intx.count > 0,
  };
  const state = yield* enableIntx(kind, start);
  const err = yield { op: 'irq_info', index: VFIO_PCI_ERR_IRQ_INDEX };
  if (err.ret === 0) {
    yield newEventfd(FD_ERR);
    yield eventfds(VFIO_PCI_ERR_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_ERR]);
  }
  yield newEventfd(FD_REQ);
  yield eventfds(VFIO_PCI_REQ_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_REQ]);
  return state;
}

/** vfio_intx_enable; with irqfd, KVM unmasks through its own eventfd. */
export function* enableIntx(kind: QemuKind, state: QemuState): Operations<QemuState> {
  if (!state.hasIntx) return state;
  yield newEventfd(FD_INTX);
  yield eventfds(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_INTX]);
  if (kind.kvmIrqfd) yield* enableResample();
  return { ...state, interrupt: 'intx' };
}

/** vfio_intx_disable. Closing its eventfd removes the unmask virqfd. */
export function* disableIntx(kind: QemuKind, state: QemuState): Operations<QemuState> {
  if (kind.kvmIrqfd) yield* disableResample();
  yield without(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
  yield { op: 'close', fd: FD_INTX };
  return { ...state, interrupt: 'none' };
}

/** vfio_intx_update: the pin has another route in the guest, so KVM gets a new resample eventfd. */
export function* moveRoute(): Operations<void> {
  yield* disableResample();
  yield* enableResample();
}

/** vfio_intx_enable_kvm. */
function* enableResample(): Operations<void> {
  yield MASK_INTX;
  yield newEventfd(FD_RESAMPLE);
  yield eventfds(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_EVENTFD, 0, [FD_RESAMPLE]);
  yield UNMASK_INTX;
}

/** vfio_intx_disable_kvm. */
function* disableResample(): Operations<void> {
  yield MASK_INTX;
  yield { op: 'close', fd: FD_RESAMPLE };
  yield UNMASK_INTX;
}
