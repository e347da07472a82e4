// The words of the predicate language. A *step* atom looks at the effect of a line; a *state* atom at the machine after it.
//
// A step atom may look at the result, the happenings, the line, and the vectors that the line read or changed: the search
// remembers the effect of a line by the cells that it read (effects.ts), and the truth of its atoms with it.

import { CHECK_IDS } from '../kernel/checks.ts';
import { INVARIANTS } from '../kernel/invariants/index.ts';
import type { InvariantId } from '../kernel/invariants/invariant.ts';
import { nothingDone, type Step } from '../kernel/invariants/invariant.ts';
import type { Machine } from '../machine/machine.ts';
import { ERRNOS } from '../uapi/errno.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { type Comparison, compares, countIn } from './counts.ts';
import { type Need, NOTHING_NEEDED } from './needs.ts';
import { needOfCheck, needOfErrno } from './outcomeNeeds.ts';
import type { KeyPart } from './state.ts';

/** Kind of the argument behind an atom's name. */
export type ArgKind = 'none' | 'errno' | 'check' | 'vector' | 'count' | 'comparison';

/** The argument as it was read: a name, a number, a comparison of counts, or null. */
export type Arg = string | number | Comparison | null;

interface AtomBase {
  readonly id: string;
  /** One sentence; `…` is the place of the argument. */
  readonly about: string;
  readonly arg: ArgKind;
  /** Parts of the machine that this atom reads and that are otherwise left out of the key of a state. */
  readonly keyParts: readonly KeyPart[];
  /** Returns the needs of a search in which the atom can become true. */
  readonly needs: (arg: Arg) => Need;
}

/** A word of the predicate language. */
export type Atom =
  | (AtomBase & { readonly scope: 'step'; readonly holds: (step: Step, arg: Arg) => boolean })
  | (AtomBase & { readonly scope: 'state'; readonly holds: (machine: Machine, arg: Arg) => boolean });

/** The optional facts of an atom. */
interface More {
  readonly arg?: ArgKind;
  readonly keyParts?: readonly KeyPart[];
  readonly needs?: Need | ((arg: Arg) => Need);
}

function base(id: string, about: string, { arg = 'none', keyParts = [], needs = NOTHING_NEEDED }: More) {
  return { id, about, arg, keyParts, needs: typeof needs === 'function' ? needs : () => needs };
}

function step(id: string, about: string, holds: (step: Step, arg: Arg) => boolean, more: More = {}): Atom {
  return { ...base(id, about, more), scope: 'step', holds };
}

function state(
  id: string,
  about: string,
  holds: (machine: Machine, arg: Arg) => boolean,
  more: More = {},
): Atom {
  return { ...base(id, about, more), scope: 'state', holds };
}

/** The device can raise an interrupt, and a line makes it do so. */
const RAISE: Need = { all: [{ means: 'raise' }, { means: 'can-raise' }] };
const INTX: Need = { means: 'intx' };
const ATTACH: Need = { means: 'good-fd' };

const textOf = (arg: Arg): string | null => (typeof arg === 'string' ? arg : null);

/** The device has the vector of the argument. */
const hasVector = (arg: Arg): Need => ({ means: 'vector', vector: Number(arg) });
const attachesVector = (arg: Arg): Need => ({ all: [hasVector(arg), ATTACH] });

/** The atom of comparisons such as `allocated > attached`, which are written without its name. */
export const COUNTS_ATOM = 'counts';

function countsHold(machine: Machine, arg: Arg): boolean {
  if (arg === null || typeof arg !== 'object') return false;
  return compares(arg, (term) => (typeof term === 'number' ? term : countIn(machine, term.count)));
}

const isMsiMode = ({ vdev }: Machine) =>
  vdev.irq_type === VFIO_PCI_MSI_IRQ_INDEX || vdev.irq_type === VFIO_PCI_MSIX_IRQ_INDEX;

const triggerOf = (machine: Machine, vector: number) => machine.vdev.ctx.get(vector)?.trigger ?? null;

const happens = (kind: Step['run']['happenings'][number]['kind']) => (made: Step, vector: Arg) =>
  made.run.happenings.some(
    (event) => event.kind === kind && (vector === null || ('vector' in event && event.vector === vector)),
  );

/** Invariants that read parts of the machine which no later line depends on. */
const KEY_PARTS_OF: Readonly<Partial<Record<InvariantId, readonly KeyPart[]>>> = {
  I4: ['originals'],
  I6: ['originals'],
  I10: ['messages'],
  I11: ['numbers'],
  I21: ['originals'],
};

/** Invariants about one kind of line: without such a line no step can break them. */
const NEEDS_OF: Readonly<Partial<Record<InvariantId, Need>>> = {
  I12: { means: 'failure' },
  I13: { means: 'failure' },
  I17: { means: 'loopback' },
  I19: { means: 'failure' },
  I23: { means: 'failure' },
  I24: { means: 'good-fd' },
};

/** The invariants as atoms: `breaks-I7`. */
function breaks(): readonly Atom[] {
  return INVARIANTS.map((invariant): Atom => {
    const { id, text } = invariant;
    const more: More = { keyParts: KEY_PARTS_OF[id] ?? [], needs: NEEDS_OF[id] ?? NOTHING_NEEDED };
    const about = `Broken: ${text}`;
    return invariant.scope === 'step'
      ? step(`breaks-${id}`, about, (made) => invariant.broken(made) !== null, more)
      : state(`breaks-${id}`, about, (machine) => invariant.broken(nothingDone(machine)) !== null, more);
  });
}

/** Every atom, those of a step first. */
export const ATOMS: readonly Atom[] = [
  step('errno', 'The line fails with …', ({ run }, name) => run.errno === name, {
    arg: 'errno',
    needs: (name) => needOfErrno(textOf(name)),
  }),
  step('fails', 'The line fails.', ({ run }) => run.errno !== null),
  step('check', 'The check … decides the result.', ({ run }, id) => run.check === id, {
    arg: 'check',
    needs: (id) => needOfCheck(textOf(id)),
  }),
  step(
    'positive-return',
    'SET_IRQS returns a positive number, the count of available vectors, and leaves MSI and MSI-X disabled.',
    ({ line, run }) => line.op.op === 'set_irqs' && run.ret > 0,
    { needs: { any: [{ means: 'few-irqs' }, { means: 'short-grant' }] } },
  ),
  step(
    'original-irq-freed',
    'A function other than pci_free_irq_vectors() frees an irq of the enabling call.',
    ({ run }) =>
      run.happenings.some(
        (event) => event.kind === 'freed' && event.original && event.by !== 'pci_free_irq_vectors',
      ),
    { keyParts: ['originals'] },
  ),
  step('irq-freed', 'An irq is freed outside pci_free_irq_vectors().', ({ run }) =>
    run.happenings.some((event) => event.kind === 'freed' && event.by !== 'pci_free_irq_vectors'),
  ),
  step(
    'irq-allocated',
    'An irq is added while MSI-X is enabled.',
    ({ run }) =>
      run.happenings.some((event) => event.kind === 'allocated' && event.by === 'pci_msix_alloc_irq_at'),
    { needs: { means: 'dynamic' } },
  ),
  step('teardown', 'pci_free_irq_vectors() frees all irqs.', happens('teardown')),
  step('interrupt-lost', 'An interrupt of the device is lost.', happens('lost'), { needs: RAISE }),
  step('interrupt-pended', 'An interrupt of the device becomes pending.', happens('pended'), {
    needs: RAISE,
  }),
  step(
    'interrupt-coalesced',
    'An interrupt of the device is coalesced with a pending one.',
    happens('coalesced'),
    { needs: RAISE },
  ),
  step(
    'interrupt-delivered',
    'An interrupt of the device is delivered to its eventfd, at once or when a vector is attached.',
    happens('delivered'),
    { needs: { all: [RAISE, ATTACH] } },
  ),
  step(
    'delivered-on-attach',
    'An ioctl that attaches a vector delivers a pending interrupt.',
    (made, vector) => made.line.op.op === 'set_irqs' && happens('delivered')(made, vector),
    { needs: { all: [RAISE, ATTACH] } },
  ),
  step('signals', 'An eventfd is signalled.', happens('signal'), {
    needs: { all: [{ any: [{ means: 'loopback' }, RAISE] }, ATTACH] },
  }),
  step('allocates', 'An irq is allocated for vector …, by any function.', happens('allocated'), {
    arg: 'vector',
    needs: hasVector,
  }),
  step('freed', 'The irq of vector … is freed, by any function.', happens('freed'), {
    arg: 'vector',
    needs: hasVector,
  }),
  step('attaches', 'Vector … is attached.', happens('attached'), { arg: 'vector', needs: attachesVector }),
  step('detaches', 'Vector … is detached.', happens('detached'), { arg: 'vector', needs: attachesVector }),
  state('enabled', 'MSI or MSI-X is enabled.', isMsiMode),
  state('intx-enabled', 'INTx is enabled.', ({ vdev }) => vdev.intx !== null, { needs: INTX }),
  state('intx-masked', 'The driver masks INTx.', ({ vdev }) => vdev.intx?.masked === true, { needs: INTX }),
  state(
    'intx-attached',
    'INTx is attached to an eventfd.',
    ({ vdev }) => (vdev.intx?.trigger ?? null) !== null,
    {
      needs: { all: [INTX, ATTACH] },
    },
  ),
  state('pin-asserted', 'The device asserts its pin.', ({ pci }) => pci.pinAsserted, { needs: RAISE }),
  state(COUNTS_ATOM, 'The comparison … of counts is true.', countsHold, { arg: 'comparison' }),
  state('irqs', 'Exactly … irqs are allocated.', ({ domain }, count) => domain.descs.size === count, {
    arg: 'count',
    needs: (count) => (count === 0 ? NOTHING_NEEDED : hasVector(Number(count) - 1)),
  }),
  state('allocated', 'Vector … is allocated.', ({ domain }, v) => domain.descs.has(Number(v)), {
    arg: 'vector',
    needs: hasVector,
  }),
  state(
    'attached',
    'Vector … is attached to an eventfd.',
    (machine, v) => triggerOf(machine, Number(v)) !== null,
    { arg: 'vector', needs: attachesVector },
  ),
  state(
    'cached',
    'Vector … is allocated and not attached.',
    (machine, v) => machine.domain.descs.has(Number(v)) && triggerOf(machine, Number(v)) === null,
    { arg: 'vector', needs: hasVector },
  ),
  state(
    'pending',
    'The pending bit of MSI-X vector … is set.',
    ({ pci }, v) => pci.entries.get(Number(v))?.pending === true,
    { arg: 'vector', needs: (v) => ({ all: [hasVector(v), RAISE] }) },
  ),
  state(
    'attached-to-closed-fd',
    'A vector is attached to an eventfd that no open descriptor refers to.',
    ({ vdev, fds }) => {
      const open = new Set(fds.entries().map(([, file]) => (file.kind === 'eventfd' ? file.ev : -1)));
      return vdev.ctx.entries().some(([, { trigger }]) => trigger !== null && !open.has(trigger));
    },
    { needs: { all: [{ means: 'close' }, ATTACH] } },
  ),
  state(
    'one-eventfd-twice',
    'Two vectors are attached to one eventfd, so one of them has no bypass producer.',
    ({ vdev }) => {
      const triggers = vdev.ctx.entries().flatMap(([, { trigger }]) => (trigger === null ? [] : [trigger]));
      return new Set(triggers).size < triggers.length;
    },
    { needs: attachesVector(1) },
  ),
  ...breaks(),
];

/** Returns the accepted names of an argument; null for numbers and comparisons. */
export function namesOf(kind: ArgKind): readonly string[] | null {
  switch (kind) {
    case 'errno':
      return ERRNOS;
    case 'check':
      return CHECK_IDS;
    default:
      return null;
  }
}
