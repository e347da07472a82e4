// Registers the service worker (src/offline/), which keeps the page for offline use, and reports when it has a newer version.
// The newer version takes over only when the person reloads. Until then all tabs use the files of this version.

import type { ToServiceWorker } from '../../../offline/answers.ts';
import { isSingleFile } from '../../services/singleFile.ts';
import type { App } from '../../store/app.ts';
import { offlineSlice } from '../../store/offline.ts';
import { writeAddress } from '../address/writing.ts';

/** Returns why the browser cannot keep the page, or null. */
function obstacle(): string | null {
  if (isSingleFile()) return 'this page is a single file, which needs no network';
  if (!/^https?:$/.test(window.location.protocol)) return 'the page is not loaded from a server';
  if (!window.isSecureContext) return 'the address does not begin with https';
  return 'serviceWorker' in navigator ? null : 'this browser has no service workers';
}

/** Starts to keep the page, and updates the slice with the state of the service worker. */
export async function keepOffline(app: App): Promise<void> {
  const why = obstacle();
  if (why !== null) {
    app.set(offlineSlice, { state: 'none', why });
    return;
  }
  try {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(new URL('sw.js', document.baseURI), {
      updateViaCache: 'none',
    });
    const look = () => lookAt(app, registration);
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
      look();
    });
    registration.installing?.addEventListener('statechange', look);
    look();
    // the browser also checks after some time; without a network the check fails
    await registration.update().catch(() => undefined);
  } catch (error) {
    // the person or the host forbids it
    app.set(offlineSlice, { state: 'none', why: error instanceof Error ? error.message : String(error) });
  }
}

function lookAt(app: App, { active, installing, waiting }: ServiceWorkerRegistration): void {
  app.set(offlineSlice, {
    // the first version does not wait; it becomes active soon
    state: active !== null || waiting !== null ? 'kept' : installing !== null ? 'keeping' : 'none',
    why: 'some files of the page could not be fetched',
    update: active !== null && waiting !== null ? () => open(app, waiting) : null,
  });
}

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
function open(app: App, waiting: ServiceWorker): void {
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
