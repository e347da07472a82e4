// The words that a predicate is made of. A *step* atom looks at what a line did; a *state* atom at the machine after it.
//
// A step atom may look at the result, the happenings, the line, and at vectors which the line read or changed: the search
// remembers a line's effect by the cells that it read (steps.ts), and whether an atom holds is remembered with it.

import { CHECK_IDS } from '../kernel/checks.ts';
import { INVARIANTS } from '../kernel/invariants/index.ts';
import { nothingDone, type Step } from '../kernel/invariants/invariant.ts';
import type { Machine } from '../machine/machine.ts';
import { ERRNOS } from '../uapi/errno.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import type { KeyPart } from './state.ts';

/** What an atom takes behind its name. */
export type ArgKind = 'none' | 'errno' | 'check' | 'vector' | 'count';

/** The argument as it was read: a name, a number, or nothing. */
export type Arg = string | number | null;

interface AtomBase {
  readonly id: string;
  /** One sentence; `…` stands where the argument goes. */
  readonly about: string;
  readonly arg: ArgKind;
  /** Parts of the machine that are in the key of a state only for those who read them. */
  readonly needs: readonly KeyPart[];
}

/** A word of the predicate language. */
export type Atom =
  | (AtomBase & { readonly scope: 'step'; readonly holds: (step: Step, arg: Arg) => boolean })
  | (AtomBase & { readonly scope: 'state'; readonly holds: (machine: Machine, arg: Arg) => boolean });

function step(
  id: string,
  about: string,
  holds: (step: Step, arg: Arg) => boolean,
  arg: ArgKind = 'none',
  needs: readonly KeyPart[] = [],
): Atom {
  return { id, about, arg, needs, scope: 'step', holds };
}

function state(
  id: string,
  about: string,
  holds: (machine: Machine, arg: Arg) => boolean,
  arg: ArgKind = 'none',
): Atom {
  return { id, about, arg, needs: [], scope: 'state', holds };
}

const isMsiMode = ({ vdev }: Machine) =>
  vdev.irq_type === VFIO_PCI_MSI_IRQ_INDEX || vdev.irq_type === VFIO_PCI_MSIX_IRQ_INDEX;

const triggerOf = (machine: Machine, vector: number) => machine.vdev.ctx.get(vector)?.trigger ?? null;

const happens = (kind: Step['run']['happenings'][number]['kind']) => (made: Step, vector: Arg) =>
  made.run.happenings.some(
    (event) => event.kind === kind && (vector === null || ('vector' in event && event.vector === vector)),
  );

/** The invariants as atoms: `breaks-I7`. */
function breaks(): readonly Atom[] {
  return INVARIANTS.map((invariant): Atom => {
    const { id, text } = invariant;
    // these speak of the range of the enabling call, which no later line depends on
    const needs: readonly KeyPart[] = ['I4', 'I6', 'I21'].includes(id)
      ? ['originals']
      : id === 'I10'
        ? ['messages']
        : id === 'I11'
          ? ['numbers']
          : [];
    const base = { id: `breaks-${id}`, about: `Broken: ${text}`, arg: 'none' as const, needs };
    if (invariant.scope === 'step')
      return { ...base, scope: 'step', holds: (made) => invariant.broken(made) !== null };
    return { ...base, scope: 'state', holds: (machine) => invariant.broken(nothingDone(machine)) !== null };
  });
}

/** Every atom, those of a step first. */
export const ATOMS: readonly Atom[] = [
  step('errno', 'The line fails with …', ({ run }, name) => run.errno === name, 'errno'),
  step('fails', 'The line fails.', ({ run }) => run.errno !== null),
  step('check', 'The check … decides the result.', ({ run }, id) => run.check === id, 'check'),
  step(
    'positive-return',
    'SET_IRQS returns a positive number: so many vectors could be had, and nothing is enabled.',
    ({ line, run }) => line.op.op === 'set_irqs' && run.ret > 0,
  ),
  step(
    'original-irq-freed',
    'An irq of the enabling call is freed by pci_msix_free_irq(), not with all others by pci_free_irq_vectors().',
    ({ run }) =>
      run.happenings.some(
        (event) => event.kind === 'freed' && event.original && event.by !== 'pci_free_irq_vectors',
      ),
    'none',
    ['originals'],
  ),
  step('irq-freed', 'An irq is freed outside pci_free_irq_vectors().', ({ run }) =>
    run.happenings.some((event) => event.kind === 'freed' && event.by !== 'pci_free_irq_vectors'),
  ),
  step('irq-allocated', 'An irq is added to enabled MSI-X.', ({ run }) =>
    run.happenings.some((event) => event.kind === 'allocated' && event.by === 'pci_msix_alloc_irq_at'),
  ),
  step('teardown', 'All irqs are given back by pci_free_irq_vectors().', happens('teardown')),
  step('interrupt-lost', 'An interrupt of the device reaches nobody.', happens('lost')),
  step('interrupt-pended', 'An interrupt of the device is kept pending.', happens('pended')),
  step('interrupt-coalesced', 'An interrupt of the device joins one that is pending.', happens('coalesced')),
  step(
    'interrupt-delivered',
    'An interrupt of the device reaches its eventfd, now or when a vector is attached.',
    happens('delivered'),
  ),
  step(
    'delivered-on-attach',
    'An ioctl that attaches a vector delivers an interrupt that was pending.',
    (made, vector) => made.line.op.op === 'set_irqs' && happens('delivered')(made, vector),
  ),
  step('signals', 'An eventfd is signalled.', happens('signal')),
  step('attaches', 'Vector … is attached.', happens('attached'), 'vector'),
  step('detaches', 'Vector … is detached.', happens('detached'), 'vector'),
  state('enabled', 'MSI or MSI-X is enabled.', isMsiMode),
  state('irqs', 'Exactly … irqs are allocated.', ({ domain }, count) => domain.descs.size === count, 'count'),
  state('allocated', 'Vector … is allocated.', ({ domain }, v) => domain.descs.has(Number(v)), 'vector'),
  state(
    'attached',
    'Vector … is attached to an eventfd.',
    (machine, v) => triggerOf(machine, Number(v)) !== null,
    'vector',
  ),
  state(
    'cached',
    'Vector … is allocated and not attached.',
    (machine, v) => machine.domain.descs.has(Number(v)) && triggerOf(machine, Number(v)) === null,
    'vector',
  ),
  state(
    'pending',
    'The pending bit of MSI-X vector … is set.',
    ({ pci }, v) => pci.entries.get(Number(v))?.pending === true,
    'vector',
  ),
  state(
    'attached-to-closed-fd',
    'A vector is attached to an eventfd that no open descriptor refers to.',
    ({ vdev, fds }) => {
      const open = new Set(fds.entries().map(([, file]) => (file.kind === 'eventfd' ? file.ev : -1)));
      return vdev.ctx.entries().some(([, { trigger }]) => trigger !== null && !open.has(trigger));
    },
  ),
  state(
    'one-eventfd-twice',
    'Two vectors are attached to one eventfd, so one of them has no bypass producer.',
    ({ vdev }) => {
      const triggers = vdev.ctx.entries().flatMap(([, { trigger }]) => (trigger === null ? [] : [trigger]));
      return new Set(triggers).size < triggers.length;
    },
  ),
  ...breaks(),
];

/** The names that an argument can have; null where it is a number. */
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
