// The outcome of a kernel call, as the atlas and the marks of recorded outcomes name it.

import type { CheckId } from '../kernel/checks.ts';
import type { Errno } from '../uapi/errno.ts';

/**
 * The result of a kernel function: an errno, a number (0, or a positive count, irq number or size), or null for a function without
 * a result.
 */
export type OutcomeResult = Errno | number | null;

/** The result of a kernel function, and the check that decided it. */
export interface Outcome {
  readonly fn: string;
  readonly check: CheckId | null;
  readonly result: OutcomeResult;
}

/** Functions that return an irq number, which differs between machines. */
const RETURN_IRQ: ReadonlySet<string> = new Set([
  'pci_irq_vector',
  'pci_msix_alloc_irq_at',
  'vfio_msi_alloc_irq',
]);

/** Returns a name of the outcome that is equal for equal outcomes of two machines: it leaves out irq numbers. */
export function outcomeName({
  fn,
  check,
  result,
}: Omit<Outcome, 'check'> & { readonly check: string | null }): string {
  const isIrq = RETURN_IRQ.has(fn) && typeof result === 'number' && result > 0;
  return `${fn} ${check ?? '-'} ${isIrq ? 'irq' : (result ?? 'void')}`;
}
