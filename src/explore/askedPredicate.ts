// A predicate in the form that a search evaluates: the facts of a step and of a state, each as a number, and the remembered truth
// of every combination.

import type { Step } from '../kernel/invariants/invariant.ts';
import type { Machine } from '../machine/machine.ts';
import { type CountId, compares, countIn, countsOf, type KernelName } from './counts.ts';
import type { Noted } from './effects.ts';
import { type AtomUse, atomUses, comparisonOf, holdsIf, type Predicate, reads } from './predicate.ts';

/** Largest number of atoms and comparisons in one question. */
export const MOST_ATOMS = 16;

/** The facts of one kernel that a predicate reads. Equal facts have equal numbers, and 0 is the number of the first ones. */
export class AskedFacts {
  readonly #stepAtoms: readonly AtomUse[];
  readonly #stateAtoms: readonly AtomUse[];
  readonly #counts: readonly CountId[];
  readonly #stepBits: number[] = [];
  readonly #states: { readonly bits: number; readonly counts: readonly number[] }[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(uses: readonly AtomUse[], kernel: KernelName) {
    const own = uses.filter((use) => comparisonOf(use) === null && reads(use, kernel));
    this.#stepAtoms = own.filter(({ atom }) => atom.scope === 'step');
    this.#stateAtoms = own.filter(({ atom }) => atom.scope === 'state');
    const compared = uses.flatMap((use) => comparisonOf(use) ?? []);
    this.#counts = [...new Set(compared.flatMap((one) => countsOf(one, kernel)))];
  }

  /** True for a predicate that reads states, so that the search has to build the machine of each. */
  get looksAtStates(): boolean {
    return this.#stateAtoms.length + this.#counts.length > 0;
  }

  /** True for a predicate that reads the happenings of a step. */
  get looksAtSteps(): boolean {
    return this.#stepAtoms.length > 0;
  }

  /** Returns the number of the facts of a step as its bits. */
  note(step: Step): Noted {
    const bits = bitsOf(this.#stepAtoms, ({ atom, arg }) => atom.scope === 'step' && atom.holds(step, arg));
    let number = this.#stepBits.indexOf(bits);
    if (number < 0) number = this.#stepBits.push(bits) - 1;
    return { bits: number, seen: 0 };
  }

  /** Returns the number of the facts of a state. */
  state(machine: Machine): number {
    const bits = bitsOf(
      this.#stateAtoms,
      ({ atom, arg }) => atom.scope === 'state' && atom.holds(machine, arg),
    );
    const counts = this.#counts.map((id) => countIn(machine, id));
    const text = `${bits} ${counts.join(' ')}`;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#states.push({ bits, counts }) - 1;
    this.#numbers.set(text, number);
    return number;
  }

  /** Returns the truth of an atom in a step and the state after it, both by their numbers. */
  truth({ atom, arg }: AtomUse, step: number, state: number): boolean {
    const [uses, bits] =
      atom.scope === 'step'
        ? [this.#stepAtoms, this.#stepBits[step]]
        : [this.#stateAtoms, this.#states[state]?.bits];
    const at = uses.findIndex((use) => use.atom === atom && use.arg === arg);
    return (((bits ?? 0) >>> at) & 1) === 1;
  }

  /** Returns a count of a state. */
  count(id: CountId, state: number): number {
    const value = this.#states[state]?.counts[this.#counts.indexOf(id)];
    if (value === undefined) throw new Error(`no count ${id} of state ${state}`);
    return value;
  }
}

function bitsOf(uses: readonly AtomUse[], holds: (use: AtomUse) => boolean): number {
  return uses.reduce((bits, use, at) => (holds(use) ? bits | (1 << at) : bits), 0);
}

/** A predicate about one kernel, or about two that run the same line. */
export class AskedPredicate {
  readonly a: AskedFacts;
  readonly b: AskedFacts;
  readonly #predicate: Predicate | null;
  readonly #ofA = new Pairs();
  readonly #ofB = new Pairs();
  readonly #both = new Pairs();
  /** By the number of both kernels' facts: 0 unknown, 1 false, 2 true. */
  #answers = new Uint8Array(64);

  constructor(predicate: Predicate | null) {
    const uses = predicate === null ? [] : atomUses(predicate);
    if (uses.length > MOST_ATOMS) throw new Error(`a question has at most ${MOST_ATOMS} predicates`);
    this.#predicate = predicate;
    this.a = new AskedFacts(uses, 'a');
    this.b = new AskedFacts(uses, 'b');
  }

  /** Returns whether the predicate is true after a step, given the numbers of step and state of kernel a, and of kernel b. */
  holds(stepA: number, stateA: number, stepB = 0, stateB = 0): boolean {
    if (this.#predicate === null) return false;
    const key = this.#both.of(this.#ofA.of(stepA, stateA), this.#ofB.of(stepB, stateB));
    const known = this.#answers[key] ?? 0;
    if (known !== 0) return known === 2;
    const answer = holdsIf(this.#predicate, (use) => {
      const comparison = comparisonOf(use);
      if (comparison === null) {
        return use.kernel === 'b' ? this.b.truth(use, stepB, stateB) : this.a.truth(use, stepA, stateA);
      }
      return compares(comparison, (term) => {
        if (typeof term === 'number') return term;
        return term.kernel === 'b' ? this.b.count(term.count, stateB) : this.a.count(term.count, stateA);
      });
    });
    if (key >= this.#answers.length) {
      const grown = new Uint8Array(2 * key);
      grown.set(this.#answers);
      this.#answers = grown;
    }
    this.#answers[key] = answer ? 2 : 1;
    return answer;
  }
}

/** Numbers for pairs of small numbers. */
class Pairs {
  readonly #rows: number[][] = [];
  #size = 0;

  /** Returns the number of a pair. */
  of(one: number, other: number): number {
    let row = this.#rows[other];
    if (row === undefined) {
      row = [];
      this.#rows[other] = row;
    }
    const known = row[one];
    if (known !== undefined) return known;
    const number = this.#size++;
    row[one] = number;
    return number;
  }
}
