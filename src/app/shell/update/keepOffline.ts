// Registers the service worker (src/offline/), which keeps the page for offline use, and reports when it has a newer version.
// The newer version takes over only when the person reloads. Until then all tabs use the files of this version.

import { isSingleFile } from '../../services/singleFile.ts';
import type { App } from '../../store/app.ts';
import { offlineSlice } from '../../store/offline.ts';

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
    update: active !== null && waiting !== null ? () => void open(app, waiting) : null,
  });
}

/** The code for that is kept with the present version, so it needs no network. */
async function open(app: App, waiting: ServiceWorker): Promise<void> {
  (await import('./takeOver.ts')).takeOver(app, waiting);
}
