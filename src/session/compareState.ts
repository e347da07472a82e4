// Compares the state after a step: the model's against what was recorded.

import type { Comparison, IrqIdentity } from './comparison.ts';
import type { Message, ObservedEntry, ObservedIrq, ObservedState } from './recording.ts';

/** Notes every field in which two states differ. Messages count by whether they are programmed. */
export function compareState(
  comparison: Comparison,
  irqs: IrqIdentity,
  kernel: ObservedState,
  model: ObservedState,
): void {
  for (const fd of union(kernel.eventfds.keys(), model.eventfds.keys())) {
    comparison.field(`after.eventfds[${fd}]`, kernel.eventfds.get(fd), model.eventfds.get(fd));
  }
  comparison.field('after.irqMode', kernel.irqMode, model.irqMode);
  compareIrqs(comparison, irqs, kernel.irqs, model.irqs);
  comparison.field('after.intx.requested', kernel.intx.requested, model.intx.requested);
  comparison.field('after.intx.disabled', kernel.intx.disabled, model.intx.disabled);
  comparison.field('after.intx.pending', kernel.intx.pending, model.intx.pending);
  comparison.field('after.command', kernel.command, model.command);
  if (kernel.msi !== undefined || model.msi !== undefined) {
    comparison.field('after.msi.enabled', kernel.msi?.enabled, model.msi?.enabled);
    comparison.field('after.msi.vectors', kernel.msi?.vectors, model.msi?.vectors);
    comparison.field('after.msi.message', programmed(kernel.msi?.message), programmed(model.msi?.message));
    comparison.field('after.msi.mask', kernel.msi?.mask, model.msi?.mask);
    comparison.field('after.msi.pending', kernel.msi?.pending, model.msi?.pending);
  }
  if (kernel.msix !== undefined || model.msix !== undefined) {
    comparison.field('after.msix.enabled', kernel.msix?.enabled, model.msix?.enabled);
    comparison.field('after.msix.functionMask', kernel.msix?.functionMask, model.msix?.functionMask);
  }
  // a device with MSI-X whose table could not be reached then: nothing is known of it
  if (kernel.msix === undefined || kernel.table !== undefined)
    compareTable(comparison, kernel.table, model.table);
}

function compareIrqs(
  comparison: Comparison,
  irqs: IrqIdentity,
  kernel: readonly ObservedIrq[],
  model: readonly ObservedIrq[],
): void {
  const recorded = new Map(kernel.map((irq) => [irq[0], irq]));
  const modelled = new Map(model.map((irq) => [irq[0], irq]));
  for (const vector of union(recorded.keys(), modelled.keys())) {
    const theirs = recorded.get(vector);
    const ours = modelled.get(vector);
    comparison.field(`after.irqs[${vector}] allocated`, theirs !== undefined, ours !== undefined);
    if (theirs === undefined || ours === undefined) continue;
    comparison.field(`after.irqs[${vector}] irq`, irqs.expected(theirs[1], ours[1]), ours[1]);
    comparison.field(`after.irqs[${vector}] requested`, theirs[2], ours[2]);
  }
}

function compareTable(
  comparison: Comparison,
  kernel: readonly ObservedEntry[] | null | undefined,
  model: readonly ObservedEntry[] | null | undefined,
): void {
  comparison.field('after.table readable', kernel !== null, model !== null);
  const recorded = new Map((kernel ?? []).map((entry) => [entry[0], entry]));
  const modelled = new Map((model ?? []).map((entry) => [entry[0], entry]));
  for (const vector of union(recorded.keys(), modelled.keys())) {
    comparison.field(
      `after.table[${vector}]`,
      entryText(recorded.get(vector)),
      entryText(modelled.get(vector)),
    );
  }
}

/** An entry by what can be compared: programmed or zero, masked, pending. */
function entryText(entry: ObservedEntry | undefined): string {
  if (entry === undefined) return 'zero masked';
  const [, low, high, data, masked, pending] = entry;
  return [
    programmed([low, high, data]) ? 'programmed' : 'zero',
    masked === 1 ? 'masked' : 'unmasked',
    ...(pending === 1 ? ['pending'] : []),
  ].join(' ');
}

function programmed(message: Message | undefined): boolean | undefined {
  return message === undefined ? undefined : message.some((word) => word !== 0);
}

function union(a: Iterable<number>, b: Iterable<number>): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
