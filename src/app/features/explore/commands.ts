// The commands of the view Explore. Their code is fetched with the view.

import type { Command } from '../../store/commands.ts';

const section = 'Explore' as const;
const running = () => import('./run.ts');
const exporting = () => import('./exportModel.ts');
const chosen = () => import('./store.ts');

/** Commands that start, cancel, copy and export a search, and that show a part of the view. */
export const EXPLORE: readonly Command[] = [
  {
    id: 'explore.start',
    section,
    title: 'Start the search',
    keys: ['Ctrl+Enter'],
    inFields: true,
    run: (app) => void running().then(({ startSearch }) => startSearch(app)),
  },
  {
    id: 'explore.cancel',
    section,
    title: 'Cancel the search',
    keys: ['Escape'],
    inFields: true,
    run: (app) => void running().then(({ cancelSearch }) => cancelSearch(app)),
  },
  {
    id: 'explore.copy',
    section,
    title: 'Copy the search as a command line',
    run: (app) => void running().then(({ copyCommandLine }) => copyCommandLine(app)),
  },
  {
    id: 'explore.promela',
    section,
    title: 'Save the search as a Promela model for Spin',
    run: (app) => void exporting().then(({ exportModel }) => exportModel(app, 'promela')),
  },
  {
    id: 'explore.tla',
    section,
    title: 'Save the search as a TLA+ module for TLC',
    run: (app) => void exporting().then(({ exportModel }) => exportModel(app, 'tla')),
  },
  {
    id: 'explore.search',
    section,
    title: 'Explore: show the search',
    keys: ['Digit1'],
    run: (app) => void chosen().then(({ showPart }) => showPart(app, 'search')),
  },
  {
    id: 'explore.graph',
    section,
    title: 'Explore: show the state graph',
    keys: ['Digit2'],
    run: (app) => void chosen().then(({ showPart }) => showPart(app, 'graph')),
  },
  {
    id: 'explore.atlas',
    section,
    title: 'Explore: show the edge-case atlas',
    keys: ['Digit3'],
    run: (app) => void chosen().then(({ showPart }) => showPart(app, 'atlas')),
  },
];
