// vfio's own state: one `struct vfio_pci_irq_ctx` per vector (vfio_irq_ctx_get, _alloc, _free of v6.5), the modes, and two
// small allocations that can fail.

import { handlerName } from '../../machine/device.ts';
import type { IrqCtx } from '../../machine/machine.ts';
import { ENOMEM } from '../../uapi/errno.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_NUM_IRQS } from '../../uapi/vfio.ts';
import type { Kernel } from '../kernel.ts';
import { is_intx } from './pci.ts';

/** Returns whether the mode is that of `index`. */
export function irq_is(k: Kernel, index: number): boolean {
  return k.vdev.irq_type === index;
}

/** Returns whether no interrupt mode is enabled. */
export function is_irq_none(k: Kernel): boolean {
  return !(is_intx(k) || irq_is(k, VFIO_PCI_MSI_IRQ_INDEX) || irq_is(k, VFIO_PCI_MSIX_IRQ_INDEX));
}

/** Sets the mode. */
export function setIrqType(k: Kernel, irq_type: number): void {
  k.setVdev({ irq_type });
}

/** The value of `irq_type` without an interrupt mode. */
export const NO_MODE = VFIO_PCI_NUM_IRQS;

/** Returns the context of a vector, or undefined. */
export function vfio_irq_ctx_get(k: Kernel, vector: number): IrqCtx | undefined {
  return k.vdev.ctx.get(vector);
}

/** Creates a context without a trigger. Returns 0 or −ENOMEM. */
export function vfio_irq_ctx_alloc(k: Kernel, vector: number): number {
  return k.call('vfio_irq_ctx_alloc', { vector }, () => {
    if (k.faultErrno('vfio_irq_ctx_alloc') < 0) return k.refuse('msi.ctx-memory', ENOMEM);
    setCtx(k, vector, { trigger: null, producer: false });
    return 0;
  });
}

/** Removes a context. */
export function vfio_irq_ctx_free(k: Kernel, vector: number): void {
  k.callVoid('vfio_irq_ctx_free', { vector }, () => {
    k.setVdev({ ctx: k.vdev.ctx.delete(vector, k.owner) });
  });
}

/** Writes a context. */
export function setCtx(k: Kernel, vector: number, ctx: IrqCtx): void {
  k.setVdev({ ctx: k.vdev.ctx.set(vector, ctx, k.owner) });
}

/** Returns the handler's name, for instance `vfio-msix[3](0000:00:04.0)`, or null without memory. */
export function kasprintf(k: Kernel, vector: number, msix: boolean): string | null {
  const name = handlerName(k.device, msix, vector);
  const ret = k.call('kasprintf', { name }, () =>
    k.faultErrno('kasprintf') < 0 ? k.refuse('msi.name-memory', ENOMEM) : 0,
  );
  return ret < 0 ? null : name;
}
