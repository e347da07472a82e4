// The kernel function, check and section that an explanation cites.

import { CHECKS, type Check, type CheckId } from '../../kernel/checks.ts';
import type { Op } from '../../kernel/line.ts';
import { VFIO_PCI_ERR_IRQ_INDEX, VFIO_PCI_INTX_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX } from '../../uapi/vfio.ts';
import type { DriverPath, WhySource } from './why.ts';

/** The kernel function that an explanation is about, the check in it that refused, and the section of docs/. */
export interface CitedSource {
  readonly fn: string;
  readonly check: CheckId | null;
  /** For instance `docs/driver.md §6.4 step 7`. */
  readonly docs: string;
}

/** The section of docs/driver.md on each part that has functions in common with another one. */
const PATH_SECTIONS: Readonly<Partial<Record<DriverPath, string>>> = { intx: '9', single: '10' };

/** Checks of functions that MSI, INTx, ERR and REQ have in common; the field `section` is the one for MSI. */
const SHARED: ReadonlySet<CheckId> = new Set<CheckId>([
  'eventfd.closed',
  'eventfd.not-eventfd',
  'irq.request',
  'fault.injected',
]);

/** Returns the places of a source; for a check with the section on the part of the driver that made the call. */
export function citedSource(source: WhySource): CitedSource {
  if (!('check' in source)) return { ...source, check: null };
  const { check } = source;
  const path = 'path' in source ? source.path : pathOf(source.op);
  const { fn, section }: Check = CHECKS[check];
  const shared = SHARED.has(check) ? PATH_SECTIONS[path] : undefined;
  // an injected fault keeps the table of faults as its second citation
  const own = shared === undefined ? section : check === 'fault.injected' ? `${shared}, §${section}` : shared;
  return { fn, check, docs: `docs/driver.md §${own}` };
}

function pathOf(op: Op): DriverPath {
  if (op.op !== 'set_irqs') return 'msi';
  switch (op.index) {
    case VFIO_PCI_INTX_IRQ_INDEX:
      return 'intx';
    case VFIO_PCI_ERR_IRQ_INDEX:
    case VFIO_PCI_REQ_IRQ_INDEX:
      return 'single';
    default:
      return 'msi';
  }
}
