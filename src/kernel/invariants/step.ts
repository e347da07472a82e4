// Invariants of a step: they compare the machine before and after, or look at the happenings.

import type { Machine } from '../../machine/machine.ts';
import { asInt32, type IrqSet } from '../../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_TYPE_MASK,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import type { Step } from './invariant.ts';

type Predicate = (step: Step) => string | null;

interface Assignment {
  readonly set: IrqSet;
  readonly fds: readonly number[];
  /** Whether this call enables: no mode before it. */
  readonly enabling: boolean;
}

function isMsi(index: number): boolean {
  return index === VFIO_PCI_MSI_IRQ_INDEX || index === VFIO_PCI_MSIX_IRQ_INDEX;
}

function trigger(step: Step): IrqSet | null {
  const { op } = step.line;
  if (op.op !== 'set_irqs' || !isMsi(op.index) || step.run.before.openCount === 0) return null;
  return (op.flags & VFIO_IRQ_SET_ACTION_TYPE_MASK) === VFIO_IRQ_SET_ACTION_TRIGGER ? op : null;
}

/** Returns the step as `E(start, fds)` of docs/driver.md: eventfds for MSI or MSI-X vectors, also if a check fails it. */
function assignment(step: Step): Assignment | null {
  const set = trigger(step);
  if (set === null || (set.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0) return null;
  const enabling = step.run.before.domain.mode === null;
  return { set, fds: set.count > 4096 ? [] : asInt32(set.data, set.count), enabling };
}

function attachedTo(machine: Machine, vector: number): number | null {
  return machine.vdev.ctx.get(vector)?.trigger ?? null;
}

function tornDown({ run }: Step): boolean {
  return run.happenings.some(({ kind }) => kind === 'teardown');
}

/** I5: between enable and disable every allocated vector stays allocated. */
export const allocatedNeverShrinks: Predicate = (step) => {
  if (tornDown(step)) return null;
  const { before, after } = step.run;
  const lost = before.domain.descs.keys().find((vector) => !after.domain.descs.has(vector));
  return lost === undefined ? null : `vector ${lost} lost its irq`;
};

/** I7: only pci_free_irq_vectors() frees irqs. */
export const freedByTeardownOnly: Predicate = ({ run }) => {
  for (const happening of run.happenings) {
    if (happening.kind === 'freed' && happening.by !== 'pci_free_irq_vectors') {
      const whose = happening.original ? ' of the original allocation' : '';
      return `irq ${happening.irq}${whose} of vector ${happening.vector} was freed by ${happening.by}()`;
    }
  }
  return null;
};

/** I11: a vector keeps its irq number while it is allocated, and two vectors never share a number. */
export const numbersStay: Predicate = (step) => {
  const { before, after } = step.run;
  const seen = new Set<number>();
  for (const [vector, { irq }] of after.domain.descs.entries()) {
    if (seen.has(irq)) return `irq ${irq} belongs to two vectors`;
    seen.add(irq);
    const then = before.domain.descs.get(vector)?.irq;
    if (then !== undefined && then !== irq && !tornDown(step))
      return `the irq of vector ${vector} changed from ${then} to ${irq}`;
  }
  return null;
};

/** I12: a failed block on enabled MSI or MSI-X detaches its vectors up to the failing one; the others do not change. */
export const failedBlockIsDetached: Predicate = (step) => {
  const made = assignment(step);
  const failure = step.run.happenings.find(({ kind }) => kind === 'failed');
  if (made === null || made.enabling || failure === undefined || failure.kind !== 'failed') return null;
  const { before, after } = step.run;
  for (let vector = made.set.start; vector <= failure.vector; vector++) {
    if (attachedTo(after, vector) !== null) return `vector ${vector} of the failed block is attached`;
  }
  for (const vector of before.vdev.ctx.keys()) {
    const inBlock = vector >= made.set.start && vector <= failure.vector;
    if (!inBlock && attachedTo(after, vector) !== attachedTo(before, vector))
      return `vector ${vector} outside the failed part changed`;
  }
  return after.vdev.irq_type === before.vdev.irq_type ? null : 'the mode changed';
};

/** I13: an enabling call that does not return 0 leaves no mode and no irqs. */
export const failedEnableLeavesNothing: Predicate = (step) => {
  const made = assignment(step);
  if (made === null || !made.enabling || step.run.ret === 0) return null;
  const { after } = step.run;
  const left = after.domain.descs.size;
  if (left > 0) return `${left} irqs stay allocated`;
  return after.vdev.irq_type === step.run.before.vdev.irq_type ? null : 'a mode stays enabled';
};

/** I14: a call that returns 0 has attached each vector to its eventfd, and detached those with a negative number. */
export const successIsAttached: Predicate = (step) => {
  const made = assignment(step);
  if (made === null || step.run.ret !== 0 || step.run.errno !== null) return null;
  const { after } = step.run;
  for (const [at, fd] of made.fds.entries()) {
    const vector = made.set.start + at;
    const file = fd < 0 ? undefined : after.fds.get(fd);
    const expected = file?.kind === 'eventfd' ? file.ev : null;
    if (attachedTo(after, vector) !== expected)
      return `vector ${vector} is not attached to the eventfd of fd ${fd}`;
  }
  return null;
};

/** I17: a loopback trigger on MSI or MSI-X changes only eventfd counters. */
export const loopbackOnlyCounts: Predicate = (step) => {
  const set = trigger(step);
  if (set === null || set.count === 0 || (set.flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0) return null;
  const { before, after } = step.run;
  const same = before.pci === after.pci && before.domain === after.domain && before.vdev === after.vdev;
  return same ? null : 'the loopback trigger changed more than counters';
};

/** I19: after a failure at vector f, f is allocated if it was before or if this call allocated it. */
export const failingVectorStays: Predicate = (step) => {
  const made = assignment(step);
  const failure = step.run.happenings.find(({ kind }) => kind === 'failed');
  if (made === null || made.enabling || failure === undefined || failure.kind !== 'failed') return null;
  const { vector } = failure;
  const { before, after, happenings } = step.run;
  const fresh = happenings.some((event) => event.kind === 'allocated' && event.vector === vector);
  const expected = before.domain.descs.has(vector) || fresh;
  if (after.domain.descs.has(vector) === expected) return null;
  return `the irq of vector ${vector} was freed when its assignment failed`;
};

/** I22 (V2): holes (allocated, never attached) can only disappear while MSI-X is enabled. */
export const holesOnlyDisappear: Predicate = (step) => {
  const { before, after } = step.run;
  if (before.domain.mode !== 'msix' || tornDown(step)) return null;
  for (const [vector, desc] of after.domain.descs.entries()) {
    if (desc.handler === null && before.domain.descs.get(vector)?.handler !== null) {
      return `vector ${vector} became a hole`;
    }
  }
  return null;
};

/** I23 (track): after a failure at vector f of an enabled mode, f is allocated exactly if it was before the call. */
export const failingVectorUnchanged: Predicate = (step) => {
  const made = assignment(step);
  const failure = step.run.happenings.find(({ kind }) => kind === 'failed');
  if (made === null || made.enabling || failure === undefined || failure.kind !== 'failed') return null;
  const { vector } = failure;
  const was = step.run.before.domain.descs.has(vector);
  if (step.run.after.domain.descs.has(vector) === was) return null;
  return was
    ? `the irq of vector ${vector} was freed when its assignment failed`
    : `vector ${vector} has an irq after its assignment failed`;
};

/** I24 (hold): a successful call removes no handler of a vector that it swaps, and writes no other message to its entry. */
export const swapKeepsHandler: Predicate = (step) => {
  const made = assignment(step);
  if (made === null || made.enabling || step.run.ret !== 0 || step.run.errno !== null) return null;
  const { before, after, happenings } = step.run;
  for (const [at, fd] of made.fds.entries()) {
    const vector = made.set.start + at;
    if (fd < 0 || attachedTo(before, vector) === null) continue;
    if (happenings.some((event) => event.kind === 'detached' && event.vector === vector))
      return `the swap of vector ${vector} removed its handler`;
    const was = before.pci.entries.get(vector);
    const is = after.pci.entries.get(vector);
    if (was?.data !== is?.data || was?.addressLow !== is?.addressLow || was?.addressHigh !== is?.addressHigh)
      return `the swap of vector ${vector} changed the message of its entry`;
  }
  return null;
};
