// The observed state as fields of text, the kernel's beside the model's.

import type { ObservedState } from '../../session/observe.ts';
import { hex } from '../../text/numbers.ts';

/** One field of the state in kernel and model. */
export interface StateField {
  readonly name: string;
  readonly kernel: string;
  readonly model: string;
}

/** Returns the fields that are relevant at this step. */
export function stateFields(kernel: ObservedState, model: ObservedState): readonly StateField[] {
  const theirs = texts(kernel);
  const ours = texts(model);
  // the recorder could not read the table
  if (kernel.msix !== undefined && kernel.table === undefined) ours.delete('pending');
  return [...new Set([...theirs.keys(), ...ours.keys()])].map((name) => ({
    name,
    kernel: theirs.get(name) ?? '–',
    model: ours.get(name) ?? '–',
  }));
}

function texts(state: ObservedState): Map<string, string> {
  const fields = new Map<string, string>();
  fields.set('mode', state.irqMode ?? 'none');
  if (state.irqs.length > 0) fields.set('irqs', irqText(state));
  if (state.eventfds.size > 0) {
    fields.set('eventfds', [...state.eventfds].map(([fd, count]) => `${fd}:${count}`).join(' '));
  }
  fields.set('command', hex(state.command, 4));
  if (state.msix !== undefined) {
    const { enabled, functionMask } = state.msix;
    fields.set('MSI-X', `Enable${enabled ? '+' : '-'} Masked${functionMask ? '+' : '-'}`);
  }
  if (state.msi !== undefined) {
    fields.set('MSI', `Enable${state.msi.enabled ? '+' : '-'} Count=${state.msi.vectors}`);
  }
  const pending = (state.table ?? []).filter((entry) => entry[5] === 1).map(([vector]) => vector);
  if (pending.length > 0) fields.set('pending', pending.join(' '));
  return fields;
}

/** Returns `vector:irq`, with the irq in brackets if it is not requested. */
function irqText({ irqs }: ObservedState): string {
  const shown = irqs
    .slice(0, 16)
    .map(([vector, irq, requested]) => `${vector}:${requested === 0 ? `(${irq})` : irq}`);
  return `${shown.join(' ')}${irqs.length > 16 ? ` … ${irqs.length} in all` : ''}`;
}
