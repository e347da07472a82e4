// The view Explore: a search over all states, the graph of a small state space, and the atlas of edge cases.

import { lazy, Suspense, useEffect } from 'react';
import { SHOWN, type Shown } from '../../../formats/search/fragment.ts';
import { reviewLabel, sidesOfKernels } from '../../../views/review/sides.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { addCommands } from '../../store/commands.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { EXPLORE } from './commands.ts';
import { RunPanel } from './RunPanel.tsx';
import { SetupForm } from './SetupForm.tsx';
import { exploreSlice, followAddress, isRunning, openedSearch, showPart } from './store.ts';
import '../../ui/tabsOfView.css';
import './explore.css';

const GraphPane = lazy(() => import('./GraphPane.tsx').then((module) => ({ default: module.GraphPane })));
const ExportPanel = lazy(() =>
  import('./ExportPanel.tsx').then((module) => ({ default: module.ExportPanel })),
);
const AtlasPane = lazy(() => import('./AtlasPane.tsx').then((module) => ({ default: module.AtlasPane })));

const LABELS: Readonly<Record<Shown, string>> = {
  search: 'Search',
  graph: 'State graph',
  atlas: 'Edge-case atlas',
};

export function ExploreView() {
  const app = useApp();
  addCommands(app, EXPLORE);
  const shown = useSlice(exploreSlice, (state) => state.shown);
  const review = useSlice(exploreSlice, ({ setup }) =>
    reviewLabel(sidesOfKernels(setup.generation, setup.against)),
  );
  const running = useSlice(exploreSlice, (state) => {
    const search = openedSearch(state);
    return search !== null && isRunning(search);
  });
  const problems = useSlice(exploreSlice, (state) => state.problems);
  useEffect(() => followAddress(app), [app]);
  return (
    <main id="main" className="explore" data-shown={shown}>
      <nav className="explore-parts tabs-of-view flex gap-4 line-below" aria-label="Parts of Explore">
        {SHOWN.map((part) => (
          <button
            key={part}
            type="button"
            aria-current={part === shown ? 'page' : undefined}
            onClick={() => showPart(app, part)}
          >
            {LABELS[part]}
          </button>
        ))}
      </nav>
      {problems.length > 0 && (
        <div className="explore-problems" role="alert">
          <p>
            <strong>This link is damaged.</strong> The readable fields are applied; the others have their
            default values.
          </p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {shown !== 'atlas' && (
        <section className="explore-setup stack low" aria-label="Search setup">
          <div className="explore-controls fill scroll">
            <SetupForm shown={shown} />
          </div>
          {shown === 'search' && (
            <div className="explore-start cluster gap-8 line-above">
              {running ? (
                <CommandButton id="explore.cancel">Cancel</CommandButton>
              ) : (
                <CommandButton id="explore.start" className="primary">
                  Start the search
                </CommandButton>
              )}
              <CommandButton id="review.open">{review}</CommandButton>
              <CommandButton
                id="explore.copy"
                title="Copy the search as a command line, which runs in a checkout of irqscope"
              >
                Copy as command line
              </CommandButton>
              <Menu label="Export" name="Run in an external model checker" late>
                {() => (
                  <Suspense fallback={<p className="nothing">Loading…</p>}>
                    <ExportPanel />
                  </Suspense>
                )}
              </Menu>
            </div>
          )}
        </section>
      )}
      <Suspense fallback={<p className="nothing">Loading…</p>}>
        {shown === 'search' && <RunPanel />}
        {shown === 'graph' && <GraphPane />}
        {shown === 'atlas' && <AtlasPane />}
      </Suspense>
    </main>
  );
}
