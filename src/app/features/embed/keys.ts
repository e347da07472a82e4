// The keys of a playable embed: the lab's keys for moving through time.

import type { Travel } from '../../../session/travel.ts';
import type { App } from '../../store/app.ts';
import { goEmbedded, stopPlaying } from './store.ts';

const KEYS: Readonly<Record<string, Travel>> = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  ArrowDown: 'into',
  ArrowUp: 'out',
  Home: 'first',
  End: 'last',
};

/** In the list of lines ↑ and ↓ go from line to line. */
const LIST_KEYS: Readonly<Record<string, Travel>> = { ...KEYS, ArrowDown: 'next', ArrowUp: 'previous' };

function onKey(app: App, event: KeyboardEvent): void {
  const within = (selector: string) =>
    event.target instanceof Element && event.target.closest(selector) !== null;
  const how = (within('[role="listbox"]') ? LIST_KEYS : KEYS)[event.code];
  if (how === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  // a scrolling element keeps the keys that scroll it
  if (within('.wiring-rows') && how !== 'previous' && how !== 'next') return;
  event.preventDefault();
  stopPlaying(app);
  goEmbedded(app, how);
}

/** Starts listening to the keys; the returned function ends it. */
export function followKeys(app: App): () => void {
  const key = (event: KeyboardEvent) => onKey(app, event);
  document.addEventListener('keydown', key);
  return () => document.removeEventListener('keydown', key);
}
