// vfio-pci's MSI and MSI-X code up to v6.4, as it stands in 6.1: an array of contexts, made when MSI or MSI-X is
// enabled, and a range of irqs that is fixed until it is disabled.
// Written from the specification's sections 6.1 to 6.6; one function here is one function there.

import { IntMap } from '../../base/intMap.ts';
import type { IrqCtx } from '../../machine/machine.ts';
import { EINVAL, ENOMEM } from '../../uapi/errno.ts';
import { PCI_IRQ_MSI, PCI_IRQ_MSIX } from '../../uapi/pciRegs.ts';
import {
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import type { Kernel } from '../kernel.ts';
import {
  irq_is,
  is_irq_none,
  kasprintf,
  NO_MODE,
  setCtx,
  setIrqType,
  vfio_irq_ctx_get,
} from '../services/ctx.ts';
import { eventfd_ctx_fdget, eventfd_ctx_put, eventfd_signal } from '../services/eventfd.ts';
import {
  free_irq,
  irq_bypass_register_producer,
  irq_bypass_unregister_producer,
  request_irq,
} from '../services/irq.ts';
import {
  get_cached_msi_msg,
  pci_alloc_irq_vectors,
  pci_free_irq_vectors,
  pci_irq_vector,
  pci_write_msi_msg,
} from '../services/msi.ts';
import {
  pci_intx,
  vfio_pci_memory_lock_and_enable,
  vfio_pci_memory_unlock_and_restore,
} from '../services/pci.ts';
import type { Generation, TriggerCall } from './generation.ts';

const EMPTY_CTX: IrqCtx = { trigger: null, producer: false };

/** Makes the array of contexts, all of them empty: 0 or −ENOMEM. */
function kcallocCtx(k: Kernel, nvec: number): number {
  return k.call('kcalloc', { n: nvec }, () => {
    if (k.faultErrno('kcalloc_ctx') < 0) return k.refuse('msi.array-memory', ENOMEM);
    for (let vector = 0; vector < nvec; vector++) setCtx(k, vector, EMPTY_CTX);
    return 0;
  });
}

function freeCtx(k: Kernel): void {
  k.setVdev({ ctx: IntMap.empty(), num_ctx: 0 });
}

function vfio_msi_enable(k: Kernel, nvec: number, msix: boolean): number {
  return k.call('vfio_msi_enable', { nvec, msix: Number(msix) }, () => {
    if (!is_irq_none(k)) return k.refuse('msi.other-mode', EINVAL);

    if (kcallocCtx(k, nvec) < 0) return -ENOMEM;

    const cmd = vfio_pci_memory_lock_and_enable(k);
    const ret = pci_alloc_irq_vectors(k, 1, nvec, msix ? PCI_IRQ_MSIX : PCI_IRQ_MSI);
    if (ret < nvec) {
      // too few is as bad as none: give them back and tell how many there were
      if (ret > 0) {
        k.check = 'msi.too-few';
        pci_free_irq_vectors(k);
      }
      vfio_pci_memory_unlock_and_restore(k, cmd);
      freeCtx(k);
      return ret;
    }
    vfio_pci_memory_unlock_and_restore(k, cmd);

    k.setVdev({ num_ctx: nvec });
    setIrqType(k, msix ? VFIO_PCI_MSIX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX);
    if (!msix) k.setVdev({ msi_qmax: Math.ceil(Math.log2(nvec)) });
    return 0;
  });
}

function vfio_msi_set_vector_signal(k: Kernel, vector: number, fd: number, msix: boolean): number {
  return k.call('vfio_msi_set_vector_signal', { vector, fd, msix: Number(msix) }, () => {
    if (vector < 0 || vector >= k.vdev.num_ctx) return k.refuse('msi.vector-range', EINVAL);

    const irq = pci_irq_vector(k, vector);

    const old = vfio_irq_ctx_get(k, vector);
    if (old !== undefined && old.trigger !== null) {
      irq_bypass_unregister_producer(k, irq, old.producer ? old.trigger : null);
      const cmd = vfio_pci_memory_lock_and_enable(k);
      free_irq(k, irq, old.trigger);
      vfio_pci_memory_unlock_and_restore(k, cmd);
      eventfd_ctx_put(k, old.trigger);
      setCtx(k, vector, EMPTY_CTX);
    }

    if (fd < 0) return 0;

    const name = kasprintf(k, vector, msix);
    if (name === null) return -ENOMEM;

    const { ret: fdget, ev } = eventfd_ctx_fdget(k, fd);
    if (fdget < 0) return fdget;

    const cmd = vfio_pci_memory_lock_and_enable(k);
    if (msix) pci_write_msi_msg(k, irq, get_cached_msi_msg(k, irq));
    const requested = request_irq(k, irq, name, ev);
    vfio_pci_memory_unlock_and_restore(k, cmd);
    if (requested < 0) {
      eventfd_ctx_put(k, ev);
      return requested;
    }

    // a refused registration is logged and forgotten
    const producer = irq_bypass_register_producer(k, irq, ev) === 0;
    setCtx(k, vector, { trigger: ev, producer });
    return 0;
  });
}

function vfio_msi_set_block(
  k: Kernel,
  start: number,
  count: number,
  fds: readonly number[],
  msix: boolean,
): number {
  return k.call('vfio_msi_set_block', { start, count, msix: Number(msix) }, () => {
    if (start >= k.vdev.num_ctx || start + count > k.vdev.num_ctx) return k.refuse('msi.block-range', EINVAL);

    let ret = 0;
    let done = 0;
    for (; done < count && ret === 0; done++) {
      ret = vfio_msi_set_vector_signal(k, start + done, fds[done] ?? -1, msix);
      if (ret === 0 && done + 1 < count) k.settled('vfio_msi_set_block', done, ret);
    }
    // no rollback: everything from the block's start up to the vector that failed is detached
    if (ret < 0) {
      k.happened({ kind: 'failed', vector: start + done - 1 });
      for (let i = 0; i < done; i++) vfio_msi_set_vector_signal(k, start + i, -1, msix);
    }
    return ret;
  });
}

function vfio_msi_disable(k: Kernel, msix: boolean, ret: number): void {
  k.callVoid('vfio_msi_disable', { msix: Number(msix) }, () => {
    for (let vector = 0; vector < k.vdev.num_ctx; vector++) {
      vfio_msi_set_vector_signal(k, vector, -1, msix);
      k.settled('vfio_msi_disable', vector, ret);
    }

    const cmd = vfio_pci_memory_lock_and_enable(k);
    pci_free_irq_vectors(k);
    vfio_pci_memory_unlock_and_restore(k, cmd);

    if (k.device.nointx) pci_intx(k, 0);
    setIrqType(k, NO_MODE);
    freeCtx(k);
  });
}

function vfio_pci_set_msi_trigger(k: Kernel, call: TriggerCall): number {
  const { index, start, count, flags, data } = call;
  return k.call('vfio_pci_set_msi_trigger', { index, start, count, flags }, () => {
    const msix = index === VFIO_PCI_MSIX_IRQ_INDEX;

    if (irq_is(k, index) && count === 0 && (flags & VFIO_IRQ_SET_DATA_NONE) !== 0) {
      vfio_msi_disable(k, msix, 0);
      return 0;
    }

    if (!irq_is(k, index) && !is_irq_none(k)) return k.refuse('msi.other-mode', EINVAL);

    if ((flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0) {
      if (irq_is(k, index)) return vfio_msi_set_block(k, start, count, data, msix);

      const enabled = vfio_msi_enable(k, start + count, msix);
      if (enabled !== 0) return enabled;

      const ret = vfio_msi_set_block(k, start, count, data, msix);
      if (ret !== 0) vfio_msi_disable(k, msix, ret);
      return ret;
    }

    if (!irq_is(k, index)) return k.refuse('msi.not-enabled', EINVAL);
    if (start + count > k.vdev.num_ctx) return k.refuse('msi.trigger-range', EINVAL);

    for (let i = 0; i < count; i++) {
      const trigger = vfio_irq_ctx_get(k, start + i)?.trigger ?? null;
      if (trigger === null) continue;
      const asked = (flags & VFIO_IRQ_SET_DATA_BOOL) === 0 || data[i] !== 0;
      if (asked) eventfd_signal(k, trigger, 'loopback');
    }
    return 0;
  });
}

/** Linux 6.4 and earlier. */
export const staticGeneration: Generation = {
  id: 'static',
  label: '≤ 6.4 static',
  policy: 'The vectors of the enabling call are all there are until MSI-X is disabled.',
  vfio_pci_set_msi_trigger,
  msixNoresize: () => true,
};
