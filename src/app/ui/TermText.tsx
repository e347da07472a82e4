// The explanation of one word, from the glossary or, for a kernel function, from FUNCTION_WORDS.

import { FUNCTION_WORDS } from '../../views/trace/functions.ts';
import { symbolPlace } from '../../views/trace/sources.ts';
import { termOf } from '../../views/words/glossary.ts';
import { KernelSource, Source } from './Source.tsx';
import { useRelease } from './useRelease.ts';

/** The meaning of a word: a sentence and its source. */
export function TermText({ word }: { readonly word: string }) {
  const release = useRelease();
  const term = termOf(word);
  const fn = term === null ? FUNCTION_WORDS[word] : undefined;
  const place = fn === undefined ? null : symbolPlace(word, release);
  return (
    <>
      <p>{term?.text ?? fn?.why ?? 'The glossary does not contain this word.'}</p>
      {place !== null && (
        <p className="source">
          <KernelSource place={place} name={word} />
        </p>
      )}
      <p className="source">
        <Source text={term?.source ?? fn?.source ?? ''} release={release} />
      </p>
    </>
  );
}
