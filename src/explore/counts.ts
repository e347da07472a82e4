// Counts of a state that a predicate compares: `allocated > attached`, `a.allocated != b.allocated`.

import type { Machine } from '../machine/machine.ts';

/** A kernel of a predicate about two: `a` is the first one of the search, `b` the one that it is compared with. */
export type KernelName = 'a' | 'b';

/** The countable things, each as a noun phrase. */
export const COUNTS = {
  allocated: 'vectors with an irq',
  attached: 'vectors attached to an eventfd',
  cached: 'vectors with an irq and without an eventfd',
  pending: 'MSI-X entries with a set pending bit',
  contexts: 'contexts of MSI or MSI-X vectors (struct vfio_pci_irq_ctx)',
  producers: 'irq-bypass producers',
} as const;
export type CountId = keyof typeof COUNTS;

/** Every count, in the order of the list. */
export const COUNT_IDS: readonly CountId[] = Object.keys(COUNTS).filter(isCount);

/** Returns whether a word names a count. */
export function isCount(word: string): word is CountId {
  return Object.hasOwn(COUNTS, word);
}

/** The signs between two terms. */
export const SIGNS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Sign = (typeof SIGNS)[number];

/** One end of a comparison: a number, or a count of the only kernel or of the named one. */
export type Term = number | { readonly count: CountId; readonly kernel?: KernelName };

/** A comparison of two terms, at least one of which is a count. */
export interface Comparison {
  readonly left: Term;
  readonly sign: Sign;
  readonly right: Term;
}

/** Returns a count of a machine. */
export function countIn({ vdev, domain, pci, producers }: Machine, id: CountId): number {
  const attached = () => vdev.ctx.entries().filter(([, { trigger }]) => trigger !== null);
  switch (id) {
    case 'allocated':
      return domain.descs.size;
    case 'attached':
      return attached().length;
    case 'cached':
      return domain.descs.keys().filter((vector) => (vdev.ctx.get(vector)?.trigger ?? null) === null).length;
    case 'pending':
      return pci.entries.entries().filter(([, { pending }]) => pending).length;
    case 'contexts':
      return vdev.ctx.size;
    case 'producers':
      return producers.size;
  }
}

/** Returns whether a comparison holds, given the value of each count. */
export function compares({ left, sign, right }: Comparison, valued: (term: Term) => number): boolean {
  const [a, b] = [valued(left), valued(right)];
  switch (sign) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** Returns the counts of a comparison that belong to a kernel. */
export function countsOf({ left, right }: Comparison, kernel: KernelName): readonly CountId[] {
  return [left, right].flatMap((term) =>
    typeof term !== 'number' && (term.kernel ?? 'a') === kernel ? [term.count] : [],
  );
}

/** Returns the comparison as text, for instance `a.allocated > 2`. */
export function comparisonText({ left, sign, right }: Comparison): string {
  return `${termText(left)} ${sign} ${termText(right)}`;
}

/** Returns a term as text. */
export function termText(term: Term): string {
  if (typeof term === 'number') return String(term);
  return term.kernel === undefined ? term.count : `${term.kernel}.${term.count}`;
}
