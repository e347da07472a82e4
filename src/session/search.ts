// The setup of a search over states as plain data that can be sent, stored and checked. The search itself (src/explore) is
// built from it where it runs.

import type { GenerationId } from '../kernel/generations/generation.ts';
import type { RaiseAbility } from '../machine/device.ts';

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
  'mask',
  'unmaskfd',
  'bool',
] as const;

/** One optional part. */
export type AlphabetPart = (typeof ALPHABET_PARTS)[number];

/** The interrupt modes that the operations of a search can use. */
export const SEARCH_MODES = ['msix', 'msi', 'intx'] as const;

/** One mode. */
export type SearchMode = (typeof SEARCH_MODES)[number];

/** A device of the catalogue with other facts; null stands for the fact of the model. */
export interface SearchDevice {
  readonly model: string;
  /** The device has an interrupt pin. */
  readonly intx: boolean | null;
  readonly pcie: boolean | null;
  /** Its MSI capability has mask bits. */
  readonly maskable: boolean | null;
  readonly raise: RaiseAbility | null;
}

/** The device of a search that names none. */
export const USUAL_DEVICE: SearchDevice = {
  model: 'nvme',
  intx: null,
  pcie: null,
  maskable: null,
  raise: null,
};

/** A question by name, or one composed of predicates. */
export type Asked =
  | { readonly kind: 'named'; readonly id: string }
  | { readonly kind: 'composed'; readonly text: string };

/** The chosen search. */
export interface SearchSetup {
  readonly generation: GenerationId;
  /** A second generation that runs the same operations, or null. */
  readonly against: GenerationId | null;
  /** The modes of the operations, in the order of SEARCH_MODES. A mode without vectors has no operations. */
  readonly modes: readonly SearchMode[];
  readonly device: SearchDevice;
  /** MSI-X table entries of the device; 0 for no MSI-X. */
  readonly vectors: number;
  /** MSI vectors of the device, one of MSI_VECTORS; 0 for no MSI. */
  readonly msi: number;
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
  vectors: { from: 0, to: 8 },
  irqs: { from: 0, to: 64 },
  cpuVectors: { from: 0, to: 194 },
  eventfds: { from: 1, to: 4 },
  block: { from: 1, to: 4 },
  maxDepth: { from: 1, to: 1000 },
  maxStates: { from: 1, to: 5_000_000 },
} as const satisfies Readonly<Record<string, Range>>;

/** The accepted numbers of MSI vectors: MSI has a power of two. */
export const MSI_VECTORS: readonly number[] = [0, 1, 2, 4, 8];

/** Returns the modes that have vectors, each with their number. */
export function usedModes({ modes, vectors, msi }: Pick<SearchSetup, 'modes' | 'vectors' | 'msi'>): readonly {
  readonly mode: SearchMode;
  readonly vectors: number;
}[] {
  const counts = { msix: vectors, msi, intx: 1 };
  return SEARCH_MODES.filter((mode) => modes.includes(mode) && counts[mode] > 0).map((mode) => ({
    mode,
    vectors: counts[mode],
  }));
}

/** Returns the largest number of vectors of a mode that has vectors; 0 for INTx alone. */
export function mostVectors(setup: SearchSetup): number {
  return Math.max(0, ...usedModes(setup).map(({ mode, vectors }) => (mode === 'intx' ? 0 : vectors)));
}

/** The search of a first visit: the first difference between V3 and the merged driver. */
export const FIRST_SEARCH: SearchSetup = {
  generation: 'v3',
  against: 'dynamic',
  modes: ['msix'],
  device: USUAL_DEVICE,
  vectors: 3,
  msi: 0,
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
