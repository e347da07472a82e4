// Delays parts of the page until the first paint.

import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** Milliseconds after which a busy browser runs the idle callback at the latest. */
const LATEST = 1000;

/**
 * Resolves after the first paint, when the browser is idle; at once after that. Without idle callbacks (Safari, tests without a
 * browser) it resolves after the paint, or at once.
 */
export function afterFirstPicture(): Promise<void> {
  const isPainted = performance.getEntriesByType('paint').length > 0;
  if (typeof ResizeObserver === 'undefined' || isPainted) return Promise.resolve();
  return new Promise((resolve) => {
    const idle = () => {
      if (typeof requestIdleCallback === 'function')
        requestIdleCallback(() => resolve(), { timeout: LATEST });
      else setTimeout(resolve);
    };
    // a page in the background does not paint
    if (document.hidden) idle();
    else requestAnimationFrame(() => setTimeout(idle));
  });
}

/** Returns a lazy component that loads after the first paint; its fallback must keep the room. */
export function late<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    await afterFirstPicture();
    return { default: await load() };
  });
}

/**
 * Runs `begin` after the first paint. Returns a function that ends it, for an effect's clean-up; it can be called before
 * `begin` has run.
 */
export function begunLate(begin: () => Promise<() => void>): () => void {
  let wanted = true;
  let end: (() => void) | null = null;
  void afterFirstPicture().then(async () => {
    const made = wanted ? await begin() : null;
    if (wanted) end = made;
    else made?.();
  });
  return () => {
    wanted = false;
    end?.();
  };
}
