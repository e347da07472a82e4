// The buttons that move through time in an embed.

import { framesOf, lineCount } from '../../../session/replay.ts';
import type { Travel } from '../../../session/travel.ts';
import { useApp } from '../../store/appContext.ts';
import { type EmbedState, goEmbedded, play, type ShownSession, stopPlaying } from './store.ts';

interface Button {
  readonly how: Travel;
  readonly label: string;
  readonly d: string;
  readonly isOff: (at: { readonly start: boolean; readonly end: boolean }) => boolean;
}

const BUTTONS: readonly Button[] = [
  { how: 'first', label: 'First line', d: 'M3 3v8M11 3 5 7l6 4Z', isOff: ({ start }) => start },
  { how: 'previous', label: 'Previous', d: 'M10 3 4 7l6 4Z', isOff: ({ start }) => start },
  { how: 'next', label: 'Next', d: 'm4 3 6 4-6 4Z', isOff: ({ end }) => end },
  { how: 'last', label: 'Last line', d: 'M11 3v8M3 3l6 4-6 4Z', isOff: ({ end }) => end },
];

/** The buttons with the position. */
export function EmbedTransport({
  shown,
  state,
}: {
  readonly shown: ShownSession;
  readonly state: EmbedState;
}) {
  const app = useApp();
  const { cursor, known, playing } = state;
  const lines = lineCount(shown.replayed);
  const inside = cursor.step !== null;
  const at = { start: cursor.line === 0, end: cursor.line === lines && !inside };
  const hasCalls =
    cursor.line > 0 && cursor.line <= known && framesOf(shown.replayed, cursor.line).length > 0;
  const go = (how: Travel) => {
    stopPlaying(app);
    goEmbedded(app, how);
  };
  return (
    <div className="embed-transport cluster middle gap-4" role="group" aria-label="Time">
      {BUTTONS.map(({ how, label, d, isOff }) => (
        <button
          key={how}
          type="button"
          aria-label={label}
          title={label}
          disabled={isOff(at)}
          onClick={() => go(how)}
        >
          <svg width="14" height="14" aria-hidden="true">
            <path d={d} fill="currentColor" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
          </svg>
        </button>
      ))}
      <button type="button" disabled={!inside && !hasCalls} onClick={() => go(inside ? 'out' : 'into')}>
        {inside ? 'Step out' : 'Step into'}
      </button>
      <button
        type="button"
        disabled={lines === 0}
        onClick={playing ? () => stopPlaying(app) : () => play(app)}
      >
        {playing ? 'Stop' : 'Play'}
      </button>
      <span className="position mono soft">
        line {cursor.line} / {lines}
      </span>
    </div>
  );
}
