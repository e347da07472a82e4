// What the first picture does not need is fetched and worked out behind it.

import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** The browser gives way after this many milliseconds, however busy it is. */
const LATEST = 1000;

let painted: Promise<void> | null = null;

/**
 * Ends when the first picture stands on the screen and the browser has nothing more urgent to do. Where there is no idle time
 * (Safari, tests without a browser) it is when the frame has been painted, or at once.
 */
export function afterFirstPicture(): Promise<void> {
  painted ??= new Promise((resolve) => {
    const idle = () => {
      if (typeof requestIdleCallback === 'function')
        requestIdleCallback(() => resolve(), { timeout: LATEST });
      else setTimeout(resolve);
    };
    // a page in the background paints nothing
    if (typeof ResizeObserver === 'undefined') resolve();
    else if (document.hidden) idle();
    else requestAnimationFrame(() => setTimeout(idle));
  });
  return painted;
}

/** A part that is always there, but not in the first picture: its room must be kept by what stands in its place. */
export function late<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    await afterFirstPicture();
    return { default: await load() };
  });
}

/**
 * Begins what follows the page from outside, behind the first picture. `begin` gives what ends it, and so does the result: it
 * is the effect's, and holds also before it has begun.
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
