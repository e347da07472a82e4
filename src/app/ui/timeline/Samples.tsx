// One hidden element per class that the canvas paints; the canvas uses their computed colours.

import type { RefObject } from 'react';
import { Hatch } from '../Hatch.tsx';
import { SAMPLE_CLASSES } from './usePalette.ts';

export function Samples({ samples }: { readonly samples: RefObject<SVGGElement | null> }) {
  return (
    <svg className="samples" width="0" height="0" aria-hidden="true">
      <Hatch id="hatch" />
      <g ref={samples}>
        {SAMPLE_CLASSES.map((name) => (
          <rect key={name} className={name} />
        ))}
      </g>
    </svg>
  );
}
