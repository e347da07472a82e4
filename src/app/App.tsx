// The whole page: the lab's panes, the keys, and the place where a recording can be dropped.

import { useEffect, useState } from 'react';
import { Overlays } from './commands/Overlays.tsx';
import { onKey } from './commands/onKey.ts';
import { Composer } from './panes/composer/Composer.tsx';
import { ProblemPanel } from './panes/recording/ProblemPanel.tsx';
import { ScriptPane } from './panes/script/ScriptPane.tsx';
import { TimelinePane } from './panes/timeline/TimelinePane.tsx';
import { TopBar } from './panes/topbar/TopBar.tsx';
import { TracePane } from './panes/trace/TracePane.tsx';
import { WiringPane } from './panes/wiring/WiringPane.tsx';
import { useLab } from './state/lab.ts';
import { followPointing } from './state/pointed.ts';
import { openFile } from './state/recordings.ts';

/** On a narrow screen the wiring stays, and one of these is below it. */
const TABS = ['Compose', 'Script', 'Trace', 'Timeline'] as const;

/** Without this the browser would open a dropped file in the place of the page. */
function onDragOver(event: DragEvent): void {
  event.preventDefault();
}

function onDrop(event: DragEvent): void {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file !== undefined) void openFile(file);
}

/** The page. */
export function App() {
  const announcement = useLab((state) => state.announcement);
  const [tab, setTab] = useState<(typeof TABS)[number]>('Compose');
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
    };
  }, []);
  useEffect(followPointing, []);
  return (
    <div className="page" data-tab={tab}>
      <TopBar />
      <ProblemPanel />
      <main className="lab">
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
      <Overlays />
      <p role="status" className="hidden">
        {announcement}
      </p>
    </div>
  );
}
