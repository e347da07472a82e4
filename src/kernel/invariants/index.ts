// All invariants, and the breaches of a step (docs/driver.md §14, §18.8 and §19.3).

import type { Host } from '../../machine/host.ts';
import { GENERATION_IDS, type GenerationId } from '../generations/generation.ts';
import type { Invariant, InvariantId, Step } from './invariant.ts';
import * as state from './state.ts';
import * as step from './step.ts';

const ALL: readonly GenerationId[] = GENERATION_IDS;

function ofState(
  id: InvariantId,
  name: string,
  holds: readonly GenerationId[],
  text: string,
  broken: (machine: Step['run']['after']) => string | null,
): Invariant {
  return { id, name, text, holds, scope: 'state', broken: ({ run }) => broken(run.after) };
}

/** Returns the invariant with hosts on which every generation can break it. */
function exceptOn(exempt: (host: Host) => boolean, invariant: Invariant): Invariant {
  return { ...invariant, exempt };
}

function ofStep(
  id: InvariantId,
  name: string,
  holds: readonly GenerationId[],
  text: string,
  broken: (step: Step) => string | null,
): Invariant {
  return { id, name, text, holds, scope: 'step', broken };
}

/** Every invariant in order. `holds` is the table of docs/driver.md §14; in other generations some script breaks it. */
export const INVARIANTS: readonly Invariant[] = [
  ofState(
    'I1',
    'attached vectors are allocated',
    ALL,
    'Every attached vector has an irq with a handler.',
    state.attachedIsAllocated,
  ),
  ofState(
    'I2',
    'no irqs without a mode',
    ALL,
    'Without MSI or MSI-X mode no irq is allocated, and the device has both disabled.',
    state.noneMeansNothing,
  ),
  ofState(
    'I3',
    'the mode matches the device',
    ALL,
    'The driver’s mode is the one that the device has enabled.',
    state.modeMatchesDevice,
  ),
  ofState(
    'I4',
    'only the enabled range is allocated',
    ['static'],
    'The allocated vectors are exactly those of the enabling call.',
    state.allocatedIsInitialRange,
  ),
  ofStep(
    'I5',
    'allocations last until disable',
    ['static', 'dynamic', 'track', 'hold'],
    'Between enable and disable, every allocated vector stays allocated.',
    step.allocatedNeverShrinks,
  ),
  ofState(
    'I6',
    'the enabled range stays allocated',
    ['static', 'dynamic', 'track', 'hold'],
    'The vectors of the enabling call stay allocated.',
    state.initialRangeStays,
  ),
  ofStep(
    'I7',
    'irqs are freed only at teardown',
    ['static', 'dynamic', 'hold'],
    'Only pci_free_irq_vectors() frees irqs.',
    step.freedByTeardownOnly,
  ),
  ofState(
    'I8',
    'one context per requested irq',
    ['v3', 'dynamic', 'track', 'hold'],
    'The number of contexts equals the number of requested irqs.',
    state.contextsAreRequested,
  ),
  // a reset while memory decoding is off restores no mask before 6.1.190, 6.12.111 and 7.3 (`memory-off/linux-6.12.107/reset-memory-off#7`)
  exceptOn(
    (host) => host.resetRestore === 'memory-as-is',
    ofState(
      'I9',
      'entries are unmasked while attached',
      ALL,
      'An MSI-X entry is unmasked exactly while its vector is attached.',
      state.unmaskedIsAttached,
    ),
  ),
  ofState(
    'I10',
    'cached entries are masked',
    ALL,
    'The entry of a cached vector is masked.',
    state.cachedIsMasked,
  ),
  ofStep(
    'I11',
    'irq numbers stay',
    ['static', 'v3', 'dynamic', 'track', 'hold'],
    'A vector keeps its irq number while it is allocated.',
    step.numbersStay,
  ),
  ofStep(
    'I12',
    'a failed block is detached',
    ALL,
    'A failed block leaves the vectors from its start to the failing one detached and the others unchanged.',
    step.failedBlockIsDetached,
  ),
  ofStep(
    'I13',
    'a failed enable leaves no irqs',
    ALL,
    'A failed enable leaves no mode and no irqs.',
    step.failedEnableLeavesNothing,
  ),
  ofStep(
    'I14',
    'success attaches every vector',
    ALL,
    'After a successful call every vector is attached to its eventfd, or detached for a negative fd.',
    step.successIsAttached,
  ),
  ofState(
    'I15',
    'eventfd references add up',
    ALL,
    'An eventfd has one reference for its file and one for each use in the kernel.',
    state.referencesAddUp,
  ),
  ofState(
    'I16',
    'one bypass producer per eventfd',
    ALL,
    'An eventfd has at most one bypass producer.',
    state.producersAreAttached,
  ),
  ofStep(
    'I17',
    'loopback changes only counters',
    ALL,
    'A loopback trigger changes only eventfd counters.',
    step.loopbackOnlyCounts,
  ),
  ofState(
    'I18',
    'no more irqs than vectors',
    ALL,
    'The number of irqs does not exceed the number of vectors.',
    state.allocatedFitsDevice,
  ),
  ofStep(
    'I19',
    'a failing vector keeps its irq',
    ['static', 'dynamic', 'hold'],
    'A vector whose assignment fails keeps its irq.',
    step.failingVectorStays,
  ),
  ofState(
    'I20',
    'one context per allocated vector',
    ['v2'],
    'A vector has a context exactly while it is allocated.',
    state.contextIsAllocated,
  ),
  ofState(
    'I21',
    'cached vectors belong to the enabled range',
    ['v2', 'static'],
    'Every cached vector belongs to the enabling call.',
    state.cachedIsInitial,
  ),
  ofStep(
    'I22',
    'no new holes',
    ['v2'],
    'While MSI-X is enabled, no vector becomes a hole (allocated, never attached).',
    step.holesOnlyDisappear,
  ),
  ofStep(
    'I23',
    'a failure neither adds nor frees an irq',
    ['static', 'track'],
    'A vector whose assignment fails has an irq exactly if it had one before the call.',
    step.failingVectorUnchanged,
  ),
  ofStep(
    'I24',
    'a swap keeps the irq requested',
    ['hold'],
    'A successful call removes no handler of a vector that is attached before and after it, and changes no message of its entry.',
    step.swapKeepsHandler,
  ),
];

/** One invariant that a step breaks. */
export interface Breach {
  readonly invariant: Invariant;
  /** The breach as a sentence. */
  readonly what: string;
}

/** Returns the breaches of the invariants that the generation claims to keep on the host of the step. */
export function brokenClaims(id: GenerationId, made: Step): readonly Breach[] {
  const { host } = made.run.after;
  return brokenInvariants(made).filter(
    ({ invariant: { holds, exempt } }) => holds.includes(id) && exempt?.(host) !== true,
  );
}

/** Returns every invariant that a step breaks, also those that the generation does not claim to keep. */
export function brokenInvariants(made: Step): readonly Breach[] {
  return INVARIANTS.flatMap((invariant) => {
    const what = invariant.broken(made);
    return what === null ? [] : [{ invariant, what }];
  });
}
