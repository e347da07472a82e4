// Compares the kernel call tree of a step: names, depth, arguments and returns, in order. Calls of interrupt handlers are
// compared as a set, because their place among the other calls varies between boots.

import type { ObservedCall } from '../session/observe.ts';
import type { Comparison, IrqIdentity } from './comparison.ts';

/** Adds every difference between two call trees; stops after the first call of a different function. */
export function compareCalls(
  comparison: Comparison,
  irqs: IrqIdentity,
  kernel: readonly ObservedCall[],
  model: readonly ObservedCall[],
): void {
  const theirs = kernel.filter((call) => !call.interrupt);
  const ours = model.filter((call) => !call.interrupt);
  for (let i = 0; i < Math.max(theirs.length, ours.length); i++) {
    const recorded = theirs[i];
    const modelled = ours[i];
    const before = comparison.mismatches.length;
    comparison.field(`calls[${i}]`, place(recorded), place(modelled));
    if (comparison.mismatches.length > before) break;
    if (recorded !== undefined && modelled !== undefined)
      compareCall(comparison, irqs, i, recorded, modelled);
  }
  comparison.field('calls by interrupt', interruptText(kernel), interruptText(model));
}

function place(call: ObservedCall | undefined): string {
  return call === undefined ? 'none' : `${'  '.repeat(call.depth)}${call.fn}`;
}

function compareCall(
  comparison: Comparison,
  irqs: IrqIdentity,
  at: number,
  kernel: ObservedCall,
  model: ObservedCall,
): void {
  for (const name of new Set([...Object.keys(kernel.args), ...Object.keys(model.args)])) {
    const theirs = kernel.args[name];
    const ours = model.args[name];
    const field = `calls[${at}] ${kernel.fn} ${name}`;
    // from 6.17 on the registration stores the irq; an injected failure replaces it, so the producer has irq 0
    if (name === 'irq' && theirs === 0 && kernel.args['ev'] === null) continue;
    if (name === 'irq' && typeof theirs === 'number' && typeof ours === 'number') {
      comparison.field(field, irqs.expected(theirs, ours), ours);
    } else if (name === 'msg') {
      comparison.field(field, isProgrammed(theirs), isProgrammed(ours));
    } else {
      comparison.field(field, text(theirs), text(ours));
    }
  }
  const field = `calls[${at}] ${kernel.fn} ret`;
  const returnsIrq = kernel.fn === 'pci_irq_vector' || kernel.fn === 'pci_msix_alloc_irq_at';
  if (returnsIrq && typeof kernel.ret === 'number' && typeof model.ret === 'number') {
    comparison.field(field, irqs.expected(kernel.ret, model.ret), model.ret);
  } else {
    comparison.field(field, kernel.ret, model.ret);
  }
}

function isProgrammed(value: ObservedCall['args'][string] | undefined): boolean {
  return Array.isArray(value) && value.some((word) => word !== 0);
}

function text(value: ObservedCall['args'][string] | undefined): string | number | null | undefined {
  return typeof value === 'object' && value !== null ? value.join(' ') : value;
}

function interruptText(calls: readonly ObservedCall[]): string {
  return calls
    .filter((call) => call.interrupt)
    .map((call) => `${call.fn} ev=${String(call.args['ev'])}`)
    .sort()
    .join(', ');
}
