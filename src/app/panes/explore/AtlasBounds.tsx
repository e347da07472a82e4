// What the atlas did not come to, and within which bounds it was looked for.

import type { AtlasFile } from '../../../formats/search/atlas.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { checkWhy } from '../../../views/explore/atlasRows.ts';
import { counted } from '../../../views/words/numbers.ts';

/** Two lists, folded. */
export function AtlasBounds({ atlas }: { readonly atlas: AtlasFile }) {
  return (
    <section className="atlas-bounds" aria-label="Bounds">
      <h2>Not reached within these bounds</h2>
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
      <h2>Where was looked</h2>
      <ul>
        {atlas.bounds.map((bound) => (
          <li key={bound}>{bound}</li>
        ))}
      </ul>
      <p>A check that is not reached here may be reached on another device or by a longer script.</p>
    </section>
  );
}
