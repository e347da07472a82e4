// The needs of a question: the operations, faults and host facts without which no search can find it. Each atom declares its
// needs (atoms.ts), and the need of a predicate follows from its parts. The rules are cautious: a doubtful case counts as possible.

import type { Line } from '../kernel/line.ts';
import type { Machine } from '../machine/machine.ts';
import type { Errno } from '../uapi/errno.ts';
import { PCI_COMMAND_MEMORY } from '../uapi/pciRegs.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../uapi/vfio.ts';
import { DATA_OF } from './alphabet.ts';
import { vectorsOf } from './vectors.ts';

/** One operation, fault or host fact that a search has or lacks. */
export type Means =
  | { readonly means: 'raise' }
  /** A device that can raise in a mode that some operation enables. */
  | { readonly means: 'can-raise' }
  /** An operation by which the device lowers its pin. */
  | { readonly means: 'lower' }
  /** A SET_IRQS of INTx. */
  | { readonly means: 'intx' }
  | { readonly means: 'close' }
  | { readonly means: 'reset' }
  | { readonly means: 'loopback' }
  | { readonly means: 'disable' }
  | { readonly means: 'count-zero' }
  /** A descriptor that is not open, in an assignment. */
  | { readonly means: 'bad-fd' }
  /** An open eventfd, in an assignment. */
  | { readonly means: 'good-fd' }
  /** An injected fault; with an errno, one that can make a line fail with it. */
  | { readonly means: 'fault'; readonly errno: Errno | null }
  /** A fault that grants fewer vectors than requested. */
  | { readonly means: 'short-grant' }
  /** A host that cannot allocate all vectors of the device at once. */
  | { readonly means: 'few-irqs' }
  /** A host with fewer CPU vectors than the device has vectors. */
  | { readonly means: 'few-cpu-vectors' }
  /** A host that allocates MSI-X vectors while MSI-X is enabled. */
  | { readonly means: 'dynamic' }
  /** Anything by which an assignment can fail: a descriptor, count 0, a fault, another mode, a host that is short of something. */
  | { readonly means: 'failure' }
  /** A device that has this vector. */
  | { readonly means: 'vector'; readonly vector: number }
  /** An operation outside the usual alphabets. `what` completes "no operation …". */
  | { readonly means: 'other-operation'; readonly what: string };

/** A need: a single means, all of several needs, or any of them. */
export type Need = Means | { readonly all: readonly Need[] } | { readonly any: readonly Need[] };

/** The need that is always met. */
export const NOTHING_NEEDED: Need = { all: [] };

/** The lines and start machines of a search. */
export interface Given {
  readonly alphabet: readonly Line[];
  readonly sides: readonly { readonly start: Machine }[];
}

const phrase = (count: number, one: string) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

/** Returns the lack of a means as a clause without a full stop, for instance "no operation closes a descriptor". */
function missingText(need: Means, { sides }: Given): string {
  const vectors = Math.max(...sides.map(({ start }) => vectorsOf(start)));
  switch (need.means) {
    case 'raise':
      return 'no operation lets the device raise an interrupt';
    case 'can-raise':
      return sides.some(({ start }) => start.device.raise === 'with-msix')
        ? 'the device raises interrupts only while MSI-X is enabled, and no operation sets MSI-X'
        : 'the device cannot raise an interrupt';
    case 'lower':
      return 'no operation lowers the pin';
    case 'intx':
      return 'no operation sets INTx';
    case 'close':
      return 'no operation closes a descriptor';
    case 'reset':
      return 'no operation resets the device';
    case 'loopback':
      return 'no operation is a loopback trigger';
    case 'disable':
      return 'no operation disables MSI or MSI-X';
    case 'count-zero':
      return 'no assignment has count 0';
    case 'bad-fd':
      return 'no assignment names a descriptor that is not open';
    case 'good-fd':
      return 'no assignment names an open eventfd';
    case 'fault':
      return need.errno === null ? 'no fault is injected' : `no injected fault results in ${need.errno}`;
    case 'short-grant':
      return 'no injected fault grants fewer vectors';
    case 'few-irqs':
      return `the host has an irq for each of the ${phrase(vectors, 'vector')}`;
    case 'few-cpu-vectors':
      return `the host has a CPU vector for each of the ${phrase(vectors, 'vector')}`;
    case 'dynamic':
      return 'the host has no dynamic allocation';
    case 'failure':
      return `no assignment can fail: every descriptor is open, no fault is injected, and the host has an irq and a CPU vector for each of the ${phrase(vectors, 'vector')}`;
    case 'vector':
      return `the device has no vector ${need.vector}`;
    case 'other-operation':
      return `no operation ${need.what}`;
  }
}

/** Returns the unmet part of a need, or null if the search meets it. */
export function unmet(need: Need, given: Given): Need | null {
  return isUsual(given) ? lacking(need, given) : null;
}

function lacking(need: Need, given: Given): Need | null {
  if ('means' in need) return isThere(need, given) ? null : need;
  const parts = ('all' in need ? need.all : need.any).map((part) => lacking(part, given));
  const missing = parts.flatMap((part) => part ?? []);
  if ('all' in need) return missing.length === 0 ? null : { all: missing };
  return missing.length < parts.length ? null : { any: missing };
}

/** Returns the reason why a search with these lines and hosts cannot find anything, as a clause; null if it may. */
export function cannotHappen(need: Need, given: Given): string | null {
  const lack = unmet(need, given);
  if (lack === null) return null;
  const clauses = (part: Need): readonly string[] =>
    'means' in part ? [missingText(part, given)] : ('all' in part ? part.all : part.any).flatMap(clauses);
  const all = [...new Set(clauses(lack))];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Sites whose callers turn any fault into ENOMEM or EFAULT. */
const OWN_ERRNO = ['copy_from_user', 'memdup_user', 'kcalloc_ctx', 'vfio_irq_ctx_alloc', 'kasprintf'];

const FAILURES: readonly Means[] = [
  { means: 'bad-fd' },
  { means: 'close' },
  { means: 'count-zero' },
  { means: 'fault', errno: null },
  { means: 'few-irqs' },
  { means: 'few-cpu-vectors' },
];

function hasFewCpuVectors(start: Machine): boolean {
  const { msiController, cpuVectors } = start.host;
  return msiController === 'apic' && cpuVectors < vectorsOf(start);
}

function isThere(need: Means, given: Given): boolean {
  const { alphabet, sides } = given;
  const ops = (wanted: Line['op']['op']) => alphabet.some(({ op }) => op.op === wanted);
  const sets = alphabet.flatMap(({ op }) => (op.op === 'set_irqs' ? [op] : []));
  const faults = alphabet.flatMap((line) => line.faults);
  const host = (wanted: (machine: Machine) => boolean) => sides.some(({ start }) => wanted(start));
  const names = (wanted: (fd: number) => boolean) =>
    sets.some(({ data }) => data.kind === 'i32' && data.values.some(wanted));
  const indexes = new Set(sets.map(({ index }) => index));
  const isMsi = indexes.has(VFIO_PCI_MSI_IRQ_INDEX);
  const isOpen = (fd: number) => sides.some(({ start }) => start.fds.has(fd));
  switch (need.means) {
    case 'raise':
      return ops('raise') || alphabet.some(({ raises = [] }) => raises.length > 0);
    case 'can-raise':
      return host(
        ({ device }) =>
          device.raise === 'always' || (device.raise === 'with-msix' && indexes.has(VFIO_PCI_MSIX_IRQ_INDEX)),
      );
    case 'intx':
      return indexes.has(VFIO_PCI_INTX_IRQ_INDEX);
    case 'lower':
    case 'close':
    case 'reset':
      return ops(need.means);
    case 'loopback':
      return sets.some(
        ({ data, count, flags }) =>
          data.kind !== 'i32' && count > 0 && (flags & VFIO_IRQ_SET_ACTION_TRIGGER) !== 0,
      );
    case 'disable':
      return sets.some(({ data, count }) => data.kind !== 'i32' && count === 0);
    case 'count-zero':
      return sets.some(({ data, count }) => data.kind === 'i32' && count === 0);
    case 'bad-fd':
      return names((fd) => fd >= 0 && !isOpen(fd));
    case 'good-fd':
      return names((fd) => fd >= 0 && isOpen(fd));
    case 'fault':
      return faults.some(
        ({ site, result }) =>
          need.errno === null ||
          result === need.errno ||
          (OWN_ERRNO.includes(site) && (need.errno === 'ENOMEM' || need.errno === 'EFAULT')) ||
          (typeof result === 'number' && need.errno === 'ENOSPC'),
      );
    case 'short-grant':
      return faults.some(({ result }) => typeof result === 'number');
    case 'few-irqs':
      // MSI takes one block: without remapping x86 grants a single vector, and unmaskable MSI takes CPU vectors at once
      return host(
        (start) =>
          (start.host.irqPool !== null && start.host.irqPool < vectorsOf(start)) ||
          (isMsi && start.host.msiController === 'apic' && !start.host.irqRemapping) ||
          (isMsi && hasFewCpuVectors(start)),
      );
    case 'few-cpu-vectors':
      return host(hasFewCpuVectors);
    case 'dynamic':
      return host((start) => start.host.canAllocDyn);
    case 'failure':
      // without dynamic allocation, which MSI never has, a block past the enabled range fails as well
      return (
        isMsi ||
        indexes.size > 1 ||
        host((start) => !start.host.canAllocDyn) ||
        FAILURES.some((means) => isThere(means, given))
      );
    case 'vector':
      return host((start) => need.vector < vectorsOf(start));
    case 'other-operation':
      return false;
  }
}

/**
 * Returns whether the needs of the atoms apply: an open, unused device, descriptors that are all eventfds, and well-formed lines
 * of the kinds of `alphabetOf`. For other searches no question is ruled out.
 */
function isUsual({ alphabet, sides }: Given): boolean {
  return alphabet.every(isUsualLine) && sides.every(({ start }) => isFresh(start));
}

function isUsualLine({ op }: Line): boolean {
  if (op.op === 'raise' || op.op === 'lower' || op.op === 'close' || op.op === 'reset') return true;
  if (op.op !== 'set_irqs') return false;
  const { index, flags, data, argsz, count } = op;
  const actions =
    index === VFIO_PCI_INTX_IRQ_INDEX
      ? [VFIO_IRQ_SET_ACTION_TRIGGER, VFIO_IRQ_SET_ACTION_MASK, VFIO_IRQ_SET_ACTION_UNMASK]
      : index === VFIO_PCI_MSI_IRQ_INDEX || index === VFIO_PCI_MSIX_IRQ_INDEX
        ? [VFIO_IRQ_SET_ACTION_TRIGGER]
        : [];
  const [type, size] = DATA_OF[data.kind];
  return (
    actions.some((action) => flags === (action | type)) &&
    argsz === VFIO_IRQ_SET_MINSZ + size * count &&
    (data.kind === 'none' || data.values.length === count)
  );
}

function isFresh({ openCount, domain, vdev, pci, fds }: Machine): boolean {
  const { intx, err_trigger, req_trigger, ctx } = vdev;
  return (
    openCount > 0 &&
    domain.mode === null &&
    domain.descs.size === 0 &&
    ctx.size === 0 &&
    intx === null &&
    err_trigger === null &&
    req_trigger === null &&
    pci.msi.pending === 0 &&
    !pci.pinAsserted &&
    (pci.command & PCI_COMMAND_MEMORY) !== 0 &&
    pci.entries.entries().every(([, { pending }]) => !pending) &&
    fds.entries().every(([, { kind }]) => kind === 'eventfd')
  );
}
