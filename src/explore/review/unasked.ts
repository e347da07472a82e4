// The operations that no search of a review has. What they would show stays open, so a review names them.

import { FAULT_SITES, type Line, type Op } from '../../kernel/line.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import { linesOf, type ReviewSearch } from './conditions.ts';

/** An operation that no search has. */
export type Unasked =
  | 'intx'
  | 'err-req'
  | 'mask'
  | 'bool'
  | 'close'
  | 'read-write'
  | 'reset'
  | 'release-reopen'
  | 'config'
  | 'clobber'
  | 'info';

/** The operation of a script that asks each of them. */
const OF_OP: Readonly<Record<Op['op'], Unasked | null>> = {
  // each search opens its eventfds and lets the device fire; another file is a descriptor that is no eventfd
  eventfd: null,
  file: null,
  set_irqs: null,
  raise: null,
  close: 'close',
  read: 'read-write',
  write: 'read-write',
  irq_info: 'info',
  device_info: null,
  reset: 'reset',
  hot_reset: 'reset',
  hot_reset_info: null,
  release: 'release-reopen',
  reopen: 'release-reopen',
  cfg_read: 'config',
  cfg_write: 'config',
  clobber: 'clobber',
  // belongs to the pin
  lower: 'intx',
};

const EVERY: readonly Unasked[] = [
  ...(['intx', 'err-req', 'mask', 'bool', 'close', 'read-write'] as const),
  ...(['reset', 'release-reopen', 'config', 'clobber', 'info'] as const),
];

function askedBy({ op }: Line): readonly Unasked[] {
  const own = OF_OP[op.op];
  if (own !== null) return [own];
  if (op.op !== 'set_irqs') return [];
  const { index, flags } = op;
  return [
    ...(index === VFIO_PCI_INTX_IRQ_INDEX ? (['intx'] as const) : []),
    ...(index === VFIO_PCI_ERR_IRQ_INDEX || index === VFIO_PCI_REQ_IRQ_INDEX ? (['err-req'] as const) : []),
    ...((flags & (VFIO_IRQ_SET_ACTION_MASK | VFIO_IRQ_SET_ACTION_UNMASK)) !== 0 ? (['mask'] as const) : []),
    ...((flags & VFIO_IRQ_SET_DATA_BOOL) !== 0 ? (['bool'] as const) : []),
  ];
}

/** Returns what the lines of no search ask, in a fixed order. */
export function unaskedBy(searches: readonly ReviewSearch[]): readonly Unasked[] {
  const one = FAULT_SITES[0];
  // the lines of the other failures have the same operations
  const distinct = searches.filter(({ condition }) => condition.kind !== 'fault' || condition.site === one);
  const asked = new Set(distinct.flatMap((search) => linesOf(search).lines.flatMap(askedBy)));
  return EVERY.filter((kind) => !asked.has(kind));
}
