// Searches to start from, each one click away.

import { EXAMPLES } from '../../../views/explore/examples.ts';
import { startSearch } from '../../state/explore/run.ts';
import { chooseSearch } from '../../state/explore/store.ts';

/** The list of examples. */
export function Examples() {
  return (
    <section className="explore-list" aria-label="Examples">
      <h2>Examples</h2>
      <ul>
        {EXAMPLES.map(({ title, setup }) => (
          <li key={`${title} ${JSON.stringify(setup)}`}>
            <button
              type="button"
              onClick={() => {
                chooseSearch(setup);
                startSearch();
              }}
            >
              <span>{title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
