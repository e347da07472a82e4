// The timeline's search, its table and its pictures.

import { currentSession } from '../../../../session/history.ts';
import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';
import { labSlice } from '../../../store/lab.ts';
import { focusPane } from '../../../ui/focusPane.ts';
import { goToMatch, searchSlice, toggleTwin } from './twin.ts';

const found = (app: App) => app.get(searchSlice).matches.length > 0;
const drawn = (app: App) => currentSession(app.get(labSlice).history).script.length > 0;

function save(app: App, kind: 'svg' | 'png'): void {
  import('../../../ui/timeline/savePicture.ts').then(
    ({ savePicture }) => savePicture(app, kind),
    () => app.set(labSlice, { announcement: 'The code that draws the picture could not be fetched.' }),
  );
}

/** The commands of the timeline's tools. */
export const TIMELINE_TOOLS: readonly Command[] = [
  {
    id: 'timeline.find',
    section: 'Timeline',
    title: 'Search the timeline',
    keys: ['KeyF'],
    run: () => focusPane('search'),
  },
  {
    id: 'timeline.nextMatch',
    section: 'Timeline',
    title: 'Next match',
    keys: ['F3'],
    inFields: true,
    enabled: found,
    run: (app) => goToMatch(app, 1),
  },
  {
    id: 'timeline.previousMatch',
    section: 'Timeline',
    title: 'Previous match',
    keys: ['Shift+F3'],
    inFields: true,
    enabled: found,
    run: (app) => goToMatch(app, -1),
  },
  {
    id: 'timeline.table',
    section: 'Timeline',
    title: 'Timeline as table',
    keys: ['KeyL'],
    run: toggleTwin,
  },
  {
    id: 'timeline.svg',
    section: 'Timeline',
    title: 'Save timeline as SVG',
    enabled: drawn,
    run: (app) => save(app, 'svg'),
  },
  {
    id: 'timeline.png',
    section: 'Timeline',
    title: 'Save timeline as PNG',
    enabled: drawn,
    run: (app) => save(app, 'png'),
  },
];
