// The terms that an explanation uses, each of which explains itself.

import { termsIn } from '../../../views/words/glossary.ts';
import { Term } from '../../parts/Term.tsx';

/** So many are offered; the first are those that the explanation begins with. */
const SHOWN = 8;

/** The terms of a text. */
export function WhyWords({ text }: { readonly text: string }) {
  const terms = termsIn(text).slice(0, SHOWN);
  if (terms.length === 0) return null;
  return (
    <p className="words">
      What is{' '}
      {terms.map(({ term }) => (
        <Term key={term}>{term}</Term>
      ))}
    </p>
  );
}
