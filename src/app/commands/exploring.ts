// The commands of the view Explore. What they do is fetched with the view.

import type { Command } from './command.ts';

const section = 'Explore' as const;
const running = () => import('../state/explore/run.ts');
const exporting = () => import('../state/explore/exportModel.ts');
const chosen = () => import('../state/explore/store.ts');

/** Starting, cancelling, copying, and the parts of the view. */
export const EXPLORE: readonly Command[] = [
  {
    id: 'explore.start',
    section,
    title: 'Start the search',
    keys: ['Ctrl+Enter'],
    inFields: true,
    run: () => void running().then(({ startSearch }) => startSearch()),
  },
  {
    id: 'explore.cancel',
    section,
    title: 'Cancel the search',
    keys: ['Escape'],
    inFields: true,
    run: () => void running().then(({ cancelSearch }) => cancelSearch()),
  },
  {
    id: 'explore.copy',
    section,
    title: 'Copy the search as a command line',
    run: () => void running().then(({ copyCommandLine }) => copyCommandLine()),
  },
  {
    id: 'explore.promela',
    section,
    title: 'Save the search as a Promela model, for Spin',
    run: () => void exporting().then(({ exportModel }) => exportModel('promela')),
  },
  {
    id: 'explore.tla',
    section,
    title: 'Save the search as a TLA+ module, for TLC',
    run: () => void exporting().then(({ exportModel }) => exportModel('tla')),
  },
  {
    id: 'explore.search',
    section,
    title: 'Show the search',
    keys: ['Digit1'],
    run: () => void chosen().then(({ showPart }) => showPart('search')),
  },
  {
    id: 'explore.graph',
    section,
    title: 'Show the state graph',
    keys: ['Digit2'],
    run: () => void chosen().then(({ showPart }) => showPart('graph')),
  },
  {
    id: 'explore.atlas',
    section,
    title: 'Show the edge-case atlas',
    keys: ['Digit3'],
    run: () => void chosen().then(({ showPart }) => showPart('atlas')),
  },
];
