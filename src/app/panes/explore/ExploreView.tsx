// The view Explore: search every state for an answer, look at a small space as a graph, browse the atlas of edge cases.

import { lazy, Suspense, useEffect } from 'react';
import { SHOWN, type Shown } from '../../../formats/search/fragment.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { followAddress, isRunning, openedSearch, showPart, useExplore } from '../../state/explore/store.ts';
import { RunPanel } from './RunPanel.tsx';
import { SetupForm } from './SetupForm.tsx';
import './explore.css';

const GraphPane = lazy(() => import('./GraphPane.tsx').then((module) => ({ default: module.GraphPane })));
const AtlasPane = lazy(() => import('./AtlasPane.tsx').then((module) => ({ default: module.AtlasPane })));

const LABELS: Readonly<Record<Shown, string>> = {
  search: 'Search',
  graph: 'State graph',
  atlas: 'Edge-case atlas',
};

/** The view. */
export function ExploreView() {
  const shown = useExplore((state) => state.shown);
  const running = useExplore((state) => {
    const search = openedSearch(state);
    return search !== null && isRunning(search);
  });
  const problems = useExplore((state) => state.problems);
  useEffect(followAddress, []);
  return (
    <main className="explore" data-shown={shown}>
      <nav className="explore-parts" aria-label="Parts of Explore">
        {SHOWN.map((part) => (
          <button
            key={part}
            type="button"
            aria-current={part === shown ? 'page' : undefined}
            onClick={() => showPart(part)}
          >
            {LABELS[part]}
          </button>
        ))}
      </nav>
      {problems.length > 0 && (
        <div className="explore-problems" role="alert">
          <p>
            <strong>This link is damaged.</strong> What could be read of it is chosen; the rest is as usual.
          </p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {shown !== 'atlas' && (
        <section className="explore-setup" aria-label="What is searched">
          <div className="explore-controls">
            <SetupForm shown={shown} />
          </div>
          {shown === 'search' && (
            <div className="explore-start">
              {running ? (
                <CommandButton id="explore.cancel">Cancel</CommandButton>
              ) : (
                <CommandButton id="explore.start" className="primary">
                  Start the search
                </CommandButton>
              )}
              <CommandButton id="explore.copy">Copy as command line</CommandButton>
              <Menu label="Export" name="Past this browser">
                {() => (
                  <div className="explore-export">
                    <p>A space too large for a browser runs on an engine made for it.</p>
                    <CommandButton id="explore.promela" className="wide">
                      Promela model, for Spin
                    </CommandButton>
                    <CommandButton id="explore.tla" className="wide">
                      TLA+ module, for TLC
                    </CommandButton>
                  </div>
                )}
              </Menu>
            </div>
          )}
        </section>
      )}
      <Suspense fallback={<p className="nothing">Opening…</p>}>
        {shown === 'search' && <RunPanel />}
        {shown === 'graph' && <GraphPane />}
        {shown === 'atlas' && <AtlasPane />}
      </Suspense>
    </main>
  );
}
