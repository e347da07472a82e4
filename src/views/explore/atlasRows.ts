// The rows of the atlas: one for each outcome, with the kernels that reach it; filter, order, and text.

import { CHECKS } from '../../kernel/checks.ts';
import { GENERATION_IDS, type GenerationId } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';

/** A kernel that reaches an outcome. */
export interface ReachedBy {
  readonly generation: GenerationId;
  /** A shortest script that leads to it, with its device, in notation. */
  readonly script: string;
  /** Number of lines of the script, without those that open descriptors. */
  readonly length: number;
  /** Only scripts with an injected fault lead to it. */
  readonly injected: boolean;
  /** Whether recordings of this kernel contain it; null while that is unknown. */
  readonly mark: RecordedMark | null;
}

/** Whether recordings contain an outcome (views/trust/seen.ts). */
interface RecordedMark {
  readonly seen: boolean;
  readonly text: string;
  /** The recorded releases, or the reason, as a sentence. */
  readonly title: string;
}

/** A kernel function, the check that decided, and the result. */
interface OutcomeFacts {
  readonly fn: string;
  readonly check: string | null;
  /** An errno, a number that is 0 or positive, or null for a function without a result. */
  readonly result: string | number | null;
}

/** One row. */
export interface AtlasOutcome extends OutcomeFacts {
  /** In the order of the generations, at least one. */
  readonly kernels: readonly ReachedBy[];
  /** Length of the shortest script. */
  readonly length: number;
  /** No kernel reaches it without an injected fault. */
  readonly injected: boolean;
  /** Whether a recording of some kernel contains it; null while that is unknown. */
  readonly recorded: boolean | null;
}

/** Returns one row for each outcome of the entries, in the order of their first entries. */
export function outcomeRows(entries: readonly (OutcomeFacts & ReachedBy)[]): readonly AtlasOutcome[] {
  const rows = new Map<string, (OutcomeFacts & ReachedBy)[]>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.fn, entry.check, entry.result]);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [entry]);
    else row.push(entry);
  }
  return [...rows.values()].flatMap((found) => {
    const [first] = found;
    if (first === undefined) return [];
    const { fn, check, result } = first;
    const kernels = GENERATION_IDS.flatMap((id) => found.filter((one) => one.generation === id));
    const plain = kernels.filter(({ injected }) => !injected);
    return {
      fn,
      check,
      result,
      kernels,
      length: Math.min(...(plain.length > 0 ? plain : kernels).map(({ length }) => length)),
      injected: plain.length === 0,
      recorded: kernels.every(({ mark }) => mark === null)
        ? null
        : kernels.some(({ mark }) => mark?.seen === true),
    };
  });
}

/** Returns the kernel whose script a row shows: the shortest, without an injected fault where one exists. */
export function shownKernel({ kernels, length, injected }: AtlasOutcome): ReachedBy | null {
  return kernels.find((kernel) => kernel.length === length && kernel.injected === injected) ?? null;
}

/** The sortable columns. */
export const ATLAS_COLUMNS = ['fn', 'check', 'result', 'kernels', 'length'] as const;
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
  /** Outcomes that this kernel reaches; null for all. */
  readonly generation: GenerationId | null;
  readonly results: ResultKind;
  /** Also outcomes that only an injected fault leads to. */
  readonly injected: boolean;
  readonly sortBy: AtlasColumn;
  readonly descending: boolean;
}

/** Returns the purpose of a check as one sentence; empty for no check. */
export function checkWhy(check: string | null): string {
  return Object.entries(CHECKS).find(([id]) => id === check)?.[1].why ?? '';
}

/** Returns a result as text: `-EBADF`, `1`, `0`, or `void` for a function without a result. */
export function resultText(result: OutcomeFacts['result']): string {
  if (result === null) return 'void';
  return typeof result === 'number' ? String(result) : `-${result}`;
}

/** The mark of an outcome that no recording contains. */
export const UNRECORDED = 'by source: no recording has it';

/** Returns the mark of a kernel in a row, as a sentence without its full stop. */
export function kernelWords(kernel: ReachedBy): string {
  const injected = kernel.injected ? 'only with an injected fault' : '';
  return [injected, kernel.mark?.text ?? ''].filter((part) => part !== '').join(', ');
}

/**
 * Returns the row as text: the outcome and its kernels as comments, then the shown script with its device, in notation. The text
 * reads back as a script.
 */
export function outcomeText(row: AtlasOutcome): string {
  const { fn, check, result, kernels, recorded } = row;
  const decided = check === null ? '' : `, decided by ${check}: ${checkWhy(check)}`;
  return [
    `# ${fn} returns ${resultText(result)}${decided}`,
    ...kernels.map((kernel) => {
      const words = kernelWords(kernel);
      return `# ${generation(kernel.generation).label}: ${words === '' ? 'reached' : words}`;
    }),
    ...(recorded === false ? [`# ${UNRECORDED}`] : []),
    shownKernel(row)?.script ?? '',
  ].join('\n');
}

function isOf(kind: ResultKind, { result, check }: OutcomeFacts): boolean {
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

/** Returns the rows that pass the filter, sorted; functions of vfio are before others, within equal values of another column. */
export function wantedRows(rows: readonly AtlasOutcome[], wish: AtlasWish): readonly AtlasOutcome[] {
  const { generation: wanted, results, injected, sortBy, descending } = wish;
  const words = wish.sought
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const kept = rows.filter((row) => {
    const reached = row.kernels.filter((kernel) => injected || !kernel.injected);
    if (!reached.some((kernel) => wanted === null || kernel.generation === wanted)) return false;
    if (!isOf(results, row)) return false;
    const text = textOf(row, reached).toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const sign = descending ? -1 : 1;
  return kept.sort((a, b) => {
    const byFunction = vfioFirst(a, b);
    if (sortBy === 'fn') return byFunction || sign * compared(a.fn, b.fn);
    return sign * comparedBy(sortBy, a, b) || byFunction || compared(a.fn, b.fn);
  });
}

function textOf({ fn, check, result, recorded }: AtlasOutcome, kernels: readonly ReachedBy[]): string {
  const ids = kernels.map((kernel) => `${kernel.generation} ${kernelWords(kernel)}`).join(' ');
  const unseen = recorded === false ? UNRECORDED : '';
  return `${fn} ${check ?? ''} ${resultText(result)} ${ids} ${unseen} ${checkWhy(check)}`;
}

/** Functions of vfio, by the prefixes that its source files use. */
function vfioFirst(a: AtlasOutcome, b: AtlasOutcome): number {
  const other = ({ fn }: AtlasOutcome) => (/^(vfio|virqfd)_/.test(fn) ? 0 : 1);
  return other(a) - other(b);
}

function comparedBy(column: AtlasColumn, a: AtlasOutcome, b: AtlasOutcome): number {
  switch (column) {
    case 'result':
      return rank(a.result) - rank(b.result) || compared(a.result, b.result);
    case 'kernels':
      return a.kernels.length - b.kernels.length;
    default:
      return compared(a[column], b[column]);
  }
}

/** Errnos first, then positive numbers, then 0, then void. */
function rank(result: OutcomeFacts['result']): number {
  if (typeof result === 'string') return 0;
  if (result === null) return 3;
  return result > 0 ? 1 : 2;
}

function compared(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
