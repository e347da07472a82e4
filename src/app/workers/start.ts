// Starts a worker. Browsers may block workers, for instance on file: pages or by a policy of the host.

/**
 * Returns the worker of `make`; null where the browser has no workers or blocks them, for which the caller needs a fallback or a
 * message. A worker whose code cannot be loaded reports that later, by its `error` event. `make` has to name the file relative to
 * import.meta.url, as store/engine/worker.ts does, because the builds look for that expression.
 */
export function startWorker(make: () => Worker): Worker | null {
  try {
    return typeof Worker === 'undefined' ? null : make();
  } catch {
    return null;
  }
}
