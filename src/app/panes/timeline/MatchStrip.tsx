// Where in the script the matches of the search lie: a tick for each, and for all that fall on one pixel.

import { useWidth } from '../../parts/useSize.ts';
import { useSession } from '../../state/lab.ts';
import { useSearch } from '../../state/twin.ts';

const HEIGHT = 8;

/** The strip, while something is found. */
export function MatchStrip() {
  const { matches } = useSearch();
  const { script } = useSession();
  const [box, width] = useWidth(1200);
  const pixels = new Set(matches.map((line) => Math.round(((line - 0.5) / script.length) * width)));
  return (
    <div ref={box}>
      {matches.length > 0 && (
        <svg className="match-strip" aria-hidden="true" width={width} height={HEIGHT}>
          <line className="base" x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
          <path className="match" d={[...pixels].map((x) => `M${x} 0V${HEIGHT}`).join('')} />
        </svg>
      )}
    </div>
  );
}
