// vfio-pci's MSI and MSI-X code of the posting V2 of 28 March 2023, which was never merged. Context and irq are created and
// freed together, so with dynamic allocation every detach frees the irq. The unwind loop ends here, as in the recorded
// driver; the posting used an unsigned counter, and a block from 0 never ended.
// Implements docs/driver.md §18, one function for each function there.

import { IntMap } from '../../base/intMap.ts';
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
  vfio_irq_ctx_alloc,
  vfio_irq_ctx_free,
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
  pci_msix_alloc_irq_at,
  pci_msix_free_irq,
  pci_write_msi_msg,
} from '../services/msi.ts';
import {
  pci_intx,
  vfio_pci_memory_lock_and_enable,
  vfio_pci_memory_unlock_and_restore,
} from '../services/pci.ts';
import type { NamedGeneration, TriggerCall } from './generation.ts';

/** Returns the value of pci_msix_can_alloc_dyn(). V2 calls it every time; the value is constant while the device is open. */
function isDynamic(k: Kernel, msix: boolean): boolean {
  return msix && k.device.msix !== null && k.host.canAllocDyn;
}

function freeAllCtx(k: Kernel): void {
  k.setVdev({ ctx: IntMap.empty() });
}

function vfio_msi_enable(k: Kernel, nvec: number, msix: boolean): number {
  return k.call('vfio_msi_enable', { nvec, msix: Number(msix) }, () => {
    if (!is_irq_none(k)) return k.refuse('msi.other-mode', EINVAL);

    for (let vector = 0; vector < nvec; vector++) {
      if (vfio_irq_ctx_alloc(k, vector) < 0) {
        freeAllCtx(k);
        return -ENOMEM;
      }
    }

    const cmd = vfio_pci_memory_lock_and_enable(k);
    const ret = pci_alloc_irq_vectors(k, 1, nvec, msix ? PCI_IRQ_MSIX : PCI_IRQ_MSI);
    if (ret < nvec) {
      // fewer vectors than requested: the driver frees them and returns their number
      if (ret > 0) {
        k.check = 'msi.too-few';
        pci_free_irq_vectors(k);
      }
      vfio_pci_memory_unlock_and_restore(k, cmd);
      freeAllCtx(k);
      return ret;
    }
    vfio_pci_memory_unlock_and_restore(k, cmd);

    setIrqType(k, msix ? VFIO_PCI_MSIX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX);
    if (!msix) k.setVdev({ msi_qmax: Math.ceil(Math.log2(nvec)) });
    return 0;
  });
}

function vfio_msi_set_vector_signal(k: Kernel, vector: number, fd: number, msix: boolean): number {
  return k.call('vfio_msi_set_vector_signal', { vector, fd, msix: Number(msix) }, () => {
    const dyn = isDynamic(k, msix);
    let ctx = vfio_irq_ctx_get(k, vector);
    if (ctx === undefined && !dyn) return k.refuse('msi.no-ctx', EINVAL);

    let irq = pci_irq_vector(k, vector);

    if (ctx !== undefined && ctx.trigger !== null) {
      irq_bypass_unregister_producer(k, irq, ctx.producer ? ctx.trigger : null);
      const cmd = vfio_pci_memory_lock_and_enable(k);
      free_irq(k, irq, ctx.trigger);
      if (dyn) {
        pci_msix_free_irq(k, vector, irq);
        irq = -EINVAL;
      }
      vfio_pci_memory_unlock_and_restore(k, cmd);
      eventfd_ctx_put(k, ctx.trigger);
      if (dyn) {
        vfio_irq_ctx_free(k, vector);
        ctx = undefined;
      } else {
        setCtx(k, vector, { trigger: null, producer: false });
      }
    }

    if (fd < 0) return 0;

    const isNew = ctx === undefined;
    if (isNew && vfio_irq_ctx_alloc(k, vector) < 0) return -ENOMEM;

    const name = kasprintf(k, vector, msix);
    if (name === null) {
      if (isNew) vfio_irq_ctx_free(k, vector);
      return -ENOMEM;
    }

    const { ret: fdget, ev } = eventfd_ctx_fdget(k, fd);
    if (fdget < 0) {
      if (isNew) vfio_irq_ctx_free(k, vector);
      return fdget;
    }

    const cmd = vfio_pci_memory_lock_and_enable(k);
    let ret = 0;
    if (msix && irq < 0) {
      ret = pci_msix_alloc_irq_at(k, vector);
      irq = ret;
    } else if (msix) {
      pci_write_msi_msg(k, irq, get_cached_msi_msg(k, irq));
    }
    if (ret >= 0) {
      ret = request_irq(k, irq, name, ev);
      // only an irq that this call allocated is freed; a hole of the enabling call stays
      if (ret < 0 && isNew && dyn) pci_msix_free_irq(k, vector, irq);
    }
    vfio_pci_memory_unlock_and_restore(k, cmd);
    if (ret < 0) {
      eventfd_ctx_put(k, ev);
      if (isNew) vfio_irq_ctx_free(k, vector);
      return ret;
    }

    // the driver only logs a failed registration
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
    let ret = 0;
    let done = 0;
    for (; done < count && ret === 0; done++) {
      ret = vfio_msi_set_vector_signal(k, start + done, fds[done] ?? -1, msix);
    }
    // the unwind detaches every vector from the start to the failing one; it restores no eventfd
    if (ret < 0) {
      k.happened({ kind: 'failed', vector: start + done - 1 });
      for (let i = done - 1; i >= 0; i--) vfio_msi_set_vector_signal(k, start + i, -1, msix);
    }
    return ret;
  });
}

function vfio_msi_disable(k: Kernel, msix: boolean): void {
  k.callVoid('vfio_msi_disable', { msix: Number(msix) }, () => {
    // xa_for_each
    for (let vector = k.vdev.ctx.nextKey(0); vector !== undefined; vector = k.vdev.ctx.nextKey(vector + 1)) {
      vfio_msi_set_vector_signal(k, vector, -1, msix);
    }

    const cmd = vfio_pci_memory_lock_and_enable(k);
    pci_free_irq_vectors(k);
    vfio_pci_memory_unlock_and_restore(k, cmd);

    if (k.device.nointx) pci_intx(k, 0);
    setIrqType(k, NO_MODE);
    freeAllCtx(k);
  });
}

function vfio_pci_set_msi_trigger(k: Kernel, call: TriggerCall): number {
  const { index, start, count, flags, data } = call;
  return k.call('vfio_pci_set_msi_trigger', { index, start, count, flags }, () => {
    const msix = index === VFIO_PCI_MSIX_IRQ_INDEX;

    if (irq_is(k, index) && count === 0 && (flags & VFIO_IRQ_SET_DATA_NONE) !== 0) {
      vfio_msi_disable(k, msix);
      return 0;
    }

    if (!irq_is(k, index) && !is_irq_none(k)) return k.refuse('msi.other-mode', EINVAL);

    if ((flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0) {
      if (irq_is(k, index)) return vfio_msi_set_block(k, start, count, data, msix);

      const enabled = vfio_msi_enable(k, start + count, msix);
      if (enabled !== 0) return enabled;

      const ret = vfio_msi_set_block(k, start, count, data, msix);
      if (ret !== 0) vfio_msi_disable(k, msix);
      return ret;
    }

    if (!irq_is(k, index)) return k.refuse('msi.not-enabled', EINVAL);

    for (let i = 0; i < count; i++) {
      const trigger = vfio_irq_ctx_get(k, start + i)?.trigger ?? null;
      if (trigger === null) continue;
      const asked = (flags & VFIO_IRQ_SET_DATA_BOOL) === 0 || data[i] !== 0;
      if (asked) eventfd_signal(k, trigger, 'loopback');
    }
    return 0;
  });
}

/** The posting V2 of 28 March 2023. */
export const v2: NamedGeneration = {
  id: 'v2',
  label: 'V2 patch',
  policy: 'Every detach frees the irq; only vectors enabled with −1 are cached.',
  vfio_pci_set_msi_trigger,
  msixNoresize: (k) => !isDynamic(k, true),
};
