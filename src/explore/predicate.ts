// Predicates over one step of one kernel or of two, composed from atoms with and, or, not: as data and as a small text language
// (predicateText.ts), for instance `original-irq-freed and not (errno(EBADF) or allocated > 2)`.

import type { Step } from '../kernel/invariants/invariant.ts';
import { type Arg, ATOMS, type Atom, COUNTS_ATOM } from './atoms.ts';
import { type Comparison, compares, countIn, countsOf, type KernelName } from './counts.ts';
import { type Need, NOTHING_NEEDED } from './needs.ts';

/**
 * A predicate: an atom with its argument, or a combination of predicates. In a predicate about two kernels every atom names its
 * kernel, and so does every count of a comparison.
 */
export type Predicate =
  | { readonly is: string; readonly arg?: string | number | Comparison; readonly kernel?: KernelName }
  | { readonly not: Predicate }
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] };

/** An atom with its argument. */
export interface AtomUse {
  readonly atom: Atom;
  readonly arg: Arg;
  /** Absent in a predicate about one kernel, and for a comparison, whose counts name their kernels. */
  readonly kernel?: KernelName;
}

/** Returns the atom of that name; throws on an unknown name, which the parser rejects. */
function atomUse({ is, arg, kernel }: Extract<Predicate, { readonly is: string }>): AtomUse {
  const atom = ATOMS.find(({ id }) => id === is);
  if (atom === undefined) throw new Error(`unknown predicate ${is}`);
  return { atom, arg: arg ?? null, ...(kernel === undefined ? {} : { kernel }) };
}

/** Returns every use of an atom, from left to right. */
export function atomUses(predicate: Predicate): readonly AtomUse[] {
  if ('is' in predicate) return [atomUse(predicate)];
  if ('not' in predicate) return atomUses(predicate.not);
  return ('all' in predicate ? predicate.all : predicate.any).flatMap(atomUses);
}

/** Returns the comparison of an atom; null for every other atom. */
export function comparisonOf({ atom, arg }: AtomUse): Comparison | null {
  return atom.id === COUNTS_ATOM && arg !== null && typeof arg === 'object' ? arg : null;
}

/** Returns whether an atom or a comparison reads facts of a kernel. */
export function reads(use: AtomUse, kernel: KernelName): boolean {
  const comparison = comparisonOf(use);
  if (comparison !== null) return countsOf(comparison, kernel).length > 0;
  return (use.kernel ?? 'a') === kernel;
}

/** Returns the number of kernels that a predicate is about: two if it names a kernel. */
export function kernelsIn(predicate: Predicate): 1 | 2 {
  const names = atomUses(predicate).some((use) => {
    const comparison = comparisonOf(use);
    if (comparison === null) return use.kernel !== undefined;
    return [comparison.left, comparison.right].some(
      (term) => typeof term !== 'number' && term.kernel !== undefined,
    );
  });
  return names ? 2 : 1;
}

/** Returns whether a predicate is true, given the truth of each atom. */
export function holdsIf(predicate: Predicate, truth: (use: AtomUse) => boolean): boolean {
  if ('is' in predicate) return truth(atomUse(predicate));
  if ('not' in predicate) return !holdsIf(predicate.not, truth);
  if ('all' in predicate) return predicate.all.every((part) => holdsIf(part, truth));
  return predicate.any.some((part) => holdsIf(part, truth));
}

/** Returns whether an atom is true in a step; `other` is the step of kernel b. */
export function useHolds(use: AtomUse, step: Step, other: Step | null = null): boolean {
  const of = (kernel: KernelName | undefined) => {
    const made = kernel === 'b' ? other : step;
    if (made === null) throw new Error('a predicate about two kernels needs two steps');
    return made;
  };
  const comparison = comparisonOf(use);
  if (comparison !== null) {
    return compares(comparison, (term) =>
      typeof term === 'number' ? term : countIn(of(term.kernel).run.after, term.count),
    );
  }
  const { atom, arg, kernel } = use;
  const made = of(kernel);
  return atom.scope === 'step' ? atom.holds(made, arg) : atom.holds(made.run.after, arg);
}

/** Returns whether a predicate is true in a step; `other` is the step of kernel b. */
export function holdsIn(predicate: Predicate, step: Step, other: Step | null = null): boolean {
  return holdsIf(predicate, (use) => useHolds(use, step, other));
}

/**
 * Returns the needs of a search in which a predicate can become true: "and" needs all of its parts, "or" any of them. Below a
 * "not" an atom needs nothing, because most atoms are false at the start, and "and" and "or" change places.
 */
export function needOf(predicate: Predicate, truth = true): Need {
  if ('is' in predicate) {
    if (!truth) return NOTHING_NEEDED;
    const { atom, arg } = atomUse(predicate);
    return atom.needs(arg);
  }
  if ('not' in predicate) return needOf(predicate.not, !truth);
  const parts = ('all' in predicate ? predicate.all : predicate.any).map((part) => needOf(part, truth));
  return 'all' in predicate === truth ? { all: parts } : { any: parts };
}
