// The searches of this visit, each one click away.

import { counted } from '../../../text/numbers.ts';
import { searchTitle } from '../../../views/explore/problem.ts';
import { verdictTitle } from '../../../views/explore/verdict.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { exploreSlice, openSearch, type Search } from './store.ts';

/** The list, latest first. */
export function Past() {
  const app = useApp();
  const searches = useSlice(exploreSlice, (state) => state.searches);
  const opened = useSlice(exploreSlice, (state) => state.opened);
  if (searches.length < 2) return null;
  return (
    <section className="explore-list" aria-label="Searches of this visit">
      <h2>Searches of this visit</h2>
      <ul>
        {searches.toReversed().map((search) => (
          <li key={search.id}>
            <button
              type="button"
              aria-current={search.id === opened ? 'true' : undefined}
              onClick={() => openSearch(app, search)}
            >
              <span>{searchTitle(search.setup)}</span>
              <small>{ending(search)}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ending({ answer, ended, setup }: Search): string {
  if (answer !== null) {
    const title = verdictTitle(answer, setup);
    return answer.verdict === 'cannot-happen' ? title : `${title} ${counted(answer.states, 'state')}`;
  }
  if (ended === null) return 'Searching…';
  return ended === 'cancelled' ? 'Cancelled.' : 'Failed to start.';
}
