// Effects before the next event, as React has them: a handler may rely on the effects of the picture that the person sees.

import { options } from 'preact';

/** The events that begin an act of a person. A change of the focus may happen inside a render, whose elements are incomplete. */
const EVENTS = ['keydown', 'beforeinput', 'pointerdown', 'click', 'dblclick', 'paste', 'drop'] as const;
/** Milliseconds after which effects run without a frame: a page in the background draws none. */
const LATEST = 100;

/**
 * Preact runs effects after the next frame, and an event may come before that. From now on the effects that wait run before the
 * handlers of an event, too.
 */
export function runEffectsBeforeEvents(): void {
  let waiting: (() => void) | null = null;
  const run = () => {
    const flush = waiting;
    waiting = null;
    flush?.();
  };
  options.requestAnimationFrame = (flush) => {
    waiting = flush;
    const onFrame = () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      setTimeout(run);
    };
    const timer = setTimeout(onFrame, LATEST);
    const frame = requestAnimationFrame(onFrame);
  };
  for (const type of EVENTS) window.addEventListener(type, run, { capture: true, passive: true });
}
