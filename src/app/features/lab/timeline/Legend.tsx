// The legend of the timeline.

import { memo } from 'react';
import { useSlice } from '../../../store/appContext.ts';
import { tracedSlice } from '../../../store/traced.ts';
import { Hatch } from '../../../ui/Hatch.tsx';
import { Term } from '../../../ui/Term.tsx';
import '../../../ui/timeline/marks.css';

export const Legend = memo(function Legend() {
  const isTraced = useSlice(tracedSlice, ({ count }) => count !== null);
  return (
    <ul className="legend cluster faint" aria-label="Legend">
      <li>
        <svg width="16" height="10" aria-hidden="true">
          <rect className="segment attached" x="0.5" y="0.5" width="15" height="9" rx="2" />
        </svg>
        <Term>attached</Term>
      </li>
      <li>
        <svg width="16" height="10" aria-hidden="true">
          <Hatch id="legend-hatch" />
          <rect
            className="segment cached"
            fill="url(#legend-hatch)"
            x="0.5"
            y="0.5"
            width="15"
            height="9"
            rx="2"
          />
        </svg>
        <Term>cached</Term>
      </li>
      <li>
        <svg width="10" height="10" aria-hidden="true">
          <circle className="signal" cx="5" cy="5" r="3.5" />
        </svg>
        <Term>signal</Term>
      </li>
      <li>
        <svg width="10" height="10" aria-hidden="true">
          <path className="pending" d="M5 1 9 5 5 9 1 5Z" />
        </svg>
        <Term>pending</Term>
      </li>
      <li>
        <svg width="8" height="12" aria-hidden="true">
          <line className="failure" x1="4" x2="4" y1="0" y2="12" />
        </svg>
        <Term>failed</Term>
      </li>
      <li>
        <svg width="8" height="12" aria-hidden="true">
          <line className="teardown" x1="4" x2="4" y1="0" y2="12" />
        </svg>
        <Term>pci_free_irq_vectors</Term>
      </li>
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
