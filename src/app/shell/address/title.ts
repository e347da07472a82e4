// The document's title names the open sheet with its part, the lesson, the scenario or the view, so that tabs, history and screen
// readers distinguish them.

import { laneLabels } from '../../../views/compare/labels.ts';
import { DOCS } from '../../../views/docs/citations.ts';
import type { App } from '../../store/app.ts';
import { compareSlice } from '../../store/compare.ts';
import { docsSlice } from '../../store/docs.ts';
import { labSlice } from '../../store/lab.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { type Overlay, overlaySlice } from '../../store/overlay.ts';
import { reviewSlice } from '../../store/review.ts';
import { scenarioNow, scenarioSlice } from '../../store/shownScenario.ts';
import { glossarySlice } from '../../store/term.ts';
import { type ViewId, viewSlice } from '../../store/view.ts';

const VIEWS: Readonly<Record<ViewId, string>> = {
  lab: 'Lab',
  compare: 'Compare',
  explore: 'Explore',
  learn: 'Lessons',
};

const SHEETS: Readonly<Record<Exclude<Overlay, null>, string>> = {
  start: 'Start',
  tour: 'Tour of the lab',
  palette: 'Commands',
  help: 'Help',
  keys: 'Keyboard shortcuts',
  glossary: 'Glossary',
  takeAway: 'Export',
  trust: 'How the model is verified',
  docs: 'Documentation',
  embed: 'Embed',
  import: 'Import',
  patch: 'Patch',
  whatIf: 'What-if kernel',
  review: 'Review',
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
  const { overlay } = app.get(overlaySlice);
  const place = overlay === null ? viewNow(app) : [named(SHEETS[overlay], partOf(app, overlay))];
  return [...place, 'irqscope'].join(' – ');
}

/** For instance `Glossary: EBADF`; the name alone without a part. */
function named(name: string, part: string): string {
  return part === '' ? name : `${name}: ${part}`;
}

/** Returns the part of the open sheet: the term, the section, the reviewed kernels. */
function partOf(app: App, overlay: Exclude<Overlay, null>): string {
  if (overlay === 'glossary') return app.get(glossarySlice).query.trim();
  if (overlay === 'review') return Object.values(app.get(reviewSlice)).join(', ');
  if (overlay !== 'docs') return '';
  const { doc, section } = app.get(docsSlice).place;
  if (section === null) return doc === 'README' ? '' : doc;
  const isNumbered = DOCS.find(({ id }) => id === doc)?.numbers === '§';
  return `${doc} ${isNumbered ? '§' : ''}${section}`;
}

function viewNow(app: App): readonly string[] {
  const { view, own } = app.get(viewSlice);
  const { open } = app.get(lessonSlice);
  if (view === 'lab' && open !== null)
    return [`Lesson: ${open.taking.lesson.title}`, `step ${open.taking.at + 1}`];
  const [, page = ''] = /^(?:learn=)?([a-z]+)/.exec(own ?? '') ?? [];
  if (view === 'learn') return [LEARN_PAGES[page] ?? VIEWS.learn];
  const scenario = scenarioNow(app);
  const work = scenario === null ? [] : [`Scenario ${scenario.id}: ${scenario.title}`];
  if (view === 'compare') {
    const { opened } = app.get(labSlice);
    return [named(VIEWS.compare, laneLabels(app.get(compareSlice).lanes, opened).join(', ')), ...work];
  }
  return work.length > 0 ? work : [VIEWS[view]];
}

/** Writes the title, now and with every change. */
export function followTitle(app: App): void {
  const write = () => {
    const title = titleNow(app);
    if (document.title !== title) document.title = title;
  };
  write();
  app.on(viewSlice, write);
  app.on(lessonSlice, write);
  app.on(overlaySlice, write);
  app.on(compareSlice, write);
  app.on(docsSlice, write);
  app.on(reviewSlice, write);
  app.on(glossarySlice, write);
  app.on(scenarioSlice, write);
  app.on(labSlice, (now, before) => {
    if (now.history.current !== before.history.current || now.opened !== before.opened) write();
  });
}
