// Ticks at the matches of the search, or at lines whose result differs from the trace; at most one per pixel.

import { placeOf } from '../../../views/timeline/matches.ts';

/** Props of the ticks. Lines from `from` to `to` are visible. */
interface MatchTicksProps {
  readonly matches: readonly number[];
  readonly x: (line: number) => number;
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly height: number;
  /** By default that of the matches of a search. */
  readonly className?: string;
}

export function MatchTicks({ matches, x, from, to, y, height, className = 'match-ticks' }: MatchTicksProps) {
  const pixels = new Set<number>();
  for (let at = placeOf(matches, from); at < matches.length; at++) {
    const line = matches[at] ?? 0;
    if (line >= to) break;
    pixels.add(Math.round(x(line)));
  }
  if (pixels.size === 0) return null;
  return (
    <path
      className={className}
      aria-hidden="true"
      d={[...pixels].map((at) => `M${at + 1} ${y}v${height}`).join('')}
    />
  );
}
