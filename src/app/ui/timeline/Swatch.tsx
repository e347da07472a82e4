// One mark as it is drawn, for the legends.

import { type ReactNode, useId } from 'react';
import { Hatch } from '../Hatch.tsx';
import { markPath } from './shapes.ts';
import './marks.css';

/** The drawn marks. */
export type SwatchName =
  | 'attached'
  | 'cached'
  | 'signal'
  | 'loopback'
  | 'pending'
  | 'coalesced'
  | 'lost'
  | 'freed'
  | 'failed'
  | 'failed line'
  | 'teardown'
  | 'masked'
  | 'unmasked';

/** The picture of a mark; its meaning is beside it. */
export function Swatch({ of }: { readonly of: SwatchName }) {
  const id = useId();
  const wide = of === 'attached' || of === 'cached';
  return (
    <svg className="swatch rigid" width={wide ? 16 : 12} height="12" aria-hidden="true">
      {shapeOf(of, id)}
    </svg>
  );
}

function shapeOf(of: SwatchName, id: string): ReactNode {
  const bar = { x: 0.5, y: 1.5, width: 15, height: 9, rx: 2 };
  switch (of) {
    case 'attached':
      return <rect className="segment attached" {...bar} />;
    case 'cached':
      return (
        <>
          <Hatch id={id} />
          <rect className="segment cached" fill={`url(#${id})`} {...bar} />
        </>
      );
    case 'signal':
      return <path className="signal" d={markPath('delivered', 6, 6, 3.5)} />;
    case 'loopback':
      return <path className="signal" d={markPath('loopback', 6, 6, 3.5)} />;
    case 'pending':
      return <path className="pending" d={markPath('pended', 6, 6, 3.5)} />;
    case 'coalesced':
      return <path className="pending" d={markPath('coalesced', 6, 6, 3.5)} />;
    case 'lost':
      return <path className="lost" d={markPath('lost', 6, 6, 3.5)} />;
    case 'freed':
      return <path className="freed" d={markPath('freed', 6, 6, 3.5)} />;
    case 'failed':
      return <path className="failed-mark" d={markPath('failed', 6, 6, 3.5)} />;
    case 'failed line':
      return <line className="failure" x1="6" x2="6" y1="0" y2="12" />;
    case 'teardown':
      return <line className="teardown" x1="6" x2="6" y1="0" y2="12" />;
    case 'masked':
      return <circle className="swatch-masked" cx="6" cy="6" r="4" />;
    case 'unmasked':
      return <circle className="swatch-open" cx="6" cy="6" r="4" />;
  }
}
