// The document's title names the open sheet, lesson or view, so that tabs, history and screen readers distinguish them.

import type { App } from '../../store/app.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { type Overlay, overlaySlice } from '../../store/overlay.ts';
import { type ViewId, viewSlice } from '../../store/view.ts';

const VIEWS: Readonly<Record<ViewId, string>> = {
  lab: 'Lab',
  compare: 'Compare',
  explore: 'Explore',
  learn: 'Lessons',
};

const SHEETS: Partial<Record<Exclude<Overlay, null>, string>> = {
  help: 'Keyboard shortcuts',
  glossary: 'Glossary',
  takeAway: 'Export',
  trust: 'How the model is verified',
  docs: 'Documentation',
  embed: 'Embed',
  import: 'Import',
};

/** The pages of the Lessons view by the beginning of their fragment. */
const LEARN_PAGES: Readonly<Record<string, string>> = {
  scenarios: 'Scenarios',
  course: 'Course',
  own: 'My lessons',
  results: 'Results',
  teach: 'Teach',
  worksheet: 'Worksheet',
  handout: 'Worksheet',
};

/** Returns the present title, for instance `Lesson: The gap – step 2 – irqscope`. */
function titleNow(app: App): string {
  return [...placeNow(app), 'irqscope'].join(' – ');
}

function placeNow(app: App): readonly string[] {
  const { overlay } = app.get(overlaySlice);
  const sheet = overlay === null ? undefined : SHEETS[overlay];
  if (sheet !== undefined) return [sheet];
  const { view, own } = app.get(viewSlice);
  const { open } = app.get(lessonSlice);
  if (view === 'lab' && open !== null)
    return [`Lesson: ${open.taking.lesson.title}`, `step ${open.taking.at + 1}`];
  const [, page = ''] = /^(?:learn=)?([a-z]+)/.exec(own ?? '') ?? [];
  return [(view === 'learn' ? LEARN_PAGES[page] : undefined) ?? VIEWS[view]];
}

/** Writes the title, now and with every change. */
export function followTitle(app: App): void {
  const write = () => {
    document.title = titleNow(app);
  };
  write();
  app.on(viewSlice, write);
  app.on(lessonSlice, write);
  app.on(overlaySlice, write);
}
