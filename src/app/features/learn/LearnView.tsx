// The Lessons view with its tabs.

import { Suspense } from 'react';
import { useApp, useSlice } from '../../store/appContext.ts';
import { setOwnFragment, viewSlice } from '../../store/view.ts';
import { LEARN_TABS, learnTabOf } from './tabs.ts';
import '../../ui/tabsOfView.css';
import './learn.css';

export function LearnView() {
  const app = useApp();
  const own = useSlice(viewSlice, (state) => state.own);
  const shown = learnTabOf(own);
  const { Component } = shown;
  return (
    <main id="main" className="learn">
      {LEARN_TABS.length > 1 && (
        <nav className="tabs-of-view cluster gap-4 line-below" aria-label="Parts of Lessons">
          {LEARN_TABS.map((tab) => (
            <button
              key={tab.id}
              type="button"
              aria-current={tab === shown ? 'page' : undefined}
              onClick={() => setOwnFragment(app, `learn=${tab.id}`)}
            >
              {tab.label}
            </button>
          ))}
        </nav>
      )}
      <Suspense fallback={<p className="nothing">Opening…</p>}>
        <Component />
      </Suspense>
    </main>
  );
}
