// The language of composed questions beside the field: examples that a click adds, and the list of all words.

import { PREDICATE_EXAMPLES, PREDICATE_WORDS } from '../../../views/explore/predicateGuide.ts';

/** The examples; `onAdd` gets the chosen one. */
export function PredicateGuide({ onAdd }: { readonly onAdd: (example: string) => void }) {
  return (
    <section className="explore-guide small" aria-label="Predicates">
      <dl>
        {PREDICATE_EXAMPLES.map(({ title, examples }) => (
          <div key={title}>
            <dt className="soft">{title}</dt>
            <dd className="cluster gap-4">
              {examples.map((example) => (
                <button key={example} type="button" title={`Add ${example}`} onClick={() => onAdd(example)}>
                  <code>{example}</code>
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="aside">
        a. is the kernel above, b. the one that it is compared with. A predicate that names them names one
        before every word.
      </p>
      <details>
        <summary>All {PREDICATE_WORDS.length} words</summary>
        <div className="explore-words scroll framed" role="region" aria-label="All words" tabIndex={0}>
          <dl>
            {PREDICATE_WORDS.map(({ text, about }) => (
              <div key={text}>
                <dt>
                  <code>{text}</code>
                </dt>
                <dd className="soft">{about}</dd>
              </div>
            ))}
          </dl>
        </div>
      </details>
    </section>
  );
}
