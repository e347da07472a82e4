// What every renderer of the bench is: ours, the naive ways and the peers.

import type { TimelineData } from '../../../src/views/timeline/data.ts';

/** A part of the timeline: lines, from and to, fractions allowed. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A renderer on the page. */
export interface Mounted {
  /** Shows a part; it must be on the screen with the next frame. */
  show(range: Range): void;
  /** Something that can be counted of what it has drawn; 0 means that it has drawn nothing. */
  drawn(): number;
}

/** Puts the renderer into the element, showing everything. The promise ends when it says itself that all is drawn. */
export type Mount = (host: HTMLElement) => Mounted | Promise<Mounted>;

/** Brings the data into the renderer's own form, which is not measured. */
export type Prepare = (data: TimelineData) => Mount;

/** The size of the picture in CSS pixels. */
export const WIDTH = 1400;
export const HEIGHT = 400;

/** The element's inner part as wide and high as the picture. */
export function canvasIn(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  host.append(canvas);
  return canvas;
}

/** Pixels of all canvases below that are neither transparent nor white. */
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
