// Names of lanes as the comparison uses them: short, and no two alike.

import type { Lane } from '../../session/lanes.ts';
import { laneTitle } from '../../session/laneTitle.ts';
import type { OpenedRecording } from '../../session/opened.ts';

/** One name a lane; the second of two alike is numbered. */
export function laneLabels(lanes: readonly Lane[], opened: OpenedRecording | null): readonly string[] {
  const labels = lanes.map((lane) => laneTitle(lane, opened).label);
  return labels.map((label, at) => {
    const before = labels.slice(0, at).filter((other) => other === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}
