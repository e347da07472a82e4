// vfio-pci's MSI and MSI-X code with every policy of policies.ts as a branch. No kernel has this file: `assemble(id)` gives the
// code of a what-if kernel, and for the named generations code that makes the same calls as the written files beside this one
// (test/model/assembled.test.ts). Read those first: each of them is one column of these branches.
// Implements docs/driver.md §20; the parts without a policy are §6.1 to §6.6.

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
  vfio_irq_ctx_alloc,
  vfio_irq_ctx_free,
  vfio_irq_ctx_get,
} from '../services/ctx.ts';
import { eventfd_ctx_fdget, eventfd_ctx_put, eventfd_signal, takeReference } from '../services/eventfd.ts';
import {
  free_irq,
  irq_bypass_register_producer,
  irq_bypass_unregister_producer,
  irq_update_devid,
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
import type { Generation, GenerationId, TriggerCall } from './generation.ts';
import { type Policies, policiesOf } from './policies.ts';
import { EMPTY_CTX, freeCtx, kcallocCtx } from './static.ts';
import { vfio_msi_alloc_irq, vfio_msi_free_irq } from './v3.ts';

/** The context of an attached vector. */
type Attached = IrqCtx & { readonly trigger: number };

function isAttached(ctx: IrqCtx | undefined): ctx is Attached {
  return ctx !== undefined && ctx.trigger !== null;
}

/** An eventfd to attach: a descriptor to look up, an object with a reference that the attachment takes over, or none. */
type Wanted = { readonly fd: number } | { readonly ev: number } | null;

function isDynamic(k: Kernel, msix: boolean): boolean {
  return msix && k.vdev.has_dyn_msix;
}

/** Creates the contexts of the enabling call (policy `contexts`). Returns 0 or −ENOMEM. */
function createContexts(p: Policies, k: Kernel, nvec: number): number {
  if (p.contexts === 'context-array') return kcallocCtx(k, nvec);
  if (p.contexts === 'contexts-at-enable') {
    for (let vector = 0; vector < nvec; vector++) {
      if (vfio_irq_ctx_alloc(k, vector) < 0) {
        freeContexts(p, k);
        return -ENOMEM;
      }
    }
  }
  return 0;
}

function freeContexts(p: Policies, k: Kernel): void {
  if (p.contexts === 'context-array') freeCtx(k);
  if (p.contexts === 'contexts-at-enable') k.setVdev({ ctx: IntMap.empty() });
}

function vfio_msi_enable(p: Policies, k: Kernel, asked: number, msix: boolean): number {
  // whole-table: every entry of the table gets an irq, whichever vectors the call names
  const nvec = p.enable === 'whole-table' && msix ? Math.max(asked, k.device.msix?.vectors ?? 0) : asked;
  return k.call('vfio_msi_enable', { nvec, msix: Number(msix) }, () => {
    if (!is_irq_none(k)) return k.refuse('msi.other-mode', EINVAL);

    if (createContexts(p, k, nvec) < 0) return -ENOMEM;

    const cmd = vfio_pci_memory_lock_and_enable(k);
    const ret = pci_alloc_irq_vectors(k, 1, nvec, msix ? PCI_IRQ_MSIX : PCI_IRQ_MSI);
    if (ret < nvec) {
      // fewer vectors than requested: the driver frees them and returns their number
      if (ret > 0) {
        k.check = 'msi.too-few';
        pci_free_irq_vectors(k);
      }
      vfio_pci_memory_unlock_and_restore(k, cmd);
      freeContexts(p, k);
      return ret;
    }
    vfio_pci_memory_unlock_and_restore(k, cmd);

    if (p.contexts === 'context-array') k.setVdev({ num_ctx: nvec });
    setIrqType(k, msix ? VFIO_PCI_MSIX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX);
    if (!msix) k.setVdev({ msi_qmax: Math.ceil(Math.log2(nvec)) });
    return 0;
  });
}

/** Returns whether an assignment that failed gives the irq of its vector back (policy `failure`). */
function freesOnError(p: Policies, isFresh: boolean): boolean {
  return p.failure === 'free-on-error' || (p.failure === 'free-own-on-error' && isFresh);
}

/** Detaches an attached vector. Returns its irq, or −EINVAL if the irq was freed. */
function detach(p: Policies, k: Kernel, vector: number, old: Attached, known: number, msix: boolean): number {
  const { trigger: ev } = old;
  const onDemand = p.contexts === 'contexts-on-demand';
  const producerIrq = onDemand ? (k.domain.descs.get(vector)?.irq ?? 0) : known;
  irq_bypass_unregister_producer(k, producerIrq, old.producer ? ev : null);
  const irq = onDemand ? pci_irq_vector(k, vector) : known;

  const frees = p.detach === 'free-on-detach' && isDynamic(k, msix);
  const cmd = vfio_pci_memory_lock_and_enable(k);
  // forget-free-irq: the handler stays installed, with the eventfd that it has
  if (p.handler === 'free-handler') free_irq(k, irq, ev);
  if (frees) pci_msix_free_irq(k, vector, irq);
  vfio_pci_memory_unlock_and_restore(k, cmd);

  // forget-eventfd-put: the object outlives its last descriptor
  if (p.put === 'put-eventfd') eventfd_ctx_put(k, ev);
  if (onDemand || (frees && p.contexts === 'contexts-at-enable')) vfio_irq_ctx_free(k, vector);
  else setCtx(k, vector, EMPTY_CTX);
  return frees ? -EINVAL : irq;
}

/** hold-on-swap: the handler gets another eventfd while the irq stays requested (docs/driver.md §19.2). */
function swap(p: Policies, k: Kernel, vector: number, old: Attached, ev: number, known: number): void {
  const irq = known > 0 ? known : pci_irq_vector(k, vector);
  irq_bypass_unregister_producer(k, irq, old.producer ? old.trigger : null);
  irq_update_devid(k, irq, old.trigger, ev);
  if (p.put === 'put-eventfd') eventfd_ctx_put(k, old.trigger);
  // the driver only logs a failed registration
  const producer = irq_bypass_register_producer(k, irq, ev) === 0;
  setCtx(k, vector, { trigger: ev, producer });
}

function vfio_msi_set_vector_signal(
  p: Policies,
  k: Kernel,
  vector: number,
  fd: number,
  msix: boolean,
): number {
  return k.call('vfio_msi_set_vector_signal', { vector, fd, msix: Number(msix) }, () =>
    setVector(p, k, vector, fd < 0 ? null : { fd }, msix),
  );
}

function setVector(p: Policies, k: Kernel, vector: number, asked: Wanted, msix: boolean): number {
  if (p.contexts === 'context-array' && (vector < 0 || vector >= k.vdev.num_ctx))
    return k.refuse('msi.vector-range', EINVAL);
  const old = vfio_irq_ctx_get(k, vector);
  if (p.contexts === 'contexts-at-enable' && old === undefined && !isDynamic(k, msix))
    return k.refuse('msi.no-ctx', EINVAL);
  let irq = p.contexts === 'contexts-on-demand' ? -EINVAL : pci_irq_vector(k, vector);

  // lookup-first, and a swap that holds the irq: a bad descriptor fails before anything has changed
  let wanted = asked;
  const holds = p.swap === 'hold-on-swap' && isAttached(old);
  if (wanted !== null && 'fd' in wanted && (holds || p.lookup === 'lookup-first')) {
    const { ret, ev } = eventfd_ctx_fdget(k, wanted.fd);
    if (ret < 0) return ret;
    wanted = { ev };
  }

  if (holds && wanted !== null && 'ev' in wanted) {
    swap(p, k, vector, old, wanted.ev, irq);
    return 0;
  }
  if (isAttached(old)) irq = detach(p, k, vector, old, irq, msix);
  return wanted === null ? 0 : attach(p, k, vector, wanted, irq, msix);
}

/** Attaches a detached vector; `irq` is its irq, or −EINVAL if the driver has not looked or has freed it. Returns 0 or a negative errno. */
function attach(
  p: Policies,
  k: Kernel,
  vector: number,
  wanted: NonNullable<Wanted>,
  known: number,
  msix: boolean,
): number {
  let irq = known;
  let isFresh = false;
  let held = 'ev' in wanted ? wanted.ev : null;
  const fail = (ret: number, contextIsNew: boolean, frees: boolean): number => {
    if (held !== null) eventfd_ctx_put(k, held);
    if (contextIsNew) vfio_irq_ctx_free(k, vector);
    if (frees) vfio_msi_free_irq(k, vector, msix);
    return ret;
  };

  if (p.allocate === 'allocate-first' && irq === -EINVAL) {
    if (p.failure === 'free-own-on-error') isFresh = pci_irq_vector(k, vector) < 0;
    irq = vfio_msi_alloc_irq(k, vector, msix);
    if (irq < 0) return fail(irq, false, false);
  }

  const isNew = vfio_irq_ctx_get(k, vector) === undefined;
  if (isNew && vfio_irq_ctx_alloc(k, vector) < 0) return fail(-ENOMEM, false, freesOnError(p, isFresh));

  const name = kasprintf(k, vector, msix);
  if (name === null) return fail(-ENOMEM, isNew, freesOnError(p, isFresh));

  let ev = held ?? -1;
  if ('fd' in wanted) {
    const found = eventfd_ctx_fdget(k, wanted.fd);
    if (found.ret < 0) return fail(found.ret, isNew, freesOnError(p, isFresh));
    ev = found.ev;
    held = ev;
  }

  const cmd = vfio_pci_memory_lock_and_enable(k);
  const atRequest = p.allocate === 'allocate-at-request' && msix && irq < 0;
  let ret = 0;
  if (atRequest) {
    ret = pci_msix_alloc_irq_at(k, vector);
    irq = ret;
    isFresh = ret >= 0;
  } else if (msix && p.message === 'message-first') {
    pci_write_msi_msg(k, irq, get_cached_msi_msg(k, irq));
  }
  if (ret >= 0) {
    ret = request_irq(k, irq, name, ev);
    if (ret >= 0 && msix && p.message === 'message-last')
      pci_write_msi_msg(k, irq, get_cached_msi_msg(k, irq));
    if (ret < 0 && atRequest && freesOnError(p, isFresh)) pci_msix_free_irq(k, vector, irq);
  }
  vfio_pci_memory_unlock_and_restore(k, cmd);
  if (ret < 0) return fail(ret, isNew, !atRequest && freesOnError(p, isFresh));

  // the driver only logs a failed registration
  const producer = irq_bypass_register_producer(k, irq, ev) === 0;
  setCtx(k, vector, { trigger: ev, producer });
  return 0;
}

/** What restore-block gives back to a vector. */
interface Before {
  readonly trigger: number | null;
  readonly hadIrq: boolean;
}

function vfio_msi_set_block(
  p: Policies,
  k: Kernel,
  start: number,
  count: number,
  fds: readonly number[],
  msix: boolean,
): number {
  return k.call('vfio_msi_set_block', { start, count, msix: Number(msix) }, () => {
    if (p.contexts === 'context-array' && (start >= k.vdev.num_ctx || start + count > k.vdev.num_ctx))
      return k.refuse('msi.block-range', EINVAL);

    let ret = 0;
    let done = 0;
    const before: Before[] = [];
    for (; done < count && ret === 0; done++) {
      if (p.block === 'restore-block') before.push(remember(k, start + done));
      ret = vfio_msi_set_vector_signal(p, k, start + done, fds[done] ?? -1, msix);
    }
    if (ret < 0) {
      k.happened({ kind: 'failed', vector: start + done - 1 });
      if (p.block === 'stop-block') return ret;
      const down =
        p.unwind === 'unwind-down' || (p.unwind === 'unwind-by-release' && k.host.staticUndo === 'released');
      for (let i = 0; i < done; i++) {
        const at = down ? done - 1 - i : i;
        const had = before[at];
        if (had === undefined) vfio_msi_set_vector_signal(p, k, start + at, -1, msix);
        else restoreVector(p, k, start + at, had, msix);
      }
      return ret;
    }
    for (const { trigger } of before) if (trigger !== null) eventfd_ctx_put(k, trigger);
    return ret;
  });
}

/** restore-block takes a reference to the eventfd of each vector before it changes the vector. */
function remember(k: Kernel, vector: number): Before {
  const trigger = vfio_irq_ctx_get(k, vector)?.trigger ?? null;
  if (trigger !== null) takeReference(k, trigger);
  return { trigger, hadIrq: k.domain.descs.has(vector) };
}

/** Gives a vector back what it had: its eventfd, or no irq. If it cannot be attached again, it stays detached. */
function restoreVector(p: Policies, k: Kernel, vector: number, had: Before, msix: boolean): void {
  const { trigger, hadIrq } = had;
  k.call('restoreVector', { vector, ev: trigger }, () => {
    const ret = setVector(p, k, vector, trigger === null ? null : { ev: trigger }, msix);
    if (trigger === null && !hadIrq) vfio_msi_free_irq(k, vector, msix);
    return ret;
  });
}

/** Detaches every vector; the array's driver as released did it through a block (docs/facts.md N4). */
function detachAll(p: Policies, k: Kernel, msix: boolean): void {
  if (p.contexts !== 'context-array') {
    // xa_for_each
    for (let vector = k.vdev.ctx.nextKey(0); vector !== undefined; vector = k.vdev.ctx.nextKey(vector + 1)) {
      vfio_msi_set_vector_signal(p, k, vector, -1, msix);
    }
    return;
  }
  const each = (): number => {
    for (let vector = 0; vector < k.vdev.num_ctx; vector++)
      vfio_msi_set_vector_signal(p, k, vector, -1, msix);
    return 0;
  };
  if (k.host.staticUndo === 'repaired') each();
  else k.call('vfio_msi_set_block', { start: 0, count: k.vdev.num_ctx, msix: Number(msix) }, each);
}

function vfio_msi_disable(p: Policies, k: Kernel, msix: boolean): void {
  k.callVoid('vfio_msi_disable', { msix: Number(msix) }, () => {
    detachAll(p, k, msix);

    const cmd = vfio_pci_memory_lock_and_enable(k);
    pci_free_irq_vectors(k);
    vfio_pci_memory_unlock_and_restore(k, cmd);

    if (k.device.nointx) pci_intx(k, 0);
    setIrqType(k, NO_MODE);
    freeContexts(p, k);
  });
}

function vfio_pci_set_msi_trigger(p: Policies, k: Kernel, call: TriggerCall): number {
  const { index, start, count, flags, data } = call;
  return k.call('vfio_pci_set_msi_trigger', { index, start, count, flags }, () => {
    const msix = index === VFIO_PCI_MSIX_IRQ_INDEX;

    if (irq_is(k, index) && count === 0 && (flags & VFIO_IRQ_SET_DATA_NONE) !== 0) {
      vfio_msi_disable(p, k, msix);
      return 0;
    }

    if (!irq_is(k, index) && !is_irq_none(k)) return k.refuse('msi.other-mode', EINVAL);

    if ((flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0) {
      if (irq_is(k, index)) return vfio_msi_set_block(p, k, start, count, data, msix);

      const enabled = vfio_msi_enable(p, k, start + count, msix);
      if (enabled !== 0) return enabled;

      const ret = vfio_msi_set_block(p, k, start, count, data, msix);
      if (ret !== 0) vfio_msi_disable(p, k, msix);
      return ret;
    }

    if (p.check === 'check-enabled' && !irq_is(k, index)) return k.refuse('msi.not-enabled', EINVAL);
    if (p.contexts === 'context-array' && start + count > k.vdev.num_ctx)
      return k.refuse('msi.trigger-range', EINVAL);

    for (let i = 0; i < count; i++) {
      const trigger = vfio_irq_ctx_get(k, start + i)?.trigger ?? null;
      if (trigger === null) continue;
      const asked = (flags & VFIO_IRQ_SET_DATA_BOOL) === 0 || data[i] !== 0;
      if (asked) eventfd_signal(k, trigger, 'loopback');
    }
    return 0;
  });
}

/** Returns the generation with the policies of an id: a what-if kernel, or a second form of a named generation. */
export function assemble(id: GenerationId): Generation {
  const p = policiesOf(id);
  return {
    id,
    label: id,
    policy: `No kernel has this driver: ${id.replace(' + ', ' with ').replaceAll(' + ', ', ')}.`,
    vfio_pci_set_msi_trigger: (k, call) => vfio_pci_set_msi_trigger(p, k, call),
    msixNoresize: (k) => p.contexts === 'context-array' || !k.vdev.has_dyn_msix,
    remembers: p.block === 'restore-block',
  };
}
