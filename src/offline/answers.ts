// Which file of the page a request is for, and which kept versions are needed: what the service worker decides, without
// the browser. Every file comes from one version, the one that the worker was built with, so that versions never mix.

/** What the build writes into the service worker. */
export interface Shipped {
  /** Another text for every build with other files. */
  readonly version: string;
  readonly files: readonly ShippedEntry[];
}

/** A file of the built page. */
export interface ShippedEntry {
  /** Below the folder of the page, for instance `assets/index-D2x.js`. */
  readonly path: string;
  /** SHA-256 of its bytes, base64. */
  readonly hash: string;
}

/** What is asked of a request. */
export interface Asked {
  readonly method: string;
  readonly url: string;
}

/** The file that a folder is answered with. */
const INDEX = 'index.html';

/** The path below `scope` (the address of the page's folder) of what is asked for; null where it is for the network. */
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

/** True where the name of a file says its content, so that an older version's file of that name is the same. */
export function isNamedByContent(path: string): boolean {
  return path.startsWith('assets/');
}

/** What is fetched to get a file: a folder's index by the folder, because some servers send `index.html` elsewhere. */
export function addressOf(path: string, scope: string): string {
  const address = path === INDEX || path.endsWith(`/${INDEX}`) ? path.slice(0, -INDEX.length) : path;
  return new URL(address.split('/').map(encodeURIComponent).join('/'), scope).href;
}

/**
 * The hash that a fetched file must have, as the `integrity` of a request. Null for packed files: a server may say of them
 * that they are packed for the way, and the browser then unpacks them.
 */
export function integrityOf({ path, hash }: ShippedEntry): string | null {
  return path.endsWith('.gz') ? null : `sha256-${hash}`;
}

const nameStart = (scope: string) => `irqscope ${new URL(scope).pathname} `;

/** The name of the cache of a version; other pages of the same origin have other scopes. */
export function cacheName(scope: string, version: string): string {
  return nameStart(scope) + version;
}

/** The caches of this page, of all those of its origin, in their order. */
export function ownCaches(names: readonly string[], scope: string): string[] {
  return names.filter((name) => name.startsWith(nameStart(scope)));
}

/**
 * The caches that nobody needs when `version` takes over: all of this page but its own and the newest other one, whose files
 * an open tab may still ask for. `names`: every cache of the origin, oldest first.
 */
export function neededNoMore(names: readonly string[], scope: string, version: string): string[] {
  const own = cacheName(scope, version);
  return ownCaches(names, scope)
    .filter((name) => name !== own)
    .slice(0, -1);
}

/** What the page says to the version that waits. A type, so that page and service worker share no code. */
export type ToServiceWorker = 'take over';
