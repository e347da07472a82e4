// Where the kernels part first: a session's script under several of them in lock-step, worked out at once.

import type { Run } from '../kernel/frame.ts';
import { Divergence } from './divergence.ts';
import { modelRuns } from './laneRuns.ts';
import { FIRST_LANES, kernelLane, type Lane, laneSession } from './lanes.ts';
import { replayWhole } from './replay.ts';
import type { Session } from './session.ts';

/** The lanes of a session side by side. */
export interface FirstDifference {
  readonly lanes: readonly Lane[];
  readonly divergence: Divergence;
  /** The first line that differs in result or state, or null. */
  readonly line: number | null;
  /** What that line gave in each lane; null where it is left out. */
  readonly runs: readonly (Run | null)[];
}

/** The lanes that a comparison begins with, and the session's own generation. */
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
