// The header texts of a lane.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';
import { presetOf } from '../../kernel/presets.ts';
import type { Host } from '../../machine/host.ts';
import type { OpenedRecording } from '../../recordings/opened.ts';
import type { Lane } from '../../session/lanes.ts';

/** The header of a lane. */
export interface LaneTitle {
  /** For instance `V3 patch`. */
  readonly label: string;
  /** A description in one line. */
  readonly about: string;
}

/** Returns label and policy of a lane. `opened` is the recording that is open. */
export function laneTitle(lane: Lane, opened: OpenedRecording | null): LaneTitle {
  switch (lane.kind) {
    case 'recording':
      return opened === null
        ? { label: 'Recording', about: 'No recording is open.' }
        : {
            label: `Recorded ${generation(opened.recording.header.driver).label}`,
            about: `${opened.recording.header.release}: ${opened.recording.header.about || opened.recording.header.name}.`,
          };
    case 'branch':
      return {
        label: lane.name,
        about: `Another branch, ${lane.session.script.length} lines, on ${generation(lane.session.generation).label}.`,
      };
    case 'kernel':
      return kernelTitle(lane.generation, lane.host);
  }
}

function kernelTitle(id: GenerationId, host: Partial<Host>): LaneTitle {
  const { label, policy } = generation(id);
  const preset = presetLabel(id, host);
  const facts = hostWords(host);
  const kernel = preset === null ? '' : ` · ${preset}`;
  return { label: [label, ...facts].join(', '), about: `${policy}${kernel}` };
}

/** Returns the named kernel with these release facts, if the host sets those on INTx, ERR and REQ. */
function presetLabel(id: GenerationId, host: Partial<Host>): string | null {
  const { intx, errReq } = host;
  if (intx === undefined || errReq === undefined) return null;
  return presetOf(id, host)?.label ?? null;
}

/** Returns the other facts in which a host differs, in few words. */
function hostWords({ canAllocDyn, irqRemapping, irqPool, cpuVectors }: Partial<Host>): readonly string[] {
  return [
    ...(canAllocDyn === undefined ? [] : [canAllocDyn ? 'dynamic host' : 'NORESIZE host']),
    ...(irqRemapping === undefined ? [] : [irqRemapping ? 'remapping' : 'no remapping']),
    ...(irqPool === undefined ? [] : [irqPool === null ? 'any number of irqs' : `${irqPool} irqs`]),
    ...(cpuVectors === undefined ? [] : [`${cpuVectors} CPU vectors`]),
  ];
}
