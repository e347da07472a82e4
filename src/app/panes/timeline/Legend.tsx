// What the marks of the timeline mean.

import { Hatch } from './Hatch.tsx';
import './marks.css';

/** The legend. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Legend">
      <li>
        <svg width="16" height="10" aria-hidden="true">
          <rect className="segment attached" x="0.5" y="0.5" width="15" height="9" rx="2" />
        </svg>
        attached
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
        cached
      </li>
      <li>
        <svg width="10" height="10" aria-hidden="true">
          <circle className="signal" cx="5" cy="5" r="3.5" />
        </svg>
        signal
      </li>
      <li>
        <svg width="10" height="10" aria-hidden="true">
          <path className="pending" d="M5 1 9 5 5 9 1 5Z" />
        </svg>
        pending
      </li>
      <li>
        <svg width="8" height="12" aria-hidden="true">
          <line className="failure" x1="4" x2="4" y1="0" y2="12" />
        </svg>
        failed
      </li>
      <li>
        <svg width="10" height="10" aria-hidden="true">
          <path className="lost" d="M1.5 5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0ZM2.5 7.5l5-5" />
        </svg>
        lost
      </li>
      <li>
        <svg width="10" height="10" aria-hidden="true">
          <path className="freed" d="M1.5 1.5h7v7h-7ZM1.5 5h7" />
        </svg>
        freed
      </li>
      <li>
        <svg width="8" height="12" aria-hidden="true">
          <line className="teardown" x1="4" x2="4" y1="0" y2="12" />
        </svg>
        pci_free_irq_vectors
      </li>
    </ul>
  );
}
