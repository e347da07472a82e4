// The transport: moves from line to line, and through the kernel calls inside a line. The page gives the buttons their action.

import type { ReactNode } from 'react';
import { framesOf, lineCount, type Replay } from '../../session/replay.ts';
import type { Cursor } from '../../session/session.ts';
import { kernelSteps } from '../../session/steps.ts';
import type { Travel } from '../../session/travel.ts';
import './transport.css';

/** A button of the transport. */
export interface TravelButton {
  readonly how: Travel;
  /** The accessible name of a button with a picture. */
  readonly label?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

interface TransportProps {
  readonly replayed: Replay;
  readonly cursor: Cursor;
  /** True if the names of the buttons say whether they move by line or by call. */
  readonly long: boolean;
  /** Draws a button, or nothing where the reader cannot move. */
  readonly button: (button: TravelButton) => ReactNode;
  /** Further buttons, after the position. */
  readonly children?: ReactNode;
}

/** The transport buttons with the position. */
export function Transport({ replayed, cursor: { line, step }, long, button, children }: TransportProps) {
  const inside = step !== null;
  const steps = kernelSteps(framesOf(replayed, line)).length;
  const lines = lineCount(replayed);
  const longest = `line ${lines} / ${lines}`;
  const by = !long ? '' : inside ? ' call' : ' line';
  const arrow = (how: Travel, label: string, d: string) => button({ how, label, children: <Arrow d={d} /> });
  return (
    <div className="transport" role="group" aria-label="Time">
      {arrow('first', 'First line', 'M3 3v8M11 3 5 7l6 4Z')}
      {arrow('previous', `Previous${by}`, 'M10 3 4 7l6 4Z')}
      {arrow('next', `Next${by}`, 'm4 3 6 4-6 4Z')}
      {arrow('last', 'Last line', 'M11 3v8M3 3l6 4-6 4Z')}
      {button({
        how: inside ? 'out' : 'into',
        className: 'into-out',
        children: inside ? 'Step out ↑' : 'Step into ↓',
      })}
      <span className="position soft">
        <span style={{ minWidth: `${Math.max(13, longest.length)}ch` }}>
          line {line} / {lines}
        </span>
        {inside && (
          <span>
            <span className="hidden"> · </span>call {step + 1} / {steps}
          </span>
        )}
      </span>
      {children}
    </div>
  );
}

function Arrow({ d }: { readonly d: string }) {
  return (
    <svg width="14" height="14" aria-hidden="true">
      <path d={d} fill="currentColor" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
