// Greets a person at the first visit with the start card.

import type { App } from '../../store/app.ts';
import { labSlice } from '../../store/lab.ts';
import { overlaySlice, showOverlay } from '../../store/overlay.ts';
import { viewSlice } from '../../store/view.ts';

/** Set once the card was shown. */
const GREETED = 'irqscope.greeted';

/** Notes that the person has seen the card; returns false where the browser keeps nothing. */
export function noteGreeted({ services }: App): boolean {
  return services.kept.write(GREETED, '1');
}

/**
 * Opens the start card at a first visit, unless the person works already. A browser that keeps nothing would greet at every
 * visit, so it greets at none.
 */
export function greet(app: App): void {
  const { history, problem } = app.get(labSlice);
  const isIdle = history.current === 0 && problem === null && app.get(viewSlice).view === 'lab';
  if (!isIdle || app.get(overlaySlice).overlay !== null || app.services.kept.read(GREETED) !== null) return;
  if (noteGreeted(app)) showOverlay(app, 'start');
}
