// The buttons that move through time in an embed.

import { canTravel, type Travel } from '../../../session/travel.ts';
import { useApp } from '../../store/appContext.ts';
import { Transport, type TravelButton } from '../../ui/Transport.tsx';
import { type EmbedState, goEmbedded, play, type ShownSession, stopPlaying } from './store.ts';

/** The buttons with the position. */
export function EmbedTransport({
  shown: { replayed },
  state: { cursor, playing },
}: {
  readonly shown: ShownSession;
  readonly state: EmbedState;
}) {
  const app = useApp();
  const go = (how: Travel) => {
    stopPlaying(app);
    goEmbedded(app, how);
  };
  const button = ({ how, label, className, children }: TravelButton) => (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      disabled={!canTravel(replayed, cursor, how)}
      onClick={() => go(how)}
    >
      {children}
    </button>
  );
  return (
    <Transport replayed={replayed} cursor={cursor} long={false} button={button}>
      <button
        type="button"
        disabled={replayed.script.length === 0}
        onClick={playing ? () => stopPlaying(app) : () => play(app)}
      >
        {playing ? 'Stop' : 'Play'}
      </button>
    </Transport>
  );
}
