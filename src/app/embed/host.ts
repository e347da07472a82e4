// The conversation with the page around the embed. It is held with the one origin that the address names, and with the window
// right around this one; whatever else arrives is not looked at.

import { type EmbedEvent, readEmbedCommand } from '../../formats/embed/messages.ts';
import { isWebOrigin } from '../../formats/embed/parameters.ts';
import {
  embedPlace,
  goEmbedded,
  lookAtEmbedded,
  openEmbedded,
  play,
  stopPlaying,
  useEmbed,
} from './store.ts';

/** True where there is a page around this one. */
export function isFramed(): boolean {
  return window.parent !== window;
}

/** True for an origin that this browser can send a message to. */
export function isPossibleOrigin(text: string): boolean {
  try {
    return isWebOrigin(text) && new URL(text).origin === text;
  } catch {
    return false;
  }
}

/** Begins to answer that origin, and says that the embed is there; the result ends it. */
export function talkTo(origin: string): () => void {
  if (!isFramed()) return () => undefined;
  // delivered only where the page around is of that origin
  const say = (event: EmbedEvent) => window.parent.postMessage(event, origin);
  const sayPlace = (event: 'ready' | 'moved') =>
    say({ irqscope: 1, event, ...embedPlace(useEmbed.getState()) });
  const hear = ({ source, origin: from, data }: MessageEvent<unknown>) => {
    if (source !== window.parent || from !== origin) return;
    const message = readEmbedCommand(data);
    if (message === null) return;
    switch (message.command) {
      case 'go':
        stopPlaying();
        lookAtEmbedded(message);
        break;
      case 'next':
      case 'previous':
        stopPlaying();
        goEmbedded(message.command);
        break;
      case 'play':
        play();
        break;
      case 'stop':
        stopPlaying();
        break;
      case 'ask':
        sayPlace('ready');
        break;
      case 'open': {
        const what = openEmbedded(message.link);
        if (what !== null) say({ irqscope: 1, event: 'problem', what });
        break;
      }
    }
  };
  window.addEventListener('message', hear);
  const unwatch = useEmbed.subscribe((now, before) => {
    const moved =
      now.cursor !== before.cursor || now.playing !== before.playing || now.shown !== before.shown;
    if (moved) sayPlace('moved');
  });
  sayPlace('ready');
  return () => {
    unwatch();
    window.removeEventListener('message', hear);
  };
}
