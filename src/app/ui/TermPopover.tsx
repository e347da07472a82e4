// The popover that explains a term, while one is open.

import { lazy, Suspense } from 'react';
import { useSlice } from '../store/appContext.ts';
import { termSlice } from '../store/term.ts';

const TermBox = lazy(async () => ({ default: (await import('./TermBox.tsx')).TermBox }));

/** The popover; each term gets a new one. */
export function TermPopover() {
  const { asked } = useSlice(termSlice);
  return asked === null ? null : (
    <Suspense fallback={null}>
      <TermBox key={asked.word} asked={asked} />
    </Suspense>
  );
}
