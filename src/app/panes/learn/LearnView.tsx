// The view Lessons: one of its parts, by tabs.

import { Suspense } from 'react';
import { setOwnFragment, useView } from '../../state/view.ts';
import { LEARN_TABS } from './tabs.ts';
import './learn.css';

/** The view. */
export function LearnView() {
  const own = useView((state) => state.own);
  const id = own?.replace(/^learn=/, '').replace(/&.*$/s, '');
  const shown = LEARN_TABS.find((tab) => tab.id === id) ?? LEARN_TABS[0];
  const { Component } = shown;
  return (
    <main className="learn">
      {LEARN_TABS.length > 1 && (
        <nav className="learn-tabs" aria-label="Parts of Lessons">
          {LEARN_TABS.map((tab) => (
            <button
              key={tab.id}
              type="button"
              aria-current={tab === shown ? 'page' : undefined}
              onClick={() => setOwnFragment(`learn=${tab.id}`)}
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
