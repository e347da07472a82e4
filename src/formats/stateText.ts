// The state after a step as text for a terminal: eventfds, allocated irqs, and table entries that are not blank.

import type { Machine } from '../machine/machine.ts';
import { observe } from '../session/observe.ts';
import { INDEX_NAMES } from '../uapi/vfio.ts';

/** Returns a few indented lines, for instance `    irqs     0:25 attached  1:26 cached`. */
export function stateText(machine: Machine): string {
  const state = observe(machine);
  const mode = INDEX_NAMES[machine.vdev.irq_type] ?? 'none';
  const fds = [...state.eventfds].map(([fd, count]) => `${fd}=${count}`).join('  ');
  const irqs = state.irqs.map(
    ([vector, irq, requested]) => `${vector}:${irq} ${requested > 0 ? 'attached' : 'cached'}`,
  );
  const table = (state.table ?? []).map(([entry, low, , data, masked, pending]) => {
    const message = low === 0 && data === 0 ? 'zero' : `${hex(low, 8)}/${hex(data, 4)}`;
    return `${entry}:${message}${masked > 0 ? ' masked' : ''}${pending > 0 ? ' pending' : ''}`;
  });
  return [
    `    mode     ${mode}${state.intx.disabled ? ' DisINTx+' : ''}${state.intx.pending ? ' pin asserted' : ''}`,
    `    eventfds ${fds === '' ? 'none' : fds}`,
    `    irqs     ${irqs.length === 0 ? 'none' : irqs.join('  ')}`,
    ...(state.table === undefined ? [] : [`    table    ${tableText(state.table === null, table)}`]),
  ].join('\n');
}

function tableText(unreadable: boolean, entries: readonly string[]): string {
  if (unreadable) return 'memory space is disabled';
  return entries.length === 0 ? 'blank' : entries.join('  ');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
