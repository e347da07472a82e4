// The rows of the atlas that are wanted, in the wanted order.

import { CHECKS } from '../../kernel/checks.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';

/** What a row needs to be found and sorted. */
export interface Outcome {
  readonly generation: GenerationId;
  readonly fn: string;
  readonly check: string | null;
  readonly errno: string | null;
  readonly length: number;
}

/** The columns that can be sorted by. */
export const ATLAS_COLUMNS = ['fn', 'check', 'errno', 'generation', 'length'] as const;
/** One of them. */
export type AtlasColumn = (typeof ATLAS_COLUMNS)[number];

/** What is wanted. */
export interface AtlasWish {
  /** Words, each of which has to stand somewhere in the row. */
  readonly sought: string;
  /** Null for all. */
  readonly generation: GenerationId | null;
  /** Calls that succeed are left out. */
  readonly failuresOnly: boolean;
  readonly sortBy: AtlasColumn;
  readonly descending: boolean;
}

/** Why a check is there, one sentence; empty where none of ours decided. */
export function checkWhy(check: string | null): string {
  return Object.entries(CHECKS).find(([id]) => id === check)?.[1].why ?? '';
}

/** The wanted rows in order; equal ones stay as they were. */
export function wantedRows<T extends Outcome>(rows: readonly T[], wish: AtlasWish): readonly T[] {
  const { generation, failuresOnly, sortBy, descending } = wish;
  const words = wish.sought
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const kept = rows.filter((row) => {
    if (generation !== null && row.generation !== generation) return false;
    if (failuresOnly && row.errno === null && row.check === null) return false;
    const text = `${row.fn} ${row.check ?? ''} ${row.errno ?? ''} ${row.generation} ${checkWhy(row.check)}`;
    return words.every((word) => text.toLowerCase().includes(word));
  });
  const sign = descending ? -1 : 1;
  return kept.sort((a, b) => sign * compared(a[sortBy], b[sortBy]));
}

function compared(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
