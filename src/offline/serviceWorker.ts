// The service worker: stores all files of the page on installation and serves them afterwards, so that the page opens without
// a network. A new version is stored separately and takes over only after a message from the page.

import {
  addressOf,
  cacheName,
  integrityOf,
  isNamedByContent,
  neededNoMore,
  ownCaches,
  pathAsked,
  type Shipped,
  type ShippedEntry,
  type ToServiceWorker,
} from './answers.ts';

declare const self: ServiceWorkerGlobalScope;
/** The build prepends this constant (build/offline.ts). */
declare const SHIPPED: Shipped;

const scope = new URL('./', self.location.href).href;
const name = cacheName(scope, SHIPPED.version);
const paths = new Set(SHIPPED.files.map(({ path }) => path));

/** Stores a file, from an older version if identical, else from the server. Throws if the file has another hash. */
async function keep(cache: Cache, file: ShippedEntry, older: readonly Cache[]): Promise<void> {
  const address = addressOf(file.path, scope);
  if (isNamedByContent(file.path)) {
    for (const one of older) {
      const kept = await one.match(address);
      if (kept !== undefined) return cache.put(address, kept);
    }
  }
  const integrity = integrityOf(file);
  const ask = (what: string) =>
    fetch(what, {
      cache: isNamedByContent(file.path) ? 'default' : 'no-cache',
      credentials: 'same-origin',
      ...(integrity === null ? {} : { integrity }),
    });
  const first = await ask(address);
  // some servers have no index for a folder but serve the file
  const got = first.ok ? first : await ask(new URL(file.path, scope).href);
  if (!got.ok) throw new Error(`${file.path}: the server returned status ${got.status}`);
  // browsers refuse redirected responses for navigations
  return cache.put(address, got.redirected ? new Response(got.body, { headers: got.headers }) : got);
}

/** Stores all files, or deletes the cache if one fails. */
async function install(): Promise<void> {
  const older = await Promise.all(
    ownCaches(await caches.keys(), scope)
      .filter((one) => one !== name)
      .map((one) => caches.open(one)),
  );
  const cache = await caches.open(name);
  try {
    await Promise.all(SHIPPED.files.map((file) => keep(cache, file, older)));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

async function activate(): Promise<void> {
  const old = neededNoMore(await caches.keys(), scope, SHIPPED.version);
  await Promise.all(old.map((one) => caches.delete(one)));
  await self.clients.claim();
}

/** Returns a file of this version, or of an older version for a tab that still runs it. */
async function kept(path: string): Promise<Response | undefined> {
  const address = addressOf(path, scope);
  const own = await (await caches.open(name)).match(address);
  if (own !== undefined || paths.has(path)) return own;
  for (const one of ownCaches(await caches.keys(), scope)) {
    const older = await (await caches.open(one)).match(address);
    if (older !== undefined) return older;
  }
  return undefined;
}

self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('message', ({ data }) => {
  if (data === ('take over' satisfies ToServiceWorker)) void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const path = pathAsked(event.request, scope);
  if (path === null || !(paths.has(path) || isNamedByContent(path))) return;
  event.respondWith(kept(path).then((found) => found ?? fetch(event.request)));
});
