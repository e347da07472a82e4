// The part of the model's run that a recorded step shows, once every compared field agrees. A call counts if recordings contain its
// function, or if it passed on the result of the whole line.

import { outcomes } from '../explore/atlas.ts';
import type { Outcome } from '../explore/outcome.ts';
import type { CheckId } from '../kernel/checks.ts';
import type { Frame, Run } from '../kernel/frame.ts';
import type { Op } from '../kernel/line.ts';
import { isTraced } from '../recordings/conformance.ts';
import { isRecorded } from '../session/observe.ts';

/** Returns whether a recording with or without calls shows this call. */
function isSeen(op: Op, made: Run, calls: boolean, { fn, depth, ret, deferred }: Frame): boolean {
  if (deferred) return false;
  if (calls && isTraced(op) && isRecorded(fn)) return true;
  return depth === 0 && ret === (made.errno ?? made.ret);
}

/** Returns the checks that failed a visible call or the whole step. */
export function seenChecks(op: Op, made: Run, calls: boolean): ReadonlySet<CheckId> {
  const found = new Set<CheckId>(made.check === null ? [] : [made.check]);
  for (const frame of made.frames)
    if (frame.check !== undefined && isSeen(op, made, calls, frame)) found.add(frame.check);
  return found;
}

/** Returns the visible outcomes of the step. */
export function seenOutcomes(op: Op, made: Run, calls: boolean): readonly Outcome[] {
  return outcomes(made).filter(({ check }, at) => {
    const frame = made.frames[at];
    // a check is named only where the call returned the result of the line
    return frame === undefined || check !== null || isSeen(op, made, calls, frame);
  });
}
