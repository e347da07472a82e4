// Search, table and pictures. The search is fetched after the first picture.

import { memo, Suspense } from 'react';
import { useSlice } from '../../../store/appContext.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { late } from '../../../ui/late.ts';
import { twinSlice } from './twin.ts';
import './tools.css';

const SearchField = late(async () => (await import('./SearchField.tsx')).SearchField);

export const TimelineTools = memo(function TimelineTools() {
  const { open } = useSlice(twinSlice);
  return (
    <div className="timeline-find">
      <Suspense fallback={<span className="search-room" />}>
        <SearchField />
      </Suspense>
      <div className="flex gap-6">
        <CommandButton id="timeline.table">{open ? 'Draw' : 'Table'}</CommandButton>
        <CommandButton id="timeline.svg">SVG</CommandButton>
        <CommandButton id="timeline.png">PNG</CommandButton>
      </div>
    </div>
  );
});
