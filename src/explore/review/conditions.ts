// The fixed list of searches of a review: on which host, with which operations, and in which respect two kernels are compared.

import { FAULT_SITES, type Fault, type FaultSite, type Line, line } from '../../kernel/line.ts';
import type { Errno } from '../../uapi/errno.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../../uapi/vfio.ts';
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET } from '../alphabet.ts';

/**
 * To whom a difference is visible: `client`, the process with the device's descriptor (results, errnos, outputs, signals of its
 * eventfds); `host`, root, who reads sysfs and proc (hostView.ts); `state`, to somebody who reads the kernel's memory.
 */
export type Respect = 'state' | 'client' | 'host';

/** The mode of the vectors. */
export type Mode = 'msix' | 'msi';

/** What a search changes of the usual host and operations. */
export type Condition =
  | { readonly kind: 'usual' }
  | { readonly kind: 'msi' }
  /** The host allocates no MSI-X vector while MSI-X is enabled. */
  | { readonly kind: 'no-dynamic' }
  /** The host has so many irqs for the device. */
  | { readonly kind: 'irqs'; readonly irqs: number }
  /** request_irq has so many CPU vectors for the device. */
  | { readonly kind: 'cpu-vectors'; readonly cpuVectors: number }
  /** The first or second call of this site within an assignment fails. */
  | { readonly kind: 'fault'; readonly site: FaultSite }
  /** The device fires once, at any moment inside the last ioctl (inside.ts). */
  | { readonly kind: 'inside'; readonly mode: Mode };

/** One search. */
export interface ReviewSearch {
  readonly condition: Condition;
  readonly respect: Respect;
  readonly alphabet: AlphabetSpec;
}

/** The largest number of pairs of states in one search. The listed kernels need at most some hundreds. */
export const MOST_PAIRS = 20_000;

const EVERY_KIND: AlphabetSpec = {
  ...USUAL_ALPHABET,
  vectors: 3,
  countZero: true,
  disable: true,
  loopback: true,
  raise: true,
};
const TWO_EVENTFDS: AlphabetSpec = { ...EVERY_KIND, goodFds: 2 };
// MSI has a power of two
const MSI: AlphabetSpec = { ...EVERY_KIND, mode: 'msi', vectors: 4 };
const FEW: AlphabetSpec = { ...TWO_EVENTFDS, vectors: 2 };

const BOTH: readonly Respect[] = ['client', 'host'];

function searches(
  condition: Condition,
  alphabet: AlphabetSpec,
  respects: readonly Respect[] = BOTH,
): readonly ReviewSearch[] {
  return respects.map((respect) => ({ condition, respect, alphabet }));
}

/** Every search, in the order of the answers. */
export const REVIEW_SEARCHES: readonly ReviewSearch[] = [
  ...searches({ kind: 'usual' }, TWO_EVENTFDS, ['client', 'host', 'state']),
  ...searches({ kind: 'msi' }, MSI),
  ...searches({ kind: 'no-dynamic' }, EVERY_KIND),
  ...[1, 2, 3].flatMap((irqs) => searches({ kind: 'irqs', irqs }, EVERY_KIND)),
  ...searches({ kind: 'cpu-vectors', cpuVectors: 1 }, EVERY_KIND),
  ...FAULT_SITES.flatMap((site) => searches({ kind: 'fault', site }, EVERY_KIND)),
  ...searches({ kind: 'inside', mode: 'msix' }, FEW, ['client']),
  ...searches({ kind: 'inside', mode: 'msi' }, { ...FEW, mode: 'msi' }, ['client']),
];

/** The failures of the sites that do not run out of memory. */
const ERRNO_OF_SITE: Readonly<Partial<Record<FaultSite, Errno>>> = {
  copy_from_user: 'EFAULT',
  memdup_user: 'EFAULT',
  pci_alloc_irq_vectors: 'ENOSPC',
  pci_msix_alloc_irq_at: 'ENOSPC',
  request_irq: 'ENOSPC',
};

/** Returns the failures of a site: its first and its second call within a line. */
function faultsAt(site: FaultSite): readonly Fault[] {
  return [1, 2].map((nth) => ({ site, nth, result: ERRNO_OF_SITE[site] ?? 'ENOMEM' }));
}

/** Returns true for an assignment of eventfds to vectors. */
function isAssignment({ op }: Line): boolean {
  return op.op === 'set_irqs' && op.data.kind === 'i32' && op.count > 0;
}

/** Returns each assignment with each failure of a site. */
export function faultyLines(lines: readonly Line[], site: FaultSite): readonly Line[] {
  const assignments = lines.filter(isAssignment);
  return faultsAt(site).flatMap((fault) => assignments.map(({ op }) => ({ op, faults: [fault] })));
}

/** Returns the lines of a search, and those that open its eventfds. */
export function linesOf({ condition, alphabet }: ReviewSearch): {
  readonly setUp: readonly Line[];
  readonly lines: readonly Line[];
} {
  const { setUp, lines } = alphabetOf(alphabet);
  const index = alphabet.mode === 'msix' ? VFIO_PCI_MSIX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX;
  const added = condition.kind === 'fault' ? faultyLines(lines, condition.site) : [];
  const isEmpty = ({ op }: Line) => op.op === 'set_irqs' && op.data.kind === 'i32' && op.count === 0;
  return {
    setUp,
    lines: [
      // among equally short scripts one without an assignment of nothing is easier to read
      ...lines.filter((one) => !isEmpty(one)),
      ...lines.filter(isEmpty),
      line({ op: 'irq_info', index }),
      ...added,
    ],
  };
}
