// The vectors that the timeline of a lane shows.

import type { ScriptLine } from '../../session/script.ts';
import { laneSubject } from '../timeline/data.ts';

/** Returns the vectors with use at any line: those of the timeline's lanes, and overwritten entries. In no order. */
export function usedInLanes(
  lanes: readonly number[],
  script: readonly ScriptLine[],
  msi: boolean,
): ReadonlySet<number> {
  const used = new Set<number>();
  for (const id of lanes) {
    const { kind, vector } = laneSubject(id);
    if (kind === (msi ? 'msi' : 'msix')) used.add(vector);
  }
  for (const { line } of script) if (line.op.op === 'clobber') used.add(line.op.entry);
  return used;
}
