// The lanes of a comparison: two to four that run from the same bytes. A lane is a choice; what it answers follows from
// the session that is looked at (laneRuns.ts).

import type { GenerationId } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import { PRESETS, recordedPreset } from '../kernel/presets.ts';
import type { Host } from '../machine/host.ts';
import type { OpenedRecording } from './opened.ts';
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

/** What a lane's header says. */
export interface LaneTitle {
  /** For instance `V3 patch`. */
  readonly label: string;
  /** What it is, in one line. */
  readonly about: string;
}

/** Label and policy of a lane. `opened` is the recording that is open. */
export function laneTitle(lane: Lane, opened: OpenedRecording | null): LaneTitle {
  switch (lane.kind) {
    case 'recording':
      return opened === null
        ? { label: 'Recording', about: 'No recording is open.' }
        : {
            label: `Recorded ${generation(opened.recording.header.driver).label}`,
            about: `What ${opened.recording.header.release} did: ${opened.recording.header.about || opened.recording.header.name}.`,
          };
    case 'branch':
      return {
        label: lane.name,
        about: `Another branch, ${lane.session.script.length} lines, under ${generation(lane.session.generation).label}.`,
      };
    case 'kernel':
      return kernelTitle(lane.generation, lane.host);
  }
}

function kernelTitle(id: GenerationId, host: Partial<Host>): LaneTitle {
  const { label, policy } = generation(id);
  const preset = presetOf(id, host);
  const facts = hostWords(host);
  const kernel = preset === null ? '' : ` · ${preset}`;
  return { label: [label, ...facts].join(', '), about: `${policy}${kernel}` };
}

/** The named kernel that the facts on INTx, ERR and REQ stand for, where they are said. */
function presetOf(id: GenerationId, { intx, errReq }: Partial<Host>): string | null {
  if (intx === undefined || errReq === undefined) return null;
  const found = PRESETS.find(
    (one) => one.generation === id && one.host.intx === intx && one.host.errReq === errReq,
  );
  return found?.label ?? null;
}

/** The other facts in which a host departs, in few words. */
function hostWords({ canAllocDyn, irqRemapping, irqPool, cpuVectors }: Partial<Host>): readonly string[] {
  return [
    ...(canAllocDyn === undefined ? [] : [canAllocDyn ? 'dynamic host' : 'NORESIZE host']),
    ...(irqRemapping === undefined ? [] : [irqRemapping ? 'remapping' : 'no remapping']),
    ...(irqPool === undefined ? [] : [irqPool === null ? 'any number of irqs' : `${irqPool} irqs`]),
    ...(cpuVectors === undefined ? [] : [`${cpuVectors} CPU vectors`]),
  ];
}
