// The checks that the atlas does not reach, and the limits of its search.

import type { AtlasFile } from '../../../formats/search/atlas.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { counted } from '../../../text/numbers.ts';
import { checkWhy } from '../../../views/explore/atlasRows.ts';

/** Two lists, one of them folded by kernel. */
export function AtlasBounds({ atlas }: { readonly atlas: AtlasFile }) {
  return (
    <section className="atlas-bounds soft" aria-label="Limits">
      <h2>Checks not reached within these limits</h2>
      {atlas.unreached.map(({ generation: id, checks }) => (
        <details key={id}>
          <summary>
            {generation(id).label}: {counted(checks.length, 'check')}
          </summary>
          <ul>
            {checks.map((check) => (
              <li key={check}>
                <code>{check}</code> {checkWhy(check)}
              </li>
            ))}
          </ul>
        </details>
      ))}
      <h2>Searched devices</h2>
      <ul>
        {atlas.bounds.map((bound) => (
          <li key={bound}>{bound}</li>
        ))}
      </ul>
      <p>Another device or a longer script may reach a check listed above.</p>
    </section>
  );
}
