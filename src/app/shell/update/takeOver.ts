// Lets the waiting newer version of the page take over, and reloads the page.

import type { ToServiceWorker } from '../../../offline/answers.ts';
import type { App } from '../../store/app.ts';
import { writeAddress } from '../address/writing.ts';

/** Milliseconds after which the newer version is asked again. */
const AGAIN = 1000;
/** Milliseconds without an answered request after which the present version counts as idle, and between two looks at that. */
const QUIET = 500;
const LOOK = 100;

/** True if the page has got no answer for a while, so that none is probably on the way. */
function isQuiet(): boolean {
  const last = performance
    .getEntriesByType('resource')
    .reduce((latest, entry) => Math.max(latest, entry.startTime + entry.duration), 0);
  return performance.now() - last > QUIET;
}

/** Activates the newer version and reloads the page with the current session. */
export function takeOver(app: App, waiting: ServiceWorker): void {
  let isOpening = false;
  const reload = () => {
    if (isOpening) return;
    isOpening = true;
    // the address contains the session; the branches are stored on unload
    writeAddress(app);
    window.location.reload();
  };
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  const ask = () => {
    if (isOpening || waiting.state === 'redundant') return;
    // a browser may have activated it by itself, before this listens
    if (waiting.state === 'activated') {
      reload();
      return;
    }
    // Chromium activates no version while the present one answers a request, and may keep a wish made then for minutes
    const isAsked = isQuiet();
    if (isAsked) waiting.postMessage('take over' satisfies ToServiceWorker);
    setTimeout(ask, isAsked ? AGAIN : LOOK);
  };
  ask();
}
