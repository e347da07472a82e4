// The explanation of one word, from the glossary or, for a kernel function, from the words beside the trace.

import { FUNCTION_WORDS } from '../../views/trace/functions.ts';
import { termOf } from '../../views/words/glossary.ts';

/** What a word means: a sentence and where it is from. */
export function TermText({ word }: { readonly word: string }) {
  const term = termOf(word);
  const text = term?.text ?? FUNCTION_WORDS[word]?.why ?? 'The glossary does not have this word.';
  const source = term?.source ?? FUNCTION_WORDS[word]?.source ?? '';
  return (
    <>
      <p>{text}</p>
      <p className="source">{source}</p>
    </>
  );
}
