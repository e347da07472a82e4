// What a person chooses for a search over states: plain data that can be sent, kept and checked. The search itself
// (src/explore) is made from it where it runs.

import type { GenerationId } from '../kernel/generations/generation.ts';

/** The parts of the alphabet that can be left out; blocks of eventfds are always in it. */
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

/** One of them. */
export type AlphabetPart = (typeof ALPHABET_PARTS)[number];

/** A question by its name, or one put together from predicates. */
export type Asked =
  | { readonly kind: 'named'; readonly id: string }
  | { readonly kind: 'composed'; readonly text: string };

/** A search as it is chosen. */
export interface SearchSetup {
  readonly generation: GenerationId;
  /** A second generation that gets the same operations, or null. */
  readonly against: GenerationId | null;
  /** MSI-X table entries of the device. */
  readonly vectors: number;
  /** The host can allocate MSI-X vectors while MSI-X is enabled. */
  readonly dynamic: boolean;
  /** Irqs that the host can give, charged at allocation; null for no such limit. */
  readonly irqs: number | null;
  /** CPU vectors that request_irq can take; null for as many as the recorded machine had. */
  readonly cpuVectors: number | null;
  /** Open eventfds. */
  readonly eventfds: number;
  /** The longest block of vectors that one SET_IRQS names. */
  readonly block: number;
  readonly parts: readonly AlphabetPart[];
  readonly asked: Asked;
  /** Operations that a script may have; null for no bound. */
  readonly maxDepth: number | null;
  /** States after which the search gives up. */
  readonly maxStates: number;
}

/** What can be chosen for a number: both ends count. */
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

/** What a first visit finds chosen: where do V3 and the merged driver part? */
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
