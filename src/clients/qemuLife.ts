// What the recorded versions of QEMU do when they open a device, when the machine or the guest resets it, and when it is
// unplugged.

import type { Device } from '../machine/device.ts';
import {
  PCI_COMMAND_INTX_DISABLE,
  PCI_COMMAND_IO,
  PCI_COMMAND_MASTER,
  PCI_COMMAND_MEMORY,
} from '../uapi/pciRegs.ts';
import {
  VFIO_DEVICE_FLAGS_RESET,
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../uapi/vfio.ts';
import { changeCommand, eventfds, newEventfd, type Operations } from './client.ts';
import { disableIntx, enableIntx } from './qemuIntx.ts';
import { disableAll, endMode } from './qemuModes.ts';
import { FD_ERR, FD_REQ, type QemuKind, type QemuState, TRIGGER_EVENTFD } from './qemuState.ts';

/** A device that QEMU has opened. */
export interface Opened {
  readonly state: QemuState;
  /** The last value written to COMMAND: without bus master the device cannot send an MSI. */
  readonly command: number;
  readonly hasErr: boolean;
  readonly hasReq: boolean;
  /** VFIO_DEVICE_FLAGS_RESET. */
  readonly resetWorks: boolean;
  /**
   * QEMU first tries a hot reset of the bus: the device has neither a function level reset nor another reset than the one by
   * power management.
   */
  readonly triesHotReset: boolean;
}

/** vfio_realize, and the reset of the machine that follows it before the guest runs. */
export function* realize(kind: QemuKind, device: Device): Operations<Opened> {
  const info = yield { op: 'device_info' };
  const resetWorks = (info.flags & VFIO_DEVICE_FLAGS_RESET) !== 0;
  const resetsByPower = device.power !== null && !device.power.noSoftReset;
  const err = yield { op: 'irq_info', index: VFIO_PCI_ERR_IRQ_INDEX };
  let noresize = true;
  if (kind.grows && device.msix !== null) {
    const { flags } = yield { op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX };
    noresize = (flags & VFIO_IRQ_INFO_NORESIZE) !== 0;
  }
  const state = yield* enableIntx(kind, {
    interrupt: 'none',
    nr_vectors: 0,
    noresize,
    vectors: new Map(),
    guestUnmasked: new Set(),
    guestFunctionMask: false,
    tableSize: device.msix?.vectors ?? 0,
    hasIntx: device.intx,
  });
  if (err.ret === 0) yield* notifier(VFIO_PCI_ERR_IRQ_INDEX, FD_ERR);
  const req = yield { op: 'irq_info', index: VFIO_PCI_REQ_IRQ_INDEX };
  if (req.ret === 0) yield* notifier(VFIO_PCI_REQ_IRQ_INDEX, FD_REQ);
  return yield* resetDevice(kind, {
    state,
    command: 0,
    hasErr: err.ret === 0,
    hasReq: req.ret === 0,
    resetWorks,
    triesHotReset: !resetWorks || (device.functionReset === null && resetsByPower),
  });
}

function* notifier(index: number, fd: number): Operations<void> {
  yield newEventfd(fd);
  yield eventfds(index, TRIGGER_EVENTFD, 0, [fd]);
}

/**
 * vfio_pci_pre_reset, the reset and vfio_pci_post_reset. A device that needs a hot reset goes through this twice: once for the
 * bus and once alone. The recorded devices have no bus of their own, so that a hot reset is not possible.
 */
export function* resetDevice(kind: QemuKind, opened: Opened): Operations<Opened> {
  const { resetWorks, triesHotReset } = opened;
  const first = triesHotReset ? yield* round(kind, opened, false) : opened;
  const { state, command } = yield* round(kind, first, resetWorks);
  // after a reset every entry of the guest's table is masked
  return { ...opened, command, state: { ...state, guestUnmasked: new Set(), guestFunctionMask: false } };
}

function* round(kind: QemuKind, opened: Opened, resets: boolean): Operations<Opened> {
  const stopped = yield* disableAll(kind, opened.state);
  const command = yield* changeCommand({
    clear: PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER | PCI_COMMAND_INTX_DISABLE,
  });
  if (resets) yield { op: 'reset' };
  return { ...opened, command, state: yield* enableIntx(kind, stopped) };
}

/** vfio_exitfn: REQ and ERR first, then the interrupts. INTx after MSI-X or MSI has no route into KVM any more. */
export function* unplug(kind: QemuKind, opened: Opened): Operations<Opened> {
  if (opened.hasReq) yield* removed(VFIO_PCI_REQ_IRQ_INDEX, FD_REQ);
  if (opened.hasErr) yield* removed(VFIO_PCI_ERR_IRQ_INDEX, FD_ERR);
  const off = yield* endMode(kind, opened.state);
  const last = off === opened.state ? kind : { ...kind, kvmIrqfd: false };
  const now = off === opened.state ? off : yield* enableIntx(last, off);
  const state = now.interrupt === 'intx' ? yield* disableIntx(last, now) : now;
  yield { op: 'release' };
  return { ...opened, state };
}

function* removed(index: number, fd: number): Operations<void> {
  yield eventfds(index, TRIGGER_EVENTFD, 0, [-1]);
  yield { op: 'close', fd };
}
