// The main view: composer and script, wiring, kernel calls, timeline.

import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Composer } from '../features/lab/composer/Composer.tsx';
import { RecordedStep } from '../features/lab/recording/RecordedStep.tsx';
import { ScriptPane } from '../features/lab/script/ScriptPane.tsx';
import { TimelinePane } from '../features/lab/timeline/TimelinePane.tsx';
import { TracePane } from '../features/lab/trace/TracePane.tsx';
import { WiringPane } from '../features/lab/wiring/WiringPane.tsx';
import { useSlice } from '../store/appContext.ts';
import { lessonSlice } from '../store/lesson.ts';
import { type PanesLook, panesSlice } from '../store/panes.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { late } from '../ui/late.ts';

const LessonPanel = lazy(() =>
  import('../features/learn/lesson/LessonPanel.tsx').then((module) => ({ default: module.LessonPanel })),
);

const PrintRoom = late(async () => (await import('../features/lab/print/PrintRoom.tsx')).PrintRoom);

const Separators = late(async () => (await import('./panes/Separators.tsx')).Separators);

/** A presentation has sizes of its own. */
const UNSIZED: PanesLook = {};

/** Panes below the wiring on a narrow screen, one at a time. */
const TABS = ['Compose', 'Script', 'Trace', 'Timeline'] as const;

export function LabView() {
  const [tab, setTab] = useState<(typeof TABS)[number]>('Compose');
  const open = useSlice(lessonSlice, (state) => state.open);
  const presenting = open?.presenting === true;
  return (
    <Sized tab={tab} presenting={presenting}>
      {open !== null && (
        <Boundary what="The lesson">
          <Suspense fallback={null}>
            <LessonPanel open={open} />
          </Suspense>
        </Boundary>
      )}
      <nav className="tabs" aria-label="Panes">
        {TABS.map((name) => (
          <button key={name} type="button" aria-pressed={tab === name} onClick={() => setTab(name)}>
            {name}
          </button>
        ))}
      </nav>
      <div className="left">
        <Boundary what="The composer" pane="composer">
          <Composer />
        </Boundary>
        <Boundary what="The script" pane="script">
          <ScriptPane />
        </Boundary>
      </div>
      <Boundary what="The wiring" pane="wiring">
        <WiringPane />
      </Boundary>
      <Boundary what="The call pane" pane="trace">
        <TracePane>
          <RecordedStep />
        </TracePane>
      </Boundary>
      <Boundary what="The timeline" pane="timeline">
        <TimelinePane />
      </Boundary>
      <Suspense fallback={null}>
        {!presenting && <Separators />}
        <PrintRoom />
      </Suspense>
    </Sized>
  );
}

interface SizedProps {
  readonly tab: string;
  readonly presenting: boolean;
  readonly children: ReactNode;
}

/** The room of the panes. A separate component, so that a drag of a boundary renders no pane again. */
function Sized({ tab, presenting, children }: SizedProps) {
  const { style, sized, maximised } = useSlice(panesSlice, (now) => (presenting ? UNSIZED : now));
  return (
    <main
      id="main"
      className="lab"
      data-tab={tab}
      data-presenting={presenting || undefined}
      data-sized={sized}
      data-maximised={maximised}
      style={style}
    >
      {children}
    </main>
  );
}
