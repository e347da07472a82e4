// The buttons that move through time in an embed.

import { canTravel } from '../../../session/travel.ts';
import { useApp } from '../../store/appContext.ts';
import { Transport, type TravelButton } from '../../ui/Transport.tsx';
import { type EmbedState, goEmbedded, play, type ShownSession, stopPlaying } from './store.ts';

interface EmbedTransportProps {
  readonly shown: ShownSession;
  readonly state: EmbedState;
  readonly playable: boolean;
}

/** The position, and in a playable embed the buttons. */
export function EmbedTransport({ shown: { replayed }, state, playable }: EmbedTransportProps) {
  const app = useApp();
  const { cursor, playing } = state;
  const button = ({ how, label, className, children }: TravelButton) => (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      disabled={!canTravel(replayed, cursor, how)}
      onClick={() => {
        stopPlaying(app);
        goEmbedded(app, how);
      }}
    >
      {children}
    </button>
  );
  return (
    <Transport replayed={replayed} cursor={cursor} long={false} button={playable ? button : () => null}>
      {playable && (
        <button
          type="button"
          disabled={replayed.script.length === 0}
          onClick={playing ? () => stopPlaying(app) : () => play(app)}
        >
          {playing ? 'Stop' : 'Play'}
        </button>
      )}
    </Transport>
  );
}
