// Starting a worker where the browser may not let us, as from a file or under a host's policy.

/**
 * The worker that `make` makes; null where the browser has none or refuses it, which the caller must be able to do without or
 * tell in words. A worker whose code cannot be had is told later, by its `error` event. `make` writes the worker out as
 * engine.ts does, with its file relative to import.meta.url: the builds look for just that.
 */
export function startWorker(make: () => Worker): Worker | null {
  try {
    return typeof Worker === 'undefined' ? null : make();
  } catch {
    return null;
  }
}
