// What the header of a lane says of it.

import type { GenerationId } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import { PRESETS } from '../kernel/presets.ts';
import type { Host } from '../machine/host.ts';
import type { Lane } from './lanes.ts';
import type { OpenedRecording } from './opened.ts';

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
