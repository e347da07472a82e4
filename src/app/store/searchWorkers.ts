// The search workers of the page, which the explorer and the review share.

import { SearchWorkers } from '../workers/ask.ts';
import { local } from './app.ts';

export const searchWorkers = local(() => new SearchWorkers());

/** The most workers of one search: each loads the model and has all states of the search (sharing.ts limits their memory). */
const MOST = 8;

/** Returns the number of workers of a search: one per processor. */
export function processors(): number {
  const count = typeof navigator === 'undefined' ? 1 : (navigator.hardwareConcurrency ?? 1);
  return Math.max(1, Math.min(MOST, count));
}
