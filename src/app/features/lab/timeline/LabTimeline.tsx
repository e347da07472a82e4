// The lab's timeline: connects `TimelineView`, which has no store, to the session, the search and the chosen look.

import { useMemo } from 'react';
import { framesOf, runAt } from '../../../../session/replay.ts';
import { answerText } from '../../../../text/answer.ts';
import { operationWord } from '../../../../text/operation.ts';
import { resultSentence } from '../../../../text/result.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { lookAt, useSession } from '../../../store/lab.ts';
import { useTimeline } from '../../../store/timeline.ts';
import { changeLanes, markRange, timelineLookSlice } from '../../../store/timelineLook.ts';
import { shownRange, showRange } from '../../../store/timelineMoves.ts';
import { tracedSlice } from '../../../store/traced.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { TimelineView } from '../../../ui/timeline/TimelineView.tsx';
import { announce } from '../../../ui/useAnnounced.ts';
import { searchSlice } from './twin.ts';

/** The timeline of the current session. */
export function LabTimeline() {
  const app = useApp();
  const { cursor, script } = useSession();
  const replayed = useReplay();
  const { data, version } = useTimeline();
  const { view, brush, look } = useSlice(timelineLookSlice);
  const { matches } = useSlice(searchSlice);
  const differing = useSlice(tracedSlice, ({ count }) => count?.differ);
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
        if (entry === undefined) return 'Start of the script.';
        const sentence = resultSentence(line, entry, runAt(replayed, line));
        if (entry.traced === undefined || differing?.includes(line) !== true) return sentence;
        return `${sentence} The trace shows ${answerText(entry.line.op, entry.traced)}.`;
      },
      // a script without actions has no row for them
      ...(replayed.script.some(({ action }) => action !== '')
        ? { actionAt: (line: number) => replayed.script[line - 1]?.action ?? '' }
        : {}),
      eventfdAt: (ev: number, line: number) => data.names.at(ev, line),
    }),
    [replayed, differing, data],
  );
  if (script.length === 0) return <p className="nothing">The script is empty, so the timeline is empty.</p>;
  return (
    <TimelineView
      onTold={(message) => announce(app, message)}
      data={data}
      version={version}
      lines={script.length}
      cursor={cursor.line}
      onCursor={(line) => lookAt(app, { line, step: null })}
      step={cursor.step}
      onStep={(line, step) => lookAt(app, { line, step })}
      view={shownRange(view, script.length)}
      onView={(range) => showRange(app, range)}
      brush={brush}
      onBrush={(brush) => markRange(app, brush)}
      look={look}
      onLook={(look) => changeLanes(app, look)}
      room={room}
      matches={matches}
      differing={differing}
      {...words}
    />
  );
}
