// The timeline of the current session: one set of columns that grows and is taken back with the script, so that an
// operation run at the end costs that operation.

import { useMemo } from 'react';
import type { Replay } from '../../session/replay.ts';
import { TimelineData } from '../../views/timeline/data.ts';
import { followReplay } from '../../views/timeline/follow.ts';
import { useReplay } from './useMoment.ts';

/** The columns, and a number that changes whenever they do. */
export interface CurrentTimeline {
  readonly data: TimelineData;
  readonly version: number;
}

const data = new TimelineData();
let shown: Replay | null = null;

/** The timeline of the session that is looked at. */
export function useTimeline(): CurrentTimeline {
  const replayed = useReplay();
  return useMemo(() => {
    if (shown !== replayed) followReplay(data, shown, replayed);
    shown = replayed;
    return { data, version: data.version };
  }, [replayed]);
}
