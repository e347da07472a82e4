// The searches of this visit; each can be looked at again.

import { VERDICTS } from '../../../views/explore/verdict.ts';
import { counted } from '../../../views/words/numbers.ts';
import { searchTitle } from '../../state/explore/problem.ts';
import { openSearch, type Search, useExplore } from '../../state/explore/store.ts';

/** The list, the latest first. */
export function Past() {
  const searches = useExplore((state) => state.searches);
  const opened = useExplore((state) => state.opened);
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
              onClick={() => openSearch(search)}
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

function ending({ answer, ended }: Search): string {
  if (answer !== null) return `${VERDICTS[answer.verdict]} ${counted(answer.states, 'state')}`;
  if (ended === null) return 'Searching…';
  return ended === 'cancelled' ? 'Cancelled.' : 'Could not be made.';
}
