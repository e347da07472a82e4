// The choices of a search by name, for the form and for the notes about it.

import { type AlphabetPart, type SearchSetup, USUAL_DEVICE } from '../../session/search.ts';
import { counted } from '../../text/numbers.ts';

/** The optional operations, each with its label, in the order of the form. */
export const PART_LABELS: readonly (readonly [AlphabetPart, string])[] = [
  ['unbind', '−1: detach a vector'],
  ['bad', 'a descriptor that is not open'],
  ['disable', 'disable the mode (DATA_NONE, count 0)'],
  ['loopback', 'loopback trigger (DATA_NONE)'],
  ['raise', 'the device raises a vector; INTx: it lowers its pin'],
  ['count0', 'assignments with count 0'],
  ['close', 'close the descriptor of an eventfd'],
  ['reset', 'VFIO_DEVICE_RESET'],
  ['faults', 'injected faults: no irq, no handler, no memory'],
  ['mask', 'MASK and UNMASK of INTx (DATA_NONE)'],
  ['unmaskfd', 'UNMASK and MASK of INTx by an eventfd'],
  ['bool', 'DATA_BOOL 1 and 0 beside DATA_NONE'],
];

/** The operations that only INTx has. */
export const INTX_PARTS: readonly AlphabetPart[] = ['mask', 'unmaskfd'];

/** Returns a change of the setup as text, for instance `the device raises a vector; 2 vectors`. */
export function changeText(change: Partial<SearchSetup>, { parts: before, modes: had }: SearchSetup): string {
  const { parts = before, modes = had, device, vectors, msi, irqs, cpuVectors, dynamic } = change;
  return [
    ...(modes.includes('intx') && !had.includes('intx') ? ['INTx'] : []),
    ...PART_LABELS.flatMap(([part, label]) =>
      parts.includes(part) && !before.includes(part) ? [label] : [],
    ),
    ...(vectors === undefined ? [] : [counted(vectors, 'vector')]),
    ...(msi === undefined ? [] : [counted(msi, 'MSI vector')]),
    ...(irqs == null ? [] : [`the host can allocate ${counted(irqs, 'irq')}`]),
    ...(cpuVectors == null ? [] : [`the host has ${counted(cpuVectors, 'CPU vector')}`]),
    ...(dynamic === true ? ['dynamic allocation'] : []),
    ...((device ?? USUAL_DEVICE).raise === 'always' ? ['a device that raises interrupts in every mode'] : []),
  ].join('; ');
}
