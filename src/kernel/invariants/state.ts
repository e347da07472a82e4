// Invariants of a state: they look only at the machine after the step.

import type { Machine } from '../../machine/machine.ts';
import {
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_NUM_IRQS,
} from '../../uapi/vfio.ts';
import { isZeroMessage } from '../services/message.ts';

/** Returns the breach as a sentence, or null. */
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
      : `vector ${vector} is attached but its irq has no handler for eventfd object ${trigger}`,
  );

/** I2: without a mode or with INTx, no irqs are allocated and MSI and MSI-X are disabled. */
export const noneMeansNothing: Predicate = ({ vdev, domain, pci }) => {
  if (vdev.irq_type !== VFIO_PCI_NUM_IRQS && vdev.irq_type !== VFIO_PCI_INTX_IRQ_INDEX) return null;
  if (domain.descs.size > 0) return `${domain.descs.size} irqs are allocated without an MSI mode`;
  return pci.msixEnabled || pci.msi.enabled
    ? 'the device has MSI or MSI-X enabled without an MSI mode'
    : null;
};

/** I3: with mode MSI-X, MSI-X is enabled and not masked, and MSI is disabled; with mode MSI, MSI-X is disabled. */
export const modeMatchesDevice: Predicate = ({ vdev, pci }) => {
  if (vdev.irq_type === VFIO_PCI_MSI_IRQ_INDEX)
    return pci.msixEnabled ? 'the mode is MSI but MSI-X is enabled' : null;
  if (vdev.irq_type !== VFIO_PCI_MSIX_IRQ_INDEX) return null;
  const fine = pci.msixEnabled && !pci.msixFunctionMask && !pci.msi.enabled;
  return fine ? null : 'the mode is MSI-X but the capability is disabled or masked, or MSI is enabled';
};

/** I4: allocated = [0, n) of the enabling call. */
export const allocatedIsInitialRange: Predicate = ({ domain }) => {
  if (domain.mode === null) return null;
  const vectors = domain.descs.keys();
  const same = vectors.length === domain.initialRange && vectors.every((vector, at) => vector === at);
  return same
    ? null
    : `the enabling call had ${domain.initialRange} vectors, allocated are {${vectors.join(' ')}}`;
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
      return `entry ${vector} is ${unmasked ? 'unmasked but not' : 'masked but'} attached`;
  }
  return null;
};

/** I10: a cached vector's entry is masked and contains the kernel's message, or zero after a clobber or reset. */
export const cachedIsMasked: Predicate = ({ domain, pci }) =>
  domain.mode !== 'msix'
    ? null
    : firstOf(domain.descs.entries(), ({ handler, message }, vector) => {
        if (handler !== null) return null;
        const entry = pci.entries.get(vector);
        if (entry === undefined) return null;
        if (!entry.masked) return `vector ${vector} is cached but its entry is unmasked`;
        const known =
          isZeroMessage(entry) || (entry.addressLow === message.addressLow && entry.data === message.data);
        return known
          ? null
          : `the entry of cached vector ${vector} contains a message that the kernel did not write`;
      });

/** I15: an eventfd has one reference for its file and one for each use in the kernel. */
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
    return `${eventfds.size} eventfd objects exist but ${counted.size} have a file or a use`;
  return firstOf(eventfds.entries(), ({ refs }, ev) =>
    refs === counted.get(ev)
      ? null
      : `eventfd object ${ev} counts ${refs} references but has ${counted.get(ev) ?? 0}`,
  );
};

/** I16: at most one bypass producer for an eventfd, and no more producers than attached vectors. */
export const producersAreAttached: Predicate = ({ producers, vdev }) => {
  const contexts = vdev.ctx.entries().filter(([, ctx]) => ctx.producer);
  if (contexts.length !== producers.size)
    return `${producers.size} producers for ${contexts.length} contexts`;
  return firstOf(contexts, ({ trigger }, vector) =>
    trigger !== null && producers.has(trigger) ? null : `vector ${vector} has a producer without an eventfd`,
  );
};

/** I18: the number of irqs does not exceed the number of vectors. */
export const allocatedFitsDevice: Predicate = ({ domain, device }) => {
  const count = domain.mode === 'msi' ? (device.msi?.vectors ?? 0) : (device.msix?.vectors ?? 0);
  return domain.mode === null || domain.descs.size <= count
    ? null
    : `${domain.descs.size} irqs for ${count} vectors`;
};

/** I20 (V2): contexts exist exactly for the allocated vectors. */
export const contextIsAllocated: Predicate = ({ vdev, domain }) => {
  if (domain.mode !== 'msix') return null;
  const contexts = vdev.ctx.keys().join(' ');
  const allocated = domain.descs.keys().join(' ');
  return contexts === allocated ? null : `contexts {${contexts}}, allocated {${allocated}}`;
};

/** I21 (V2): every cached vector is in the initial range. */
export const cachedIsInitial: Predicate = ({ domain }) =>
  firstOf(domain.descs.entries(), ({ handler }, vector) =>
    handler !== null || domain.mode !== 'msix' || vector < domain.initialRange
      ? null
      : `vector ${vector} is cached but outside the initial range`,
  );
