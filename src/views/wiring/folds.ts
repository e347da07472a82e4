// The places of a table of vectors: runs of vectors that the session has never used are folded into one place each.

import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import { commonRuns, isLong, lineCount, type Replay, runAt } from '../../session/replay.ts';
import type { Moment } from './moment.ts';
import { vectorsInUse } from './rows.ts';

/** Vectors `from` to `to`, both included. */
export interface VectorRange {
  readonly from: number;
  readonly to: number;
}

/** The head of a run of vectors without use. */
export interface Fold extends VectorRange {
  /** The vectors follow it. */
  readonly open: boolean;
}

/** A vector, or the head of a fold. */
export type Place = number | Fold;

/** Smaller tables have no folds. */
const FEWEST = 8;

/** The vectors with use at any line of a replay. */
export interface EverUsed {
  readonly replayed: Replay;
  /** In no order. */
  readonly vectors: ReadonlySet<number>;
}

/**
 * Returns the vectors with use at any line of a replay. Of a long script, whose runs are not kept, those that its lines name; the
 * lines of an earlier result at its beginning are not read again.
 */
export function everUsed(replayed: Replay, before: EverUsed | null = null): EverUsed {
  const known =
    before !== null && isLong(replayed) && isLong(before.replayed) && goesOnFrom(before, replayed)
      ? before
      : null;
  const vectors = new Set(known?.vectors);
  const from = known === null ? 0 : lineCount(known.replayed);
  if (isLong(replayed)) addNamed(vectors, replayed, from);
  else addHappened(vectors, replayed);
  return { replayed, vectors };
}

function goesOnFrom({ replayed: earlier }: EverUsed, replayed: Replay): boolean {
  return commonRuns(earlier, replayed) === lineCount(earlier);
}

function addHappened(vectors: Set<number>, replayed: Replay): void {
  for (const [at, { line }] of replayed.script.entries()) {
    if (line.op.op === 'clobber') vectors.add(line.op.entry);
    for (const one of runAt(replayed, at + 1)?.happenings ?? []) if ('vector' in one) vectors.add(one.vector);
  }
}

/** Adds the vectors that the lines after `from` name, until the whole table is used: the lines may be a hundred thousand. */
function addNamed(vectors: Set<number>, { script, setup }: Replay, from: number): void {
  const table = Math.max(setup.device.msix?.vectors ?? 0, setup.device.msi?.vectors ?? 0);
  let unused = table;
  for (const vector of vectors) if (vector < table) unused--;
  const add = (vector: number) => {
    if (vector < table && !vectors.has(vector)) unused--;
    vectors.add(vector);
  };
  for (let at = from; at < script.length && unused > 0; at++) {
    const op = script[at]?.line.op;
    if (op?.op === 'clobber') add(op.entry);
    else if (op?.op === 'raise') add(op.vector);
    else if (op?.op === 'set_irqs') {
      const end = Math.min(op.start + op.count, MSIX_VECTORS_MAX);
      for (let vector = op.start; vector < end; vector++) add(vector);
    }
  }
}

/** Returns the vectors with use at any line or at this moment, ascending. */
export function usedVectors(moment: Moment, ever: ReadonlySet<number>): readonly number[] {
  return [...new Set([...ever, ...vectorsInUse(moment)])].sort((a, b) => a - b);
}

/** Returns the places of a table; `opened` are the ranges that a person has opened. Without any use nothing is folded. */
export function placesOf(
  total: number,
  used: readonly number[],
  opened: readonly VectorRange[],
): readonly Place[] {
  const inTable = used.filter((vector) => vector < total);
  const folds = total >= FEWEST && inTable.length > 0;
  const places: Place[] = [];
  const run = (from: number, to: number) => {
    const folded = folds && to > from;
    const open = !folded || opened.some((range) => range.from <= to && range.to >= from);
    if (folded) places.push({ from, to, open });
    if (open) for (let vector = from; vector <= to; vector++) places.push(vector);
  };
  let next = 0;
  for (const vector of inTable) {
    run(next, vector - 1);
    places.push(vector);
    next = vector + 1;
  }
  run(next, total - 1);
  return places;
}

/** Returns the opened ranges after a click on the head of a fold. */
export function withFold(opened: readonly VectorRange[], { from, to, open }: Fold): readonly VectorRange[] {
  return open ? opened.filter((range) => range.to < from || range.from > to) : [...opened, { from, to }];
}

/** Returns the text of a fold, for instance `3–7: empty`. */
export function foldText({ from, to }: VectorRange): string {
  return `${from}–${to}: empty`;
}

/** Returns the place of a vector or of the fold that contains it; −1 for a vector outside of the table. */
export function placeOf(places: readonly Place[], vector: number): number {
  let low = 0;
  let high = places.length - 1;
  let found = -1;
  // the first vectors of the places ascend; an open fold and its first vector begin at the same one
  while (low <= high) {
    const middle = (low + high) >> 1;
    const place = places[middle] ?? 0;
    if ((typeof place === 'number' ? place : place.from) <= vector) {
      found = middle;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  const place = places[found];
  if (place === undefined) return -1;
  return typeof place === 'number' ? (place === vector ? found : -1) : vector <= place.to ? found : -1;
}
