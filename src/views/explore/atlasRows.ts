// The rows of the atlas: filter, order and text of a result.

import { CHECKS } from '../../kernel/checks.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';

/** The facts by which a row is found and sorted. */
export interface Outcome {
  readonly generation: GenerationId;
  readonly fn: string;
  readonly check: string | null;
  /** An errno, a number that is 0 or positive, or null for a function without a result. */
  readonly result: string | number | null;
  readonly length: number;
  /** Whether recordings contain it; null or absent while that is unknown. */
  readonly mark?: { readonly text: string } | null;
}

/** The sortable columns. */
export const ATLAS_COLUMNS = ['fn', 'check', 'result', 'generation', 'length'] as const;
export type AtlasColumn = (typeof ATLAS_COLUMNS)[number];

/** The kinds of results to filter by, each with its label. */
export const RESULT_KINDS = {
  failures: 'failures',
  errors: 'errnos',
  positive: 'positive returns',
  zero: '0 or void',
  all: 'all results',
} as const;
/** One of them. `failures` are the outcomes that a check decided: errnos, and the positive return of SET_IRQS. */
export type ResultKind = keyof typeof RESULT_KINDS;

/** The filter and the order. */
export interface AtlasWish {
  /** Words; a row contains each of them somewhere. */
  readonly sought: string;
  /** Null for all. */
  readonly generation: GenerationId | null;
  readonly results: ResultKind;
  readonly sortBy: AtlasColumn;
  readonly descending: boolean;
}

/** Returns the purpose of a check as one sentence; empty for no check. */
export function checkWhy(check: string | null): string {
  return Object.entries(CHECKS).find(([id]) => id === check)?.[1].why ?? '';
}

/** Returns a result as text: `-EBADF`, `1`, `0`, or `void` for a function without a result. */
export function resultText(result: Outcome['result']): string {
  if (result === null) return 'void';
  return typeof result === 'number' ? String(result) : `-${result}`;
}

function isOf(kind: ResultKind, { result, check }: Outcome): boolean {
  switch (kind) {
    case 'failures':
      return typeof result === 'string' || check !== null;
    case 'errors':
      return typeof result === 'string';
    case 'positive':
      return typeof result === 'number' && result > 0;
    case 'zero':
      return result === null || result === 0;
    case 'all':
      return true;
  }
}

/** Returns the rows that pass the filter, sorted; equal rows keep their order. */
export function wantedRows<T extends Outcome>(rows: readonly T[], wish: AtlasWish): readonly T[] {
  const { generation, results, sortBy, descending } = wish;
  const words = wish.sought
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const kept = rows.filter((row) => {
    if (generation !== null && row.generation !== generation) return false;
    if (!isOf(results, row)) return false;
    const text = `${row.fn} ${row.check ?? ''} ${resultText(row.result)} ${row.generation} ${checkWhy(row.check)} ${row.mark?.text ?? ''}`;
    return words.every((word) => text.toLowerCase().includes(word));
  });
  const sign = descending ? -1 : 1;
  return kept.sort((a, b) => sign * comparedBy(sortBy, a, b));
}

function comparedBy(column: AtlasColumn, a: Outcome, b: Outcome): number {
  return column === 'result'
    ? rank(a.result) - rank(b.result) || compared(a.result, b.result)
    : compared(a[column], b[column]);
}

/** Errnos first, then positive numbers, then 0, then void. */
function rank(result: Outcome['result']): number {
  if (typeof result === 'string') return 0;
  if (result === null) return 3;
  return result > 0 ? 1 : 2;
}

function compared(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
