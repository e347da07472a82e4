// The lanes of a comparison: two to four that start from the same machine. A lane is a choice; its runs follow from the
// current session (laneRuns.ts).

import type { GenerationId } from '../kernel/generations/generation.ts';
import { usualHost } from '../kernel/usualHost.ts';
import type { Host } from '../machine/host.ts';
import { releaseFactsOf } from '../machine/host.ts';
import type { Session } from './session.ts';

/** One lane. */
export type Lane =
  /**
   * A kernel that runs the session's script on the session's device and host. `host` contains the facts that differ; facts
   * on INTx, ERR and REQ that are absent there come with the generation.
   */
  | { readonly kind: 'kernel'; readonly generation: GenerationId; readonly host: Partial<Host> }
  /** Another branch of the history: its own script, on its own setup. */
  | { readonly kind: 'branch'; readonly name: string; readonly session: Session }
  /** The kernel of the open recording. */
  | { readonly kind: 'recording' };

/** Fewest and most lanes. */
export const LANES = { fewest: 2, most: 4 } as const;

/** Returns a lane of that generation on the session's host, changed by `host`. */
export function kernelLane(id: GenerationId, host: Partial<Host> = {}): Lane {
  return { kind: 'kernel', generation: id, host };
}

/** The first lanes of a comparison: before the series, V3 as posted, and as merged. */
export const FIRST_LANES: readonly Lane[] = [kernelLane('static'), kernelLane('v3'), kernelLane('dynamic')];

/** Returns the session that a lane runs; null for a recording, which is not run. */
export function laneSession(lane: Lane, session: Session): Session | null {
  switch (lane.kind) {
    case 'recording':
      return null;
    case 'branch':
      return lane.session;
    case 'kernel': {
      const { setup } = session;
      const own = lane.generation === session.generation ? {} : releaseFactsOf(usualHost(lane.generation));
      const host = { ...setup.host, ...own, ...lane.host };
      const same = JSON.stringify(host) === JSON.stringify(setup.host);
      return { ...session, generation: lane.generation, setup: same ? setup : { ...setup, host } };
    }
  }
}
