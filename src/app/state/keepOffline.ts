// Has the browser keep the page, by the service worker (src/offline/), and tells when a newer version is kept. That one takes
// over only when a person says so: until then this version's own files answer, also in other tabs.

import type { ToServiceWorker } from '../../offline/answers.ts';
import { writeAddress } from './address.ts';
import { useOffline } from './offline.ts';
import { isSingleFile } from './shipped.ts';

/** Why it cannot be kept; null where it can. */
function obstacle(): string | null {
  if (isSingleFile()) return 'this page is one file, which needs no network';
  if (!/^https?:$/.test(window.location.protocol)) return 'the page is not from a server';
  if (!window.isSecureContext) return 'the address does not begin with https';
  return 'serviceWorker' in navigator ? null : 'this browser cannot do it';
}

/** Begins to keep the page, and follows what becomes of that. */
export async function keepOffline(): Promise<void> {
  const why = obstacle();
  if (why !== null) {
    useOffline.setState({ state: 'none', why });
    return;
  }
  try {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(new URL('sw.js', document.baseURI), {
      updateViaCache: 'none',
    });
    const look = () => lookAt(registration);
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
      look();
    });
    registration.installing?.addEventListener('statechange', look);
    look();
    // the browser looks by itself after some time; without a network there is nothing newer
    await registration.update().catch(() => undefined);
  } catch (error) {
    // forbidden by the person, or by the host
    useOffline.setState({ state: 'none', why: error instanceof Error ? error.message : String(error) });
  }
}

function lookAt({ active, installing, waiting }: ServiceWorkerRegistration): void {
  useOffline.setState({
    // the first one waits for nobody: it is on its way to be active
    state: active !== null || waiting !== null ? 'kept' : installing !== null ? 'keeping' : 'none',
    why: 'some of its files could not be fetched',
    update: active !== null && waiting !== null ? () => open(waiting) : null,
  });
}

/** Has the newer version take over and opens it, with the session as it is. */
function open(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener(
    'controllerchange',
    () => {
      // the address says the session; the tree is kept when the page is left
      writeAddress();
      window.location.reload();
    },
    { once: true },
  );
  waiting.postMessage('take over' satisfies ToServiceWorker);
}
