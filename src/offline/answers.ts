// The service worker's decisions, without the browser: the file for a request, and the caches to delete. All files come from
// the version that the worker was built with, so that versions never mix.

/** The list of files that the build writes into the service worker. */
export interface Shipped {
  /** A different text for each build with different files. */
  readonly version: string;
  readonly files: readonly ShippedEntry[];
}

/** A file of the built page. */
export interface ShippedEntry {
  /** Relative to the folder of the page, such as `assets/index-D2x.js`. */
  readonly path: string;
  /** SHA-256 of its bytes, base64. */
  readonly hash: string;
}

/** The relevant parts of a request. */
export interface Asked {
  readonly method: string;
  readonly url: string;
}

/** The file that is served for a folder. */
const INDEX = 'index.html';

/** Returns the requested path below `scope` (the address of the page's folder); null for requests to the network. */
export function pathAsked({ method, url }: Asked, scope: string): string | null {
  const { origin, pathname } = new URL(url);
  const folder = new URL(scope);
  if (method !== 'GET' || origin !== folder.origin || !pathname.startsWith(folder.pathname)) return null;
  const path = decoded(pathname.slice(folder.pathname.length));
  if (path === null) return null;
  return path === '' || path.endsWith('/') ? `${path}${INDEX}` : path;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Returns true if the file name contains a hash of the content, so that an older file with this name is identical. */
export function isNamedByContent(path: string): boolean {
  return path.startsWith('assets/');
}

/** Returns the address of a file: an index by its folder, because some servers redirect `index.html`. */
export function addressOf(path: string, scope: string): string {
  const address = path === INDEX || path.endsWith(`/${INDEX}`) ? path.slice(0, -INDEX.length) : path;
  return new URL(address.split('/').map(encodeURIComponent).join('/'), scope).href;
}

/**
 * Returns the required hash of a file, as the `integrity` of a request. Null for gzipped files: a server may send them with
 * a content encoding, and the browser then unpacks them.
 */
export function integrityOf({ path, hash }: ShippedEntry): string | null {
  return path.endsWith('.gz') ? null : `sha256-${hash}`;
}

const nameStart = (scope: string) => `irqscope ${new URL(scope).pathname} `;

/** Returns the name of the cache of a version. Other pages of the same origin have other scopes. */
export function cacheName(scope: string, version: string): string {
  return nameStart(scope) + version;
}

/** Returns the caches of this page among all caches of its origin, in their order. */
export function ownCaches(names: readonly string[], scope: string): string[] {
  return names.filter((name) => name.startsWith(nameStart(scope)));
}

/**
 * Returns the caches to delete when `version` takes over: all caches of this page except its own and the newest other one,
 * which an open tab may still use. `names`: all caches of the origin, oldest first.
 */
export function neededNoMore(names: readonly string[], scope: string, version: string): string[] {
  const own = cacheName(scope, version);
  return ownCaches(names, scope)
    .filter((name) => name !== own)
    .slice(0, -1);
}

/** The message from the page to the waiting version. It is a type, so that page and service worker share no code. */
export type ToServiceWorker = 'take over';
