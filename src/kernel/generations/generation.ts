// The interface of one generation of the driver's MSI and MSI-X code. The rest of the driver exists only once.

import type { Kernel } from '../kernel.ts';

/** The names of all generations: released and posted ones by age, then the proposals. */
export const GENERATION_IDS = ['static', 'v2', 'v3', 'dynamic', 'track', 'hold'] as const;

/** The name of a generation that has a file of its own. */
export type NamedGenerationId = (typeof GENERATION_IDS)[number];

/** A generation with changed policies, for instance `dynamic + free-on-error` (policies.ts). */
export type WhatIfId = `${NamedGenerationId} + ${string}`;

/** The name of a generation. */
export type GenerationId = NamedGenerationId | WhatIfId;

const RELEASED_OR_POSTED: readonly GenerationId[] = ['static', 'v2', 'v3', 'dynamic'];

/** Returns whether no kernel and no posting has this generation: the proposals of the debate, and every what-if kernel (docs/driver.md §19, §20). */
export function isProposal(id: GenerationId): boolean {
  return !RELEASED_OR_POSTED.includes(id);
}

/** The arguments of a trigger handler: the ioctl's fields, with the data read by its type. */
export interface TriggerCall {
  readonly index: number;
  readonly start: number;
  readonly count: number;
  readonly flags: number;
  /** The data as s32 for DATA_EVENTFD, as bytes for DATA_BOOL, empty otherwise or with count 0. */
  readonly data: readonly number[];
}

/**
 * One generation of vfio-pci's MSI and MSI-X handling. Its loops over vectors call `vfio_msi_set_vector_signal` once per vector
 * and keep no other value between two calls, so that the explorer can merge equal continuations (kernel.ts).
 */
export interface Generation {
  readonly id: GenerationId;
  /** Its name on the screen, for instance `≥ 6.5 dynamic`. */
  readonly label: string;
  /** Its policy in one sentence. */
  readonly policy: string;
  /** SET_IRQS with ACTION_TRIGGER on MSI or MSI-X. Returns 0, a negative errno, or a positive number of vectors. */
  readonly vfio_pci_set_msi_trigger: (k: Kernel, call: TriggerCall) => number;
  /** Returns whether GET_IRQ_INFO sets NORESIZE for MSI-X. */
  readonly msixNoresize: (k: Kernel) => boolean;
  /** Whether its loops keep values from one vector to the next, so that the explorer merges nothing inside a line. */
  readonly remembers?: boolean;
}

/** A generation that has a file of its own. */
export interface NamedGeneration extends Generation {
  readonly id: NamedGenerationId;
}
