// The search on view: its figures while it runs, then its answer.

import { useEffect, useRef } from 'react';
import { figureRows } from '../../../views/explore/figures.ts';
import { searchTitle } from '../../../views/explore/problem.ts';
import {
  cancelledText,
  VERDICT_MARKS,
  verdictMeaning,
  verdictTitle,
} from '../../../views/explore/verdict.ts';
import { useSlice } from '../../store/appContext.ts';
import { CopyButton } from './CopyButton.tsx';
import { Examples } from './Examples.tsx';
import { FoundScript } from './FoundScript.tsx';
import { answerText } from './found.ts';
import { Past } from './Past.tsx';
import { exploreSlice, isRunning, openedSearch, type Search } from './store.ts';

/** The right side of the search. */
export function RunPanel() {
  const search = useSlice(exploreSlice, openedSearch);
  return (
    <div className="explore-run stack scroll slim">
      {search === null ? <First /> : <OneSearch key={search.id} search={search} />}
      <div className="explore-lists stack">
        <Past />
        <Examples />
      </div>
    </div>
  );
}

function First() {
  return (
    <section className="explore-first soft" aria-label="About the search">
      <p>
        A search tries every script of the chosen operations, shortest first, and stops at the first script
        for which the answer is yes. It compares states in full and irq numbers by identity, so “proven
        impossible” is a proof for these operations.
      </p>
    </section>
  );
}

function OneSearch({ search }: { readonly search: Search }) {
  const { setup, progress, answer, ended } = search;
  const figures = answer ?? progress;
  const [title, meaning] = cancelledText(progress?.states ?? null, setup);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // on a phone the answer lies below the form
    section.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    <section ref={section} className="explore-search stack gap-12" aria-label="Answer">
      <h2>{searchTitle(setup)}</h2>
      {isRunning(search) && <p className="explore-verdict">Searching…</p>}
      {answer !== null && (
        <p className="explore-verdict" data-verdict={answer.verdict}>
          <strong>
            <i aria-hidden="true">{VERDICT_MARKS[answer.verdict]}</i> {verdictTitle(answer, setup)}
          </strong>{' '}
          {verdictMeaning(answer, setup)}
        </p>
      )}
      {ended !== null && (
        <p className="explore-verdict" data-verdict="none">
          {ended === 'cancelled' ? (
            <>
              <strong>{title}</strong> {meaning}
            </>
          ) : (
            <>
              <strong>The search failed.</strong> {ended.wrong}
            </>
          )}
        </p>
      )}
      {figures !== null && answer?.verdict !== 'cannot-happen' && (
        <dl className="explore-figures cluster">
          {figureRows({ bytes: null, ...figures }).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {answer !== null && (
        <div className="cluster gap-8">
          <CopyButton what="the answer as text" text={() => answerText(setup, answer)} />
        </div>
      )}
      {answer?.script != null && <FoundScript setup={setup} text={answer.script} />}
    </section>
  );
}
