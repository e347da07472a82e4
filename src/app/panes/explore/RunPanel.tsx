// The search that is looked at: its figures while it runs, then its answer.

import { useEffect, useRef } from 'react';
import { figureRows } from '../../../views/explore/figures.ts';
import { VERDICTS, verdictMeaning } from '../../../views/explore/verdict.ts';
import { counted } from '../../../views/words/numbers.ts';
import { searchTitle } from '../../state/explore/problem.ts';
import { isRunning, openedSearch, type Search, useExplore } from '../../state/explore/store.ts';
import { Examples } from './Examples.tsx';
import { FoundScript } from './FoundScript.tsx';
import { Past } from './Past.tsx';

/** The right side of the search. */
export function RunPanel() {
  const search = useExplore(openedSearch);
  return (
    <div className="explore-run">
      {search === null ? <First /> : <OneSearch key={search.id} search={search} />}
      <Past />
      <Examples />
    </div>
  );
}

function First() {
  return (
    <section className="explore-first" aria-label="What a search does">
      <p>
        A search tries every script of the chosen operations, shortest first, and stops at the first one that
        answers the question. States are compared in full, irq numbers by identity, so “none: space exhausted”
        is a proof for these operations.
      </p>
    </section>
  );
}

function OneSearch({ search }: { readonly search: Search }) {
  const { setup, progress, answer, ended } = search;
  const figures = answer ?? progress;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // on a phone the answer is below the controls
    section.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    <section ref={section} className="explore-search" aria-label="Answer">
      <h2>{searchTitle(setup)}</h2>
      {isRunning(search) && <p className="explore-verdict">Searching…</p>}
      {answer !== null && (
        <p className="explore-verdict" data-verdict={answer.verdict}>
          <strong>{VERDICTS[answer.verdict]}</strong> {verdictMeaning(answer, setup)}
        </p>
      )}
      {ended !== null && (
        <p className="explore-verdict" data-verdict="none">
          {ended === 'cancelled' ? (
            <>
              <strong>Cancelled.</strong> Nothing is known but that no answer was found
              {progress === null ? '.' : ` in ${counted(progress.states, 'state')}.`}
            </>
          ) : (
            <>
              <strong>The search could not be made.</strong> {ended.wrong}
            </>
          )}
        </p>
      )}
      {figures !== null && (
        <dl className="explore-figures">
          {figureRows({ bytes: null, ...figures }).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {answer?.script != null && <FoundScript setup={setup} text={answer.script} />}
    </section>
  );
}
