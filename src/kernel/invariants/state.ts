// Invariants of a state: they look at the machine after the step alone.

import type { Machine } from '../../machine/machine.ts';
import {
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_NUM_IRQS,
} from '../../uapi/vfio.ts';
import { isZeroMessage } from '../services/message.ts';

/** A state's invariant: what breaks it, or null. */
type Predicate = (machine: Machine) => string | null;

function firstOf<V>(
  entries: readonly (readonly [number, V])[],
  broken: (value: V, key: number) => string | null,
): string | null {
  for (const [key, value] of entries) {
    const found = broken(value, key);
    if (found !== null) return found;
  }
  return null;
}

/** I1: attached ⊆ allocated. */
export const attachedIsAllocated: Predicate = ({ vdev, domain }) =>
  firstOf(vdev.ctx.entries(), ({ trigger }, vector) =>
    trigger === null || domain.descs.get(vector)?.handler === trigger
      ? null
      : `vector ${vector} is attached and its irq has no handler for eventfd object ${trigger}`,
  );

/** I2: mode none or INTx ⇒ nothing allocated, MSI and MSI-X disabled. */
export const noneMeansNothing: Predicate = ({ vdev, domain, pci }) => {
  if (vdev.irq_type !== VFIO_PCI_NUM_IRQS && vdev.irq_type !== VFIO_PCI_INTX_IRQ_INDEX) return null;
  if (domain.descs.size > 0) return `no MSI mode, and ${domain.descs.size} irqs are allocated`;
  return pci.msixEnabled || pci.msi.enabled ? 'no MSI mode, and the device has MSI or MSI-X enabled' : null;
};

/** I3: mode MSI-X ⇒ MSI-X enabled, not function-masked, MSI disabled; mode MSI ⇒ MSI-X disabled. */
export const modeMatchesDevice: Predicate = ({ vdev, pci }) => {
  if (vdev.irq_type === VFIO_PCI_MSI_IRQ_INDEX)
    return pci.msixEnabled ? 'mode MSI, and MSI-X is enabled' : null;
  if (vdev.irq_type !== VFIO_PCI_MSIX_IRQ_INDEX) return null;
  const fine = pci.msixEnabled && !pci.msixFunctionMask && !pci.msi.enabled;
  return fine ? null : 'mode MSI-X, and the capability says otherwise';
};

/** I4: allocated = [0, n) of the enabling call. */
export const allocatedIsInitialRange: Predicate = ({ domain }) => {
  if (domain.mode === null) return null;
  const vectors = domain.descs.keys();
  const same = vectors.length === domain.initialRange && vectors.every((vector, at) => vector === at);
  return same ? null : `allocated are {${vectors.join(' ')}}, enabled was with ${domain.initialRange}`;
};

/** I6: the initial range stays allocated. */
export const initialRangeStays: Predicate = ({ domain }) => {
  for (let vector = 0; vector < domain.initialRange; vector++) {
    if (!domain.descs.has(vector)) return `vector ${vector} of the initial range is not allocated`;
  }
  return null;
};

/** I8: as many contexts as requested irqs. */
export const contextsAreRequested: Predicate = ({ vdev, domain }) => {
  const requested = domain.descs.entries().filter(([, desc]) => desc.handler !== null).length;
  return vdev.ctx.size === requested ? null : `${vdev.ctx.size} contexts and ${requested} requested irqs`;
};

/** I9: an MSI-X entry is unmasked exactly while its vector is attached. */
export const unmaskedIsAttached: Predicate = ({ domain, pci, device }) => {
  if (domain.mode !== 'msix') return null;
  for (let vector = 0; vector < (device.msix?.vectors ?? 0); vector++) {
    const unmasked = pci.entries.get(vector)?.masked === false;
    const attached = (domain.descs.get(vector)?.handler ?? null) !== null;
    if (unmasked !== attached)
      return `entry ${vector} is ${unmasked ? 'unmasked and not' : 'masked and'} attached`;
  }
  return null;
};

/** I10: a cached vector's entry is masked and holds the message that the kernel knows, or none after a clobber or reset. */
export const cachedIsMasked: Predicate = ({ domain, pci }) =>
  domain.mode !== 'msix'
    ? null
    : firstOf(domain.descs.entries(), ({ handler, message }, vector) => {
        if (handler !== null) return null;
        const entry = pci.entries.get(vector);
        if (entry === undefined) return null;
        if (!entry.masked) return `vector ${vector} is cached and its entry is unmasked`;
        const known =
          isZeroMessage(entry) || (entry.addressLow === message.addressLow && entry.data === message.data);
        return known
          ? null
          : `the entry of cached vector ${vector} holds a message that the kernel does not know`;
      });

/** I15: an eventfd's references are those of its file and of every binding. */
export const referencesAddUp: Predicate = ({ eventfds, fds, vdev }) => {
  const counted = new Map<number, number>();
  const count = (ev: number | null) => {
    if (ev !== null) counted.set(ev, (counted.get(ev) ?? 0) + 1);
  };
  for (const [, file] of fds.entries()) count(file.kind === 'eventfd' ? file.ev : null);
  for (const [, ctx] of vdev.ctx.entries()) count(ctx.trigger);
  count(vdev.intx?.trigger ?? null);
  count(vdev.intx?.unmask ?? null);
  count(vdev.err_trigger);
  count(vdev.req_trigger);
  if (counted.size !== eventfds.size)
    return `${eventfds.size} eventfd objects exist and ${counted.size} are referred to`;
  return firstOf(eventfds.entries(), ({ refs }, ev) =>
    refs === counted.get(ev)
      ? null
      : `eventfd object ${ev} counts ${refs} references and has ${counted.get(ev) ?? 0}`,
  );
};

/** I16: at most one bypass producer for an eventfd, and no more producers than attached vectors. */
export const producersAreAttached: Predicate = ({ producers, vdev }) => {
  const contexts = vdev.ctx.entries().filter(([, ctx]) => ctx.producer);
  if (contexts.length !== producers.size)
    return `${producers.size} producers for ${contexts.length} contexts`;
  return firstOf(contexts, ({ trigger }, vector) =>
    trigger !== null && producers.has(trigger) ? null : `vector ${vector} has a producer for no eventfd`,
  );
};

/** I18: never more irqs than the index has interrupts. */
export const allocatedFitsDevice: Predicate = ({ domain, device }) => {
  const count = domain.mode === 'msi' ? (device.msi?.vectors ?? 0) : (device.msix?.vectors ?? 0);
  return domain.mode === null || domain.descs.size <= count
    ? null
    : `${domain.descs.size} irqs for ${count} vectors`;
};

/** I20 (V2): a context exists exactly for the allocated vectors. */
export const contextIsAllocated: Predicate = ({ vdev, domain }) => {
  if (domain.mode !== 'msix') return null;
  const contexts = vdev.ctx.keys().join(' ');
  const allocated = domain.descs.keys().join(' ');
  return contexts === allocated ? null : `contexts {${contexts}}, allocated {${allocated}}`;
};

/** I21 (V2): a cached vector lies in the initial range. */
export const cachedIsInitial: Predicate = ({ domain }) =>
  firstOf(domain.descs.entries(), ({ handler }, vector) =>
    handler !== null || domain.mode !== 'msix' || vector < domain.initialRange
      ? null
      : `vector ${vector} is cached and not of the initial range`,
  );
