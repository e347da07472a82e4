// The messages to and from the page around the embed. Only the origin named in the address and the parent window take part; all
// other messages are ignored.

import { type EmbedEvent, readEmbedCommand } from '../../../formats/embed/messages.ts';
import { isWebOrigin } from '../../../formats/embed/parameters.ts';
import type { App } from '../../store/app.ts';
import {
  embedPlace,
  embedSlice,
  goEmbedded,
  lookAtEmbedded,
  openEmbedded,
  play,
  stopPlaying,
} from './store.ts';

/** True inside a frame. */
export function isFramed(): boolean {
  return window.parent !== window;
}

/** True for an origin to which this browser can send a message. */
export function isPossibleOrigin(text: string): boolean {
  try {
    return isWebOrigin(text) && new URL(text).origin === text;
  } catch {
    return false;
  }
}

/** Starts the conversation with that origin and sends `ready`; the returned function ends it. */
export function talkTo(app: App, origin: string): () => void {
  if (!isFramed()) return () => undefined;
  // the browser delivers it only if the parent page has that origin
  const say = (event: EmbedEvent) => window.parent.postMessage(event, origin);
  const sayPlace = (event: 'ready' | 'moved') =>
    say({ irqscope: 1, event, ...embedPlace(app.get(embedSlice)) });
  const hear = ({ source, origin: from, data }: MessageEvent<unknown>) => {
    if (source !== window.parent || from !== origin) return;
    const message = readEmbedCommand(data);
    if (message === null) return;
    switch (message.command) {
      case 'go':
        stopPlaying(app);
        lookAtEmbedded(app, message);
        break;
      case 'next':
      case 'previous':
        stopPlaying(app);
        goEmbedded(app, message.command);
        break;
      case 'play':
        play(app);
        break;
      case 'stop':
        stopPlaying(app);
        break;
      case 'ask':
        sayPlace('ready');
        break;
      case 'open': {
        const what = openEmbedded(app, message.link);
        if (what !== null) say({ irqscope: 1, event: 'problem', what });
        break;
      }
    }
  };
  window.addEventListener('message', hear);
  const unwatch = app.on(embedSlice, (now, before) => {
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
