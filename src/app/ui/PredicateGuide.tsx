// The language of predicates beside a field: examples that a click adds, and the list of all words.

import { PREDICATE_EXAMPLES, PREDICATE_WORDS } from '../../views/explore/predicateGuide.ts';
import './predicate.css';

interface PredicateGuideProps {
  /** The number of kernels that a predicate may name. */
  readonly kernels: 1 | 2;
  /** Gets the chosen example; without it the examples are text. */
  readonly onAdd?: (example: string) => void;
}

/** The examples, and the list of all words. */
export function PredicateGuide({ kernels, onAdd }: PredicateGuideProps) {
  const rows = kernels === 2 ? PREDICATE_EXAMPLES : PREDICATE_EXAMPLES.filter(isOfOneKernel);
  return (
    <section className="predicate-guide small" aria-label="Predicates">
      <dl>
        {rows.map(({ title, examples }) => (
          <div key={title}>
            <dt className="soft">{title}</dt>
            <dd className="cluster gap-4">
              {examples.map((example) =>
                onAdd === undefined ? (
                  <code key={example}>{example}</code>
                ) : (
                  <button key={example} type="button" title={`Add ${example}`} onClick={() => onAdd(example)}>
                    <code>{example}</code>
                  </button>
                ),
              )}
            </dd>
          </div>
        ))}
      </dl>
      {kernels === 2 && (
        <p className="aside">
          a. is the kernel above, b. the one that it is compared with. A predicate that names them names one
          before every word.
        </p>
      )}
      <details>
        <summary>All {PREDICATE_WORDS.length} words</summary>
        <div className="predicate-words scroll framed" role="region" aria-label="All words" tabIndex={0}>
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

function isOfOneKernel({ examples }: (typeof PREDICATE_EXAMPLES)[number]): boolean {
  return !examples.some((example) => /\b[ab]\./.test(example));
}
