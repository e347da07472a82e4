// What root sees of the device's irqs on the host: the files of /sys/bus/pci/devices/BDF/msi_irqs, one per allocated irq with its
// mode, and the rows of /proc/interrupts, one per irq with a handler, with the handler's name and the interrupts counted since the
// allocation (docs/driver.md §16).
//
// Irqs are compared by the vector that they belong to. The number in a file name or row is that of the next free irq of the
// machine, so two machines differ in it with the same kernel. The chip of a row is a fact of the kernel release and not compared.
// /proc/irq/N exists from the first request_irq of an irq until its free. It follows from the two lists, with one exception that is
// not searched: an irq that stays allocated, and whose first handler one line both installs and removes.

import type { Happening, Run } from '../kernel/frame.ts';
import type { Globals, VectorState } from './state.ts';

/** What root sees of one vector. */
export interface RootVector {
  /** Content of its file in msi_irqs; null without a file. */
  readonly file: 'msix' | 'msi' | null;
  /** Its row of /proc/interrupts has a handler. */
  readonly requested: boolean;
}

/** What root sees during one line: vectors by ascending number. */
export interface RootStep {
  /** Vectors whose count grows, one entry for each interrupt. */
  readonly counted: readonly number[];
  /** Vectors whose irq is freed and allocated again: its count and /proc/irq/N/smp_affinity begin anew. */
  readonly renewed: readonly number[];
}

/** Returns what root sees of a vector. */
export function rootVector({ allocated, msi, handler }: VectorState): RootVector {
  return { file: allocated ? (msi ? 'msi' : 'msix') : null, requested: handler !== null };
}

/** Returns what root sees during a line. */
export function rootStep({ happenings, after }: Run): RootStep {
  const counted: number[] = [];
  const renewed = new Set<number>();
  for (const event of happenings) {
    if (event.kind === 'delivered') counted.push(event.vector);
    if (event.kind === 'freed' && after.domain.descs.has(event.vector)) renewed.add(event.vector);
  }
  const ascending = (a: number, b: number) => a - b;
  return { counted: counted.sort(ascending), renewed: [...renewed].sort(ascending) };
}

/** Returns as text the facts of happenings on which `rootStep` depends: interrupts, and freed irqs that a line may allocate again. */
export function rootHistory(happenings: readonly Happening[]): string {
  const facts = happenings.flatMap((event) => {
    if (event.kind === 'delivered') return [`+${event.vector}`];
    return event.kind === 'freed' ? [`-${event.vector}`] : [];
  });
  return facts.sort().join(',');
}

/** Returns the same as text, equal for lines between which root sees no difference. */
export function rootSeesStep(run: Run): string {
  const { counted, renewed } = rootStep(run);
  return [
    ...(counted.length === 0 ? [] : [`counts an interrupt of vector ${counted.join(', ')}`]),
    ...(renewed.length === 0 ? [] : [`renews the irq of vector ${renewed.join(', ')}`]),
  ].join(', ');
}

/** Returns what root sees of a vector as text. */
export function rootSeesVector(state: VectorState): string {
  const { file, requested } = rootVector(state);
  const row = requested ? 'a handler in /proc/interrupts' : 'no handler in /proc/interrupts';
  return file === null ? 'no file in msi_irqs' : `${file} in msi_irqs, ${row}`;
}

/** Returns what root sees of the pin's irq as text. */
export function rootSeesGlobals({ vdev }: Globals): string {
  return vdev.intx?.requested === true
    ? 'a handler on the irq of the pin'
    : 'no handler on the irq of the pin';
}
