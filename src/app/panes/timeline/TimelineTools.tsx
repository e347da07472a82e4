// Search, table and pictures: a row of its own in the timeline's pane. The search is fetched behind the first picture.

import { memo, Suspense } from 'react';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { late } from '../../parts/late.ts';
import { useTwin } from '../../state/twin.ts';
import './tools.css';

const SearchField = late(async () => (await import('./SearchField.tsx')).SearchField);

/** The row. */
export const TimelineTools = memo(function TimelineTools() {
  const { open } = useTwin();
  return (
    <div className="timeline-find">
      <Suspense fallback={<span className="search-room" />}>
        <SearchField />
      </Suspense>
      <div className="timeline-buttons">
        <CommandButton id="timeline.table">{open ? 'Draw' : 'Table'}</CommandButton>
        <CommandButton id="timeline.svg">SVG</CommandButton>
        <CommandButton id="timeline.png">PNG</CommandButton>
      </div>
    </div>
  );
});
