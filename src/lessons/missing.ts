// The parts of a goal that are false now, as data and in words: "vector 1 attached".

import { COUNTS, countIn } from '../explore/counts.ts';
import { type AtomUse, atomUses, comparisonOf, type Predicate, useHolds } from '../explore/predicate.ts';
import { nothingDone, type Step } from '../kernel/invariants/invariant.ts';
import type { Machine } from '../machine/machine.ts';
import { machineAfter, type Replay } from '../session/replay.ts';
import type { Session } from '../session/session.ts';
import { predicateOf } from './play.ts';
import { hasKernel, lastDone, linesUsed, markOf, startOf, stepOf, type Taking } from './taking.ts';

/** A part that is false now: a wanted or unwanted atom, all of several parts, or any one of them. */
export type Missing =
  | { readonly use: AtomUse; readonly wanted: boolean }
  | { readonly all: readonly Missing[] }
  | { readonly any: readonly Missing[] };

/** Returns the parts that keep a predicate from having a value, given the truth of each atom; null if it has the value. */
export function missingIn(
  predicate: Predicate,
  truth: (use: AtomUse) => boolean,
  wanted = true,
): Missing | null {
  if ('is' in predicate) {
    const [use] = atomUses(predicate);
    return use === undefined || truth(use) === wanted ? null : { use, wanted };
  }
  if ('not' in predicate) return missingIn(predicate.not, truth, !wanted);
  const parts = ('all' in predicate ? predicate.all : predicate.any).map((part) =>
    missingIn(part, truth, wanted),
  );
  const absent = parts.filter((part) => part !== null);
  // below a "not", "and" and "or" change places
  const needsAll = 'all' in predicate === wanted;
  if (absent.length === 0 || (!needsAll && absent.length < parts.length)) return null;
  const [only] = absent;
  if (absent.length === 1 && only !== undefined) return only;
  return needsAll ? { all: absent } : { any: absent };
}

/** The words of an atom that is wanted, and of one that is not; `…` is the place of the argument. */
const WORDS: Readonly<Record<string, readonly [wanted: string, unwanted: string]>> = {
  errno: ['a last line that fails with …', 'a last line that does not fail with …'],
  fails: ['a last line that fails', 'a last line that succeeds'],
  check: ['a last line whose result the check … decides', 'a last line that passes the check …'],
  'positive-return': ['a last line that returns a positive number', 'a last line without a positive return'],
  'original-irq-freed': [
    'a last line that frees an irq of the enabling call outside pci_free_irq_vectors()',
    'a last line that frees no irq of the enabling call outside pci_free_irq_vectors()',
  ],
  'irq-freed': [
    'a last line that frees an irq outside pci_free_irq_vectors()',
    'a last line that frees no irq outside pci_free_irq_vectors()',
  ],
  'irq-allocated': [
    'a last line that adds an irq while MSI-X is enabled',
    'a last line that adds no irq while MSI-X is enabled',
  ],
  teardown: ['a last line that frees all irqs', 'a last line that does not free all irqs'],
  'interrupt-lost': [
    'a last line in which an interrupt is lost',
    'a last line in which no interrupt is lost',
  ],
  'interrupt-pended': [
    'a last line in which an interrupt becomes pending',
    'a last line in which no interrupt becomes pending',
  ],
  'interrupt-coalesced': [
    'a last line in which an interrupt is coalesced with a pending one',
    'a last line in which no interrupt is coalesced',
  ],
  'interrupt-delivered': [
    'a last line in which an interrupt is delivered',
    'a last line in which no interrupt is delivered',
  ],
  'delivered-on-attach': [
    'a last line that attaches a vector and so delivers its pending interrupt',
    'a last line that delivers no pending interrupt',
  ],
  signals: ['a last line that signals an eventfd', 'a last line that signals no eventfd'],
  allocates: [
    'a last line that allocates an irq for vector …',
    'a last line that allocates no irq for vector …',
  ],
  freed: ['a last line that frees the irq of vector …', 'a last line that keeps the irq of vector …'],
  attaches: ['a last line that attaches vector …', 'a last line that does not attach vector …'],
  detaches: ['a last line that detaches vector …', 'a last line that does not detach vector …'],
  enabled: ['MSI or MSI-X enabled', 'MSI and MSI-X disabled'],
  'intx-enabled': ['INTx enabled', 'INTx disabled'],
  'intx-masked': ['INTx masked by the driver', 'INTx not masked by the driver'],
  'intx-attached': ['INTx attached to an eventfd', 'INTx without an eventfd'],
  'pin-asserted': ['the pin of the device asserted', 'the pin of the device not asserted'],
  irqs: ['… irqs allocated', 'another number of irqs than …'],
  allocated: ['an irq for vector …', 'no irq for vector …'],
  attached: ['vector … attached', 'vector … without an eventfd'],
  cached: ['vector … cached: an irq and no eventfd', 'vector … not cached'],
  pending: ['a pending interrupt of vector …', 'no pending interrupt of vector …'],
  'attached-to-closed-fd': [
    'a vector attached to an eventfd that no open descriptor refers to',
    'no vector attached to an eventfd that no open descriptor refers to',
  ],
  'one-eventfd-twice': ['two vectors attached to one eventfd', 'no eventfd attached to two vectors'],
};

/** Returns missing parts in words: "vector 1 attached, 2 irqs allocated (now 3)". */
function missingText(missing: Missing, machine: Machine): string {
  if ('use' in missing) return textOfUse(missing, machine);
  const [parts, joint] = 'all' in missing ? [missing.all, ', '] : [missing.any, ' or '];
  return parts.map((part) => missingText(part, machine)).join(joint);
}

function textOfUse({ use, wanted }: Extract<Missing, { readonly use: AtomUse }>, machine: Machine): string {
  const { atom, arg } = use;
  const comparison = comparisonOf(use);
  if (comparison !== null) {
    const { left, sign, right } = comparison;
    const [a, b] = [left, right].map((term) => (typeof term === 'number' ? `${term}` : COUNTS[term.count]));
    const [x, y] = [left, right].map((term) =>
      typeof term === 'number' ? term : countIn(machine, term.count),
    );
    return `${wanted ? '' : 'not: '}${a} ${sign} ${b} (now ${x} and ${y})`;
  }
  const words = WORDS[atom.id];
  if (words === undefined) return `${wanted ? '' : 'not: '}${atom.about}`;
  const text = words[wanted ? 0 : 1].replace('…', String(arg));
  return atom.id === 'irqs' && wanted ? `${text} (now ${machine.domain.descs.size})` : text;
}

/**
 * Returns the parts of the step's goal that are false after the last line, in words. Null before a try, after the goal was
 * reached, and under another kernel than the step's.
 */
export function missingNow(taking: Taking, now: Session, replayed: Replay): string | null {
  const step = stepOf(taking);
  if (step.kind !== 'do' || markOf(taking).revealed || !hasKernel(taking, now)) return null;
  if (linesUsed(startOf(taking), now) === 0) return null;
  const last = lastDone(replayed);
  const done: Step = last ?? nothingDone(machineAfter(replayed, 0));
  const missing = missingIn(predicateOf(step.goal), (use) => useHolds(use, done));
  return missing === null ? null : missingText(missing, done.run.after);
}
