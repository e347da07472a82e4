// The keys of a playable embed: those of the lab for going through time, and no others.

import type { Travel } from '../../session/travel.ts';
import { goEmbedded, stopPlaying } from './store.ts';

const KEYS: Readonly<Record<string, Travel>> = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  ArrowDown: 'into',
  ArrowUp: 'out',
  Home: 'first',
  End: 'last',
};

/** In the list of lines the arrows go from line to line, as in every list. */
const LIST_KEYS: Readonly<Record<string, Travel>> = { ...KEYS, ArrowDown: 'next', ArrowUp: 'previous' };

function onKey(event: KeyboardEvent): void {
  const within = (selector: string) =>
    event.target instanceof Element && event.target.closest(selector) !== null;
  const how = (within('[role="listbox"]') ? LIST_KEYS : KEYS)[event.code];
  if (how === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  // what scrolls keeps the keys that scroll it
  if (within('[data-scrolls]') && how !== 'previous' && how !== 'next') return;
  event.preventDefault();
  stopPlaying();
  goEmbedded(how);
}

/** Begins to listen to the keys; the result ends it. */
export function followKeys(): () => void {
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
