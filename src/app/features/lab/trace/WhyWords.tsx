// The glossary terms that an explanation uses.

import { termsIn } from '../../../../views/words/glossary.ts';
import { Term } from '../../../ui/Term.tsx';

/** The number of terms shown at most. */
const SHOWN = 8;

/** The terms of a text, in its order. */
export function WhyWords({ text }: { readonly text: string }) {
  const terms = termsIn(text).slice(0, SHOWN);
  if (terms.length === 0) return null;
  return (
    <p className="words">
      Terms:{' '}
      {terms.map(({ term }) => (
        <Term key={term}>{term}</Term>
      ))}
    </p>
  );
}
