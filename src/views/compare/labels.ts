// Short, distinct names of lanes in a comparison.

import type { OpenedRecording } from '../../recordings/opened.ts';
import type { Lane } from '../../session/lanes.ts';
import { laneTitle } from './laneTitle.ts';

/** Returns one name per lane; a repeated name gets a number. */
export function laneLabels(lanes: readonly Lane[], opened: OpenedRecording | null): readonly string[] {
  const labels = lanes.map((lane) => laneTitle(lane, opened).label);
  return labels.map((label, at) => {
    const before = labels.slice(0, at).filter((other) => other === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}
