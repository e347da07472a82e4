// The timeline's search, its table and its pictures.

import { currentSession } from '../../session/history.ts';
import { useLab } from '../state/lab.ts';
import { goToMatch, toggleTwin, useSearch } from '../state/twin.ts';
import type { Command } from './command.ts';
import { focusPane } from './focus.ts';

const found = () => useSearch.getState().matches.length > 0;
const drawn = () => currentSession(useLab.getState().history).script.length > 0;

function save(kind: 'svg' | 'png'): void {
  import('../panes/timeline/savePicture.ts').then(
    ({ savePicture }) => savePicture(kind),
    () => useLab.setState({ announcement: 'What makes the picture could not be fetched.' }),
  );
}

/** The commands of the timeline. */
export const TIMELINE: readonly Command[] = [
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
    run: () => goToMatch(1),
  },
  {
    id: 'timeline.previousMatch',
    section: 'Timeline',
    title: 'Previous match',
    keys: ['Shift+F3'],
    inFields: true,
    enabled: found,
    run: () => goToMatch(-1),
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
    run: () => save('svg'),
  },
  {
    id: 'timeline.png',
    section: 'Timeline',
    title: 'Save timeline as PNG',
    enabled: drawn,
    run: () => save('png'),
  },
];
