// The 60 steps of the bench: zooming in and out around moving centres; every third step pans.

import type { Range } from './renderer.ts';

/** Number of steps of the journey. */
export const STEPS = 60;
/** Zoom factor of a step. */
export const FACTOR = 1.2;
/** Panning distance as a share of the visible part. */
const PAN = 0.1;

/** Returns a zoom centre as a share of the picture: evenly spread and deterministic. */
export function centreOf(step: number): number {
  return 0.2 + 0.6 * ((step * 0.618_034) % 1);
}

/** Returns a step: a zoom factor around a centre, or a pan. The first half of the steps zooms in, the second out. */
export function stepOf(step: number): { readonly zoom: number; readonly pan: number } {
  const inwards = step < STEPS / 2;
  if (step % 3 === 2) return { zoom: 1, pan: inwards ? PAN : -PAN };
  return { zoom: inwards ? 1 / FACTOR : FACTOR, pan: 0 };
}

/** Returns the range after each step, starting with lines 1 to `lines`. */
export function ranges(lines: number): readonly Range[] {
  const found: Range[] = [];
  let from = 1;
  let width = lines - 1;
  for (let step = 0; step < STEPS; step++) {
    const { zoom, pan } = stepOf(step);
    const centre = from + width * centreOf(step);
    const wider = Math.min(lines - 1, width * zoom);
    from = centre - wider * centreOf(step) + wider * pan;
    width = wider;
    from = Math.min(Math.max(1, from), lines - width);
    found.push({ from, to: from + width });
  }
  return found;
}
