// The lab's timeline: the session that is looked at, its search and its look, given to the one that knows of no store.

import { useMemo } from 'react';
import { framesOf, machineAfter, runAt } from '../../../session/replay.ts';
import { eventfdName } from '../../../views/wiring/eventfds.ts';
import { operationWord } from '../../../views/words/operation.ts';
import { resultSentence } from '../../../views/words/result.ts';
import { lookAt, useSession } from '../../state/lab.ts';
import { useTimeline } from '../../state/timeline.ts';
import { changeLanes, markRange, shownRange, showRange, useTimelineLook } from '../../state/timelineLook.ts';
import { useSearch } from '../../state/twin.ts';
import { useReplay } from '../../state/useMoment.ts';
import { TimelineView } from './TimelineView.tsx';

/** The timeline of the session that is looked at. */
export function LabTimeline() {
  const { cursor, script } = useSession();
  const replayed = useReplay();
  const { data, version } = useTimeline();
  const { view, brush, look } = useTimelineLook();
  const { matches } = useSearch();
  const { msix, msi } = replayed.setup.device;
  const msixVectors = msix?.vectors ?? 0;
  const msiVectors = msi?.vectors ?? 0;
  const room = useMemo(() => ({ msix: msixVectors, msi: msiVectors }), [msixVectors, msiVectors]);
  const words = useMemo(
    () => ({
      framesAt: (line: number) => framesOf(replayed, line),
      wordAt: (line: number) => {
        const entry = replayed.script[line - 1];
        return entry === undefined ? '' : operationWord(entry.line.op);
      },
      lineText: (line: number) => {
        const entry = replayed.script[line - 1];
        return entry === undefined
          ? 'Start of the script.'
          : resultSentence(line, entry, runAt(replayed, line));
      },
      // without an action the lane for them is not there
      ...(replayed.script.some(({ action }) => action !== '')
        ? { actionAt: (line: number) => replayed.script[line - 1]?.action ?? '' }
        : {}),
      eventfdAt: (ev: number, line: number) => eventfdName(machineAfter(replayed, line), ev),
    }),
    [replayed],
  );
  if (script.length === 0) return <p className="nothing">The timeline begins with the first line.</p>;
  return (
    <TimelineView
      data={data}
      version={version}
      lines={script.length}
      cursor={cursor.line}
      onCursor={(line) => lookAt({ line, step: null })}
      step={cursor.step}
      onStep={(line, step) => lookAt({ line, step })}
      view={shownRange(view, script.length)}
      onView={showRange}
      brush={brush}
      onBrush={markRange}
      look={look}
      onLook={changeLanes}
      room={room}
      matches={matches}
      {...words}
    />
  );
}
