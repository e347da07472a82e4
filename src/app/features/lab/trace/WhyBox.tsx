// The explanation of a line or call, with its source.

import { Suspense } from 'react';
import type { Why } from '../../../../views/trace/why.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { late } from '../../../ui/late.ts';

// loads the glossary
const WhyWords = late(async () => (await import('./WhyWords.tsx')).WhyWords);
// loads the kernel lines of every release
const WhySource = late(async () => (await import('./WhySource.tsx')).WhySource);

/** The box; empty for a line or call without an explanation. */
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
      {why.source !== null && (
        <Suspense fallback={<p className="source">docs/driver.md</p>}>
          <WhySource source={why.source} />
        </Suspense>
      )}
      {why.policy && <CommandButton id="compare.open">Compare kernels at this line</CommandButton>}
    </aside>
  );
}
