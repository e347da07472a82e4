// The first line at which kernels differ: runs a session's script on several of them in lock-step.

import type { Run } from '../kernel/frame.ts';
import { Divergence } from './divergence.ts';
import { modelRuns } from './laneRuns.ts';
import { FIRST_LANES, kernelLane, type Lane, laneSession } from './lanes.ts';
import { replayWhole } from './replay.ts';
import type { Session } from './session.ts';

/** The lanes of a session and their first difference. */
export interface FirstDifference {
  readonly lanes: readonly Lane[];
  readonly divergence: Divergence;
  /** The first line that differs in result or state, or null. */
  readonly line: number | null;
  /** The run of that line in each lane; null when the line is left out. */
  readonly runs: readonly (Run | null)[];
}

/** Returns the first lanes of a comparison and the session's own generation. */
function lanesWith({ generation }: Session): readonly Lane[] {
  const has = FIRST_LANES.some((lane) => lane.kind === 'kernel' && lane.generation === generation);
  return has ? FIRST_LANES : [...FIRST_LANES, kernelLane(generation)];
}

/** Runs the script in every lane and compares line by line. */
export function firstDifference(session: Session, lanes = lanesWith(session)): FirstDifference {
  const runs = lanes.flatMap((lane) => {
    const own = laneSession(lane, session);
    return own === null ? [] : [modelRuns(replayWhole(own))];
  });
  const divergence = new Divergence(runs);
  while (divergence.first === null && divergence.advance(100));
  const line = divergence.first;
  return { lanes, divergence, line, runs: line === null ? [] : runs.map((lane) => lane.runAt(line)) };
}
