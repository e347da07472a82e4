// The 60 steps of the bench: into the picture and out again around moving centres, every third step to the side.

import type { Range } from './renderer.ts';

/** How many steps the journey has. */
export const STEPS = 60;
/** A step inwards shows so many times less. */
export const FACTOR = 1.2;
/** Steps of that share of what is shown. */
const PAN = 0.1;

/** Where a centre of zooming lies, as a share of the picture: spread evenly, the same on every run. */
export function centreOf(step: number): number {
  return 0.2 + 0.6 * ((step * 0.618_034) % 1);
}

/** What a step does: times the width, around a centre; or to the side. Zooms in for half of the steps and then out. */
export function stepOf(step: number): { readonly zoom: number; readonly pan: number } {
  const inwards = step < STEPS / 2;
  if (step % 3 === 2) return { zoom: 1, pan: inwards ? PAN : -PAN };
  return { zoom: inwards ? 1 / FACTOR : FACTOR, pan: 0 };
}

/** The ranges after each of the steps, starting with everything from line 1 to `lines`. */
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
