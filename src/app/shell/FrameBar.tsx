// The bar above a lesson that another page shows in a frame: the name of the page, and a link that opens the same place without the frame.

import { useApp, useSlice } from '../store/appContext.ts';
import { labSlice } from '../store/lab.ts';
import { lessonSlice } from '../store/lesson.ts';
import { shownFragment } from '../store/shownFragment.ts';
import { viewSlice } from '../store/view.ts';

export function FrameBar() {
  const app = useApp();
  // the fragment follows from these stores
  useSlice(lessonSlice, (state) => state.open);
  useSlice(viewSlice);
  useSlice(labSlice, (state) => state.history);
  const place = `${window.location.pathname}${shownFragment(app).replace(/^[^#]*/, '')}`;
  return (
    <header className="cluster middle apart rigid gap-8">
      <h1 className="hidden">irqscope</h1>
      <a href={place} target="_blank" rel="noopener">
        Open in irqscope
      </a>
    </header>
  );
}
