// A question in the form that a search evaluates: the atoms of a predicate as bits, the compared facts of two kernels as numbers.

import type { Step } from '../kernel/invariants/invariant.ts';
import type { Machine } from '../machine/machine.ts';
import { INDEX_NAMES } from '../uapi/vfio.ts';
import type { Noted } from './effects.ts';
import { rootSeesGlobals, rootSeesStep, rootSeesVector } from './hostView.ts';
import { type AtomUse, atomUses, holdsIf, type Predicate } from './predicate.ts';
import type { Difference } from './questions.ts';
import type { Globals, VectorState } from './state.ts';

/** Largest number of atoms in one question. */
export const MOST_ATOMS = 16;

/** A predicate over the bits of two numbers: the atoms of the step and those of the state after it. */
export class AskedPredicate {
  readonly #predicate: Predicate | null;
  readonly #stepAtoms: readonly AtomUse[];
  readonly #stateAtoms: readonly AtomUse[];
  /** Indexed by the bits of the step and, above them, of the state: 0 unknown, 1 false, 2 true. */
  readonly #answers: Uint8Array;

  constructor(predicate: Predicate | null) {
    this.#predicate = predicate;
    const uses = predicate === null ? [] : atomUses(predicate);
    this.#stepAtoms = uses.filter(({ atom }) => atom.scope === 'step');
    this.#stateAtoms = uses.filter(({ atom }) => atom.scope === 'state');
    if (uses.length > MOST_ATOMS) throw new Error(`a question has at most ${MOST_ATOMS} predicates`);
    this.#answers = new Uint8Array(2 ** uses.length);
  }

  /** True for a predicate that reads states, so that the search has to build the machine of each. */
  get looksAtStates(): boolean {
    return this.#stateAtoms.length > 0;
  }

  /** True for a predicate that reads the happenings of a step. */
  get looksAtSteps(): boolean {
    return this.#stepAtoms.length > 0;
  }

  /** Returns the bits of a step. */
  note(step: Step): Noted {
    return {
      bits: bitsOf(this.#stepAtoms, ({ atom, arg }) => atom.scope === 'step' && atom.holds(step, arg)),
      seen: 0,
    };
  }

  /** Returns the bits of a state. */
  stateBits(machine: Machine): number {
    return bitsOf(this.#stateAtoms, ({ atom, arg }) => atom.scope === 'state' && atom.holds(machine, arg));
  }

  /** Returns whether the predicate is true in a step with these bits. */
  holds(stepBits: number, stateBits: number): boolean {
    if (this.#predicate === null) return false;
    const key = stepBits | (stateBits << this.#stepAtoms.length);
    const known = this.#answers[key];
    if (known !== 0) return known === 2;
    const answer = holdsIf(this.#predicate, (use) =>
      truthOf(this.#stepAtoms, this.#stateAtoms, use, stepBits, stateBits),
    );
    this.#answers[key] = answer ? 2 : 1;
    return answer;
  }
}

function bitsOf(uses: readonly AtomUse[], holds: (use: AtomUse) => boolean): number {
  return uses.reduce((bits, use, at) => (holds(use) ? bits | (1 << at) : bits), 0);
}

function truthOf(
  stepAtoms: readonly AtomUse[],
  stateAtoms: readonly AtomUse[],
  { atom, arg }: AtomUse,
  stepBits: number,
  stateBits: number,
): boolean {
  const uses = atom.scope === 'step' ? stepAtoms : stateAtoms;
  const bits = atom.scope === 'step' ? stepBits : stateBits;
  const at = uses.findIndex((use) => use.atom === atom && use.arg === arg);
  return ((bits >>> at) & 1) === 1;
}

/** Numbers for texts. Equal texts of both kernels get the same number. */
export class Numbering {
  readonly #numbers = new Map<string, number>();

  /** Returns the number of a text. */
  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** Returns the compared facts of a step as text; empty for a difference of states. */
export function shownByStep(difference: Difference, { run }: Step): string {
  if (difference === 'host') return rootSeesStep(run);
  const { ret, errno, out, happenings } = run;
  const result = errno === null ? `returns ${ret}` : `fails with ${errno}`;
  if (difference === 'return') return result;
  if (difference !== 'client') return '';
  // a client sees the number of signals of each eventfd, and neither their order nor their source
  const signals = happenings
    .flatMap((event) => (event.kind === 'signal' ? [event.ev] : []))
    .sort((a, b) => a - b);
  const put = out === null ? [] : Object.entries(out).map(([name, value]) => `${name} ${value}`);
  const signalled = signals.length === 0 ? [] : [`signals eventfd ${signals.join(', ')}`];
  return [result, ...put, ...signalled].join(', ');
}

/** Returns the compared facts of a vector as text; empty where only steps are compared. */
export function shownByVector(difference: Difference, state: VectorState): string {
  if (difference === 'client' || difference === 'return') return '';
  if (difference === 'host') return rootSeesVector(state);
  const { allocated, handler, resend, ctx, masked, pending } = state;
  const attached = ctx?.trigger ?? null;
  if (difference === 'attached') return attached === null ? 'detached' : `attached to eventfd ${attached}`;
  const words = [
    allocated ? 'allocated' : 'no irq',
    ...(attached === null ? [] : [`attached to eventfd ${attached}`]),
    ...(handler === attached ? [] : [handler === null ? 'no handler' : `handler for eventfd ${handler}`]),
    ...(masked ? [] : ['unmasked']),
    ...(pending ? ['pending'] : []),
    ...(resend ? ['to be sent again'] : []),
  ];
  return words.join(', ');
}

/** Returns the compared facts of the other parts of a machine as text. */
export function shownByGlobals(difference: Difference, globals: Globals): string {
  const { vdev, pci, domain, openCount } = globals;
  if (difference === 'client' || difference === 'return') return '';
  if (difference === 'host') return rootSeesGlobals(globals);
  const { intx, err_trigger, req_trigger, irq_type, virq_disabled } = vdev;
  if (difference === 'attached') {
    return `INTx ${intx?.trigger ?? 'none'}, ERR ${err_trigger ?? 'none'}, REQ ${req_trigger ?? 'none'}`;
  }
  const { msixEnabled, msixFunctionMask, command, pinAsserted, msi } = pci;
  return [
    `${openCount === 0 ? 'closed' : openCount === 1 ? 'open' : `open ${openCount} times`}, mode ${INDEX_NAMES[irq_type] ?? 'none'}, irq domain ${domain.mode ?? 'none'}`,
    `MSI-X ${msixEnabled ? 'on' : 'off'}${msixFunctionMask ? ' and masked' : ''}`,
    `MSI ${msi.enabled ? 'on' : 'off'}, masks ${msi.mask}, pending ${msi.pending}`,
    `command ${command}, pin ${pinAsserted ? 'up' : 'down'}, virtual INTx ${virq_disabled ? 'off' : 'on'}`,
    `INTx ${intx?.trigger ?? 'none'} ${intx?.unmask ?? 'none'} ${intx?.masked === true ? 'masked' : ''}`,
    `ERR ${err_trigger ?? 'none'}, REQ ${req_trigger ?? 'none'}`,
  ].join('; ');
}
