// The setup of a search over states as plain data that can be sent, stored and checked. The search itself (src/explore) is
// built from it where it runs.

import type { GenerationId } from '../kernel/generations/generation.ts';

/** The optional parts of the alphabet; blocks of eventfds are always included. */
export const ALPHABET_PARTS = [
  'unbind',
  'bad',
  'disable',
  'loopback',
  'raise',
  'count0',
  'close',
  'reset',
  'faults',
] as const;

/** One optional part. */
export type AlphabetPart = (typeof ALPHABET_PARTS)[number];

/** A question by name, or one composed of predicates. */
export type Asked =
  | { readonly kind: 'named'; readonly id: string }
  | { readonly kind: 'composed'; readonly text: string };

/** The chosen search. */
export interface SearchSetup {
  readonly generation: GenerationId;
  /** A second generation that runs the same operations, or null. */
  readonly against: GenerationId | null;
  /** MSI-X table entries of the device. */
  readonly vectors: number;
  /** The host can allocate MSI-X vectors while MSI-X is enabled. */
  readonly dynamic: boolean;
  /** Irqs of the host, charged at allocation; null for no limit. */
  readonly irqs: number | null;
  /** CPU vectors available to request_irq; null for as many as the recorded machine had. */
  readonly cpuVectors: number | null;
  /** Open eventfds. */
  readonly eventfds: number;
  /** The longest block of vectors in one SET_IRQS. */
  readonly block: number;
  readonly parts: readonly AlphabetPart[];
  readonly asked: Asked;
  /** The highest number of operations in a script; null for no limit. */
  readonly maxDepth: number | null;
  /** States after which the search gives up. */
  readonly maxStates: number;
}

/** The accepted values of a number, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The ranges of the numbers. */
export const SEARCH_RANGES = {
  vectors: { from: 1, to: 8 },
  irqs: { from: 0, to: 64 },
  cpuVectors: { from: 0, to: 194 },
  eventfds: { from: 1, to: 4 },
  block: { from: 1, to: 4 },
  maxDepth: { from: 1, to: 1000 },
  maxStates: { from: 1, to: 5_000_000 },
} as const satisfies Readonly<Record<string, Range>>;

/** The search of a first visit: the first difference between V3 and the merged driver. */
export const FIRST_SEARCH: SearchSetup = {
  generation: 'v3',
  against: 'dynamic',
  vectors: 3,
  dynamic: true,
  irqs: null,
  cpuVectors: null,
  eventfds: 1,
  block: 2,
  parts: ['unbind', 'bad', 'disable'],
  asked: { kind: 'named', id: 'differ-state' },
  maxDepth: null,
  maxStates: 1_000_000,
};
