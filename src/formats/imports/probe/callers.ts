// Tells the kernel's own call of vfio_pci_set_irqs_ioctl at the close of a device from the calls of programs. It disables the mode
// that is on; where none is on, its index is VFIO_PCI_NUM_IRQS, which no ioctl reaches.

import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_PCI_NUM_IRQS,
} from '../../../uapi/vfio.ts';
import type { SetIrqsFields } from '../numbers.ts';

/** Returns true for the functions of the kernel that close a device. */
export function closesDevice(caller: string): boolean {
  return /^vfio_pci_(?:core_)?(?:disable|close_device|release)\b/.test(caller);
}

/** Returns true if the arguments are those of the kernel's own call. */
function isKernelShape({ flags, start, count }: SetIrqsFields): boolean {
  return flags === (VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER) && start === 0 && count === 0;
}

function isAddress(caller: string): boolean {
  return /^(?:0x)?[\da-f]+$/.test(caller);
}

/** The callers of a whole trace. A tool that prints only addresses does not name them. */
export class Callers {
  /** Addresses of callers of calls that only an ioctl makes. */
  readonly #ioctls = new Set<string>();

  /** Notes the caller of a call. */
  note(fields: SetIrqsFields, caller: string | null): void {
    if (caller !== null && isAddress(caller) && !isKernelShape(fields)) this.#ioctls.add(caller);
  }

  /** Returns true if the kernel made the call at the close of the device. */
  isClose(fields: SetIrqsFields, caller: string | null, isKernel: boolean): boolean {
    if (!isKernelShape(fields)) return false;
    if (fields.index >= VFIO_PCI_NUM_IRQS || isKernel) return true;
    if (caller === null) return false;
    if (closesDevice(caller)) return true;
    return isAddress(caller) && this.#ioctls.size > 0 && !this.#ioctls.has(caller);
  }
}
