// The legend of the timeline.

import { memo } from 'react';
import { useSlice } from '../../../store/appContext.ts';
import { tracedSlice } from '../../../store/traced.ts';
import { Term } from '../../../ui/Term.tsx';
import { Swatch, type SwatchName } from '../../../ui/timeline/Swatch.tsx';

/** The pictures with their words in the glossary. */
const ITEMS: readonly (readonly [SwatchName, string])[] = [
  ['attached', 'attached'],
  ['cached', 'cached'],
  ['signal', 'signal'],
  ['pending', 'pending'],
  ['failed line', 'failed'],
  ['teardown', 'pci_free_irq_vectors'],
];

export const Legend = memo(function Legend() {
  const isTraced = useSlice(tracedSlice, ({ count }) => count !== null);
  return (
    <ul className="legend cluster faint" aria-label="Legend">
      {ITEMS.map(([of, word]) => (
        <li key={word}>
          <Swatch of={of} />
          <Term>{word}</Term>
        </li>
      ))}
      {isTraced && (
        <li>
          <svg width="8" height="12" aria-hidden="true">
            <path className="trace-ticks" d="M4 2v7" />
          </svg>
          differs from the trace
        </li>
      )}
    </ul>
  );
});
