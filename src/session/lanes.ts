// The lanes of a comparison: two to four that run from the same bytes. A lane is a choice; what it answers follows from
// the session that is looked at (laneRuns.ts).

import type { GenerationId } from '../kernel/generations/generation.ts';
import { recordedPreset } from '../kernel/presets.ts';
import type { Host } from '../machine/host.ts';
import type { Session } from './session.ts';

/** One lane. */
export type Lane =
  /**
   * A kernel that runs the session's script on the session's device and host. `host` holds the facts in which its host
   * departs from that; how the kernel handles INTx, ERR and REQ comes with the generation where `host` says nothing.
   */
  | { readonly kind: 'kernel'; readonly generation: GenerationId; readonly host: Partial<Host> }
  /** Another branch of the history: its own script, on its own setup. */
  | { readonly kind: 'branch'; readonly name: string; readonly session: Session }
  /** What the kernel of the recording that is open did. */
  | { readonly kind: 'recording' };

/** Fewest and most lanes. */
export const LANES = { fewest: 2, most: 4 } as const;

/** A lane of that generation on the session's own host, changed where `host` says so. */
export function kernelLane(id: GenerationId, host: Partial<Host> = {}): Lane {
  return { kind: 'kernel', generation: id, host };
}

/** What a comparison begins with: before the series, as V3 posted it, as it was merged. */
export const FIRST_LANES: readonly Lane[] = [kernelLane('static'), kernelLane('v3'), kernelLane('dynamic')];

/** The session that a lane runs; null for a recording, which is not run. */
export function laneSession(lane: Lane, session: Session): Session | null {
  switch (lane.kind) {
    case 'recording':
      return null;
    case 'branch':
      return lane.session;
    case 'kernel': {
      const { setup } = session;
      const { intx, errReq } = recordedPreset(lane.generation).host;
      const own = lane.generation === session.generation ? {} : { intx, errReq };
      const host = { ...setup.host, ...own, ...lane.host };
      const same = JSON.stringify(host) === JSON.stringify(setup.host);
      return { ...session, generation: lane.generation, setup: same ? setup : { ...setup, host } };
    }
  }
}
