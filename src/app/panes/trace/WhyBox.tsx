// The explanation in plain language, with its source.

import { Suspense } from 'react';
import type { Why } from '../../../views/trace/why.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { late } from '../../parts/late.ts';

// the glossary comes with it
const WhyWords = late(async () => (await import('./WhyWords.tsx')).WhyWords);

/** Why the line or the call ended as it did. */
export function WhyBox({ why }: { readonly why: Why }) {
  if (why.sentences.length === 0) return null;
  return (
    <aside className={why.failed ? 'why failed' : 'why'} aria-label="Why" tabIndex={0}>
      <h3>{why.title}</h3>
      {why.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Suspense fallback={null}>
        <WhyWords text={[why.title, ...why.sentences].join(' ')} />
      </Suspense>
      {why.source !== null && <p className="source">{why.source}</p>}
      {why.policy && <CommandButton id="compare.open">Compare kernels at this line</CommandButton>}
    </aside>
  );
}
