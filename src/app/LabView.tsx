// The main view: composer and script, wiring, kernel calls, timeline.

import { lazy, Suspense, useState } from 'react';
import { Composer } from './panes/composer/Composer.tsx';
import { ScriptPane } from './panes/script/ScriptPane.tsx';
import { TimelinePane } from './panes/timeline/TimelinePane.tsx';
import { TracePane } from './panes/trace/TracePane.tsx';
import { WiringPane } from './panes/wiring/WiringPane.tsx';
import { useLesson } from './state/lesson.ts';

const LessonPanel = lazy(() =>
  import('./panes/lesson/LessonPanel.tsx').then((module) => ({ default: module.LessonPanel })),
);

/** On a narrow screen the wiring stays, and one of these is below it. */
const TABS = ['Compose', 'Script', 'Trace', 'Timeline'] as const;

/** The lab. */
export function LabView() {
  const [tab, setTab] = useState<(typeof TABS)[number]>('Compose');
  const open = useLesson((state) => state.open);
  return (
    <main className="lab" data-tab={tab} data-presenting={open?.presenting === true ? true : undefined}>
      {open !== null && (
        <Suspense fallback={null}>
          <LessonPanel open={open} />
        </Suspense>
      )}
      <WiringPane />
      <nav className="tabs" aria-label="Panes">
        {TABS.map((name) => (
          <button key={name} type="button" aria-pressed={tab === name} onClick={() => setTab(name)}>
            {name}
          </button>
        ))}
      </nav>
      <div className="left">
        <Composer />
        <ScriptPane />
      </div>
      <TracePane />
      <TimelinePane />
    </main>
  );
}
