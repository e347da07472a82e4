// All invariants, and what a step breaks (spec sections 14 and 18.8).

import type { GenerationId } from '../generations/generation.ts';
import type { Invariant, InvariantId, Step } from './invariant.ts';
import * as state from './state.ts';
import * as step from './step.ts';

const ALL: readonly GenerationId[] = ['static', 'v2', 'v3', 'dynamic'];

function ofState(
  id: InvariantId,
  holds: readonly GenerationId[],
  text: string,
  broken: (machine: Step['run']['after']) => string | null,
): Invariant {
  return { id, text, holds, scope: 'state', broken: ({ run }) => broken(run.after) };
}

function ofStep(
  id: InvariantId,
  holds: readonly GenerationId[],
  text: string,
  broken: (step: Step) => string | null,
): Invariant {
  return { id, text, holds, scope: 'step', broken };
}

/** Every invariant in order. `holds` is the specification's table; the rest is known to break in some script. */
export const INVARIANTS: readonly Invariant[] = [
  ofState('I1', ALL, 'An attached vector is allocated.', state.attachedIsAllocated),
  ofState(
    'I2',
    ALL,
    'Without MSI or MSI-X mode nothing is allocated and neither is enabled.',
    state.noneMeansNothing,
  ),
  ofState('I3', ALL, 'The mode is what the device has enabled.', state.modeMatchesDevice),
  ofState(
    'I4',
    ['static'],
    'Exactly the vectors of the enabling call are allocated.',
    state.allocatedIsInitialRange,
  ),
  ofStep(
    'I5',
    ['static', 'dynamic'],
    'Between enable and disable no allocation is lost.',
    step.allocatedNeverShrinks,
  ),
  ofState(
    'I6',
    ['static', 'dynamic'],
    'The range of the enabling call stays allocated.',
    state.initialRangeStays,
  ),
  ofStep(
    'I7',
    ['static', 'dynamic'],
    'An irq is released inside pci_free_irq_vectors() only.',
    step.freedByTeardownOnly,
  ),
  ofState(
    'I8',
    ['v3', 'dynamic'],
    'There are as many contexts as requested irqs.',
    state.contextsAreRequested,
  ),
  ofState(
    'I9',
    ALL,
    'An MSI-X entry is unmasked exactly while its vector is attached.',
    state.unmaskedIsAttached,
  ),
  ofState('I10', ALL, 'The entry of a cached vector is masked.', state.cachedIsMasked),
  ofStep(
    'I11',
    ['static', 'v3', 'dynamic'],
    'A vector keeps its irq number while it is allocated.',
    step.numbersStay,
  ),
  ofStep(
    'I12',
    ALL,
    'A failed block leaves its start up to the failing vector detached, the rest unchanged.',
    step.failedBlockIsDetached,
  ),
  ofStep('I13', ALL, 'A failed enable leaves no mode and nothing allocated.', step.failedEnableLeavesNothing),
  ofStep('I14', ALL, 'After success every vector is attached as its fd says.', step.successIsAttached),
  ofState('I15', ALL, 'The references of an eventfd are its file and its bindings.', state.referencesAddUp),
  ofState('I16', ALL, 'An eventfd has at most one bypass producer.', state.producersAreAttached),
  ofStep('I17', ALL, 'A loopback trigger changes eventfd counters only.', step.loopbackOnlyCounts),
  ofState('I18', ALL, 'No more irqs are allocated than the device has vectors.', state.allocatedFitsDevice),
  ofStep(
    'I19',
    ['static', 'dynamic'],
    'A vector whose assignment fails keeps its irq.',
    step.failingVectorStays,
  ),
  ofState('I20', ['v2'], 'A context exists exactly for the allocated vectors.', state.contextIsAllocated),
  ofState('I21', ['v2', 'static'], 'A cached vector is one of the enabling call.', state.cachedIsInitial),
  ofStep('I22', ['v2'], 'A hole only disappears, by being attached.', step.holesOnlyDisappear),
];

/** One invariant that a step breaks. */
export interface Breach {
  readonly invariant: Invariant;
  /** What breaks it, as a sentence. */
  readonly what: string;
}

/** Every invariant that a step breaks, whether it is known to break in this generation or not. */
export function brokenInvariants(made: Step): readonly Breach[] {
  return INVARIANTS.flatMap((invariant) => {
    const what = invariant.broken(made);
    return what === null ? [] : [{ invariant, what }];
  });
}
