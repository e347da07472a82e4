// The timeline of the current session: one set of columns that grows and is taken back with the script, so that an
// operation run at the end costs that operation.

import { useMemo } from 'react';
import { type Replay, runAt } from '../../session/replay.ts';
import { TimelineData } from '../../views/timeline/data.ts';
import { TimelineWriter } from '../../views/timeline/extract.ts';
import { useReplay } from './useMoment.ts';

/** The columns, and a number that changes whenever they do. */
export interface CurrentTimeline {
  readonly data: TimelineData;
  readonly version: number;
}

const data = new TimelineData();
let shown: Replay | null = null;

/** Lines at the beginning that are the same and did the same. */
function commonLines(a: Replay, b: Replay): number {
  const end = Math.min(a.script.length, b.script.length, data.length);
  let line = 0;
  while (
    line < end &&
    a.script[line]?.line === b.script[line]?.line &&
    runAt(a, line + 1) === runAt(b, line + 1)
  )
    line++;
  return line;
}

function bringTo(replayed: Replay): void {
  if (shown === replayed) return;
  data.truncate(shown === null ? 0 : commonLines(shown, replayed));
  const writer = new TimelineWriter(data.length + 1);
  for (let line = data.length + 1; line <= replayed.script.length; line++) {
    const entry = replayed.script[line - 1];
    if (entry !== undefined) writer.add(entry, runAt(replayed, line));
  }
  data.append(writer.chunk());
  shown = replayed;
}

/** The timeline of the session that is looked at. */
export function useTimeline(): CurrentTimeline {
  const replayed = useReplay();
  return useMemo(() => {
    bringTo(replayed);
    return { data, version: data.version };
  }, [replayed]);
}
