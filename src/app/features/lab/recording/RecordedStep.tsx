// The comparison with the opened recording, loaded with the first recording.

import { lazy, Suspense } from 'react';
import { useOpened } from '../../../store/lab.ts';

const RecordingPanel = lazy(async () => ({ default: (await import('./RecordingPanel.tsx')).RecordingPanel }));

/** The comparison of the current step; nothing while no recording is open. */
export function RecordedStep() {
  const opened = useOpened();
  return (
    opened !== null && (
      <Suspense fallback={null}>
        <RecordingPanel opened={opened.opened} asRecorded={opened.asRecorded} />
      </Suspense>
    )
  );
}
