// The allocation of an irq, and its deliveries since then.

import type { IntMap } from '../../base/intMap.ts';
import type { AllocationSite, Run } from '../../kernel/frame.ts';
import { type Replay, runAt } from '../../session/replay.ts';
import { originsAt } from '../sums.ts';
import type { Origin } from './origins.ts';

/** Returns the last allocation of this irq for this vector up to a line, or null during the allocation. */
export function originOf(replayed: Replay, line: number, vector: number, irq: number): Origin | null {
  const own = allocationIn(runAt(replayed, line), vector, irq);
  if (own !== null) return { line, by: own };
  const before = originsAt(replayed, line - 1).allocations.get(vector);
  return before?.irq === irq ? { line: before.line, by: before.by } : null;
}

/** A vector can get more than one irq inside one line. */
function allocationIn(run: Run | null, vector: number, irq: number): AllocationSite | null {
  const made = run?.happenings.findLast(
    (one) => one.kind === 'allocated' && one.vector === vector && one.irq === irq,
  );
  return made?.kind === 'allocated' ? made.by : null;
}

/** Returns deliveries by Linux irq since its allocation, as the CPU columns of /proc/interrupts count them. */
export function deliveries(replayed: Replay, line: number): IntMap<number> {
  return originsAt(replayed, line).delivered;
}
