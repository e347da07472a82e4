// Example searches, each one click away.

import { EXAMPLES } from '../../../views/explore/examples.ts';
import { useApp } from '../../store/appContext.ts';
import { startSearch } from './run.ts';
import { chooseSearch } from './store.ts';

/** The list of examples. */
export function Examples() {
  const app = useApp();
  return (
    <section className="explore-list" aria-label="Examples">
      <h2>Examples</h2>
      <ul>
        {EXAMPLES.map(({ title, setup }) => (
          <li key={`${title} ${JSON.stringify(setup)}`}>
            <button
              type="button"
              onClick={() => {
                chooseSearch(app, setup);
                startSearch(app);
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
