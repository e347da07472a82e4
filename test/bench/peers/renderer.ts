// The interface of the bench's renderers: irqscope, the plain d3 versions and the peers.

import type { TimelineData } from '../../../src/views/timeline/data.ts';

/** A part of the timeline in lines; fractions are allowed. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A renderer on the page. */
export interface Mounted {
  /** Shows a part; the next frame must contain it. */
  show(range: Range): void;
  /** Returns a count of the drawn objects; 0 means an empty picture. */
  drawn(): number;
}

/** Mounts the renderer with the whole timeline. The promise resolves when the renderer reports a complete picture. */
export type Mount = (host: HTMLElement) => Mounted | Promise<Mounted>;

/** Converts the data to the renderer's own form; not measured. */
export type Prepare = (data: TimelineData) => Mount;

/** The size of the picture in CSS pixels. */
export const WIDTH = 1400;
export const HEIGHT = 400;

/** Returns an inner element with the size of the picture. */
export function canvasIn(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  host.append(canvas);
  return canvas;
}

/** Returns the number of canvas pixels below the element that are neither transparent nor white. */
export function inkOf(host: HTMLElement): number {
  let ink = 0;
  for (const canvas of host.querySelectorAll('canvas')) {
    if (canvas.width === 0 || canvas.height === 0) continue;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    for (let at = 0; at < pixels.length; at += 4) {
      const white = pixels[at] === 255 && pixels[at + 1] === 255 && pixels[at + 2] === 255;
      if (pixels[at + 3] !== 0 && !white) ink++;
    }
  }
  return ink;
}
