// The whole table in a strip beside the rows: blocks that fit the strip, with equal neighbours joined.

import type { Moment } from './moment.ts';

/** The kind of a block: that of its most important vector. */
export type OverviewKind = 'failed' | 'freed' | 'cached' | 'attached';

/** Rows `from` to before `to` of one kind. */
export interface OverviewBlock {
  readonly kind: OverviewKind;
  readonly from: number;
  readonly to: number;
}

const WEIGHT = { attached: 1, cached: 2, freed: 3, failed: 4 } as const;

/** Returns the blocks of `count` rows in at most `bins` pieces; `vectorAt` maps rows to vectors. Empty rows have no block. */
export function overviewBlocks(
  moment: Moment,
  count: number,
  bins: number,
  rowOf: (vector: number) => number,
): readonly OverviewBlock[] {
  const pieces: (OverviewKind | undefined)[] = [];
  const size = Math.max(1, count / Math.max(1, bins));
  const note = (vector: number, kind: OverviewKind) => {
    const row = rowOf(vector);
    if (row < 0 || row >= count) return;
    const piece = Math.floor(row / size);
    const known = pieces[piece];
    if (known === undefined || WEIGHT[kind] > WEIGHT[known]) pieces[piece] = kind;
  };
  const { now, before, happenings, failures } = moment;
  now.domain.descs.forEach((desc, vector) => {
    note(vector, desc.handler === null ? 'cached' : 'attached');
  });
  if (before.domain.descs !== now.domain.descs) {
    before.domain.descs.forEach((_desc, vector) => {
      if (!now.domain.descs.has(vector)) note(vector, 'freed');
    });
  }
  for (const one of happenings) {
    if (one.kind === 'freed' && !now.domain.descs.has(one.vector)) note(one.vector, 'freed');
  }
  for (const vector of failures.keys()) note(vector, 'failed');
  return joined(pieces, size, count);
}

function joined(
  pieces: readonly (OverviewKind | undefined)[],
  size: number,
  count: number,
): readonly OverviewBlock[] {
  const blocks: OverviewBlock[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const kind = pieces[at];
    if (kind === undefined) continue;
    const from = at;
    while (pieces[at + 1] === kind) at++;
    blocks.push({ kind, from: from * size, to: Math.min(count, (at + 1) * size) });
  }
  return blocks;
}
