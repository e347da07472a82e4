// The place of the explanation of the word that was asked for.

import { lazy, Suspense } from 'react';
import { useTerm } from '../state/term.ts';

const TermBox = lazy(async () => ({ default: (await import('./TermBox.tsx')).TermBox }));

/** The popover, made anew for each word. */
export function TermPopover() {
  const { asked } = useTerm();
  return asked === null ? null : (
    <Suspense fallback={null}>
      <TermBox key={asked.word} asked={asked} />
    </Suspense>
  );
}
