// Pictures as files: computed colours of the page, SVG to PNG, and saving.

import { saveFile } from '../services/files.ts';
import type { App } from '../store/app.ts';
import { labSlice } from '../store/lab.ts';

/** Pixels of the picture per CSS pixel, so that it is sharp in print and on dense screens. */
const SCALE = 2;
/** The longest side in pixels that every browser can draw. */
const LONGEST = 16_384;

/**
 * Calls `make` with a function from the name of a custom property to its computed colour: a picture cannot contain custom
 * properties or light-dark().
 */
export function withColours<T>(make: (of: (name: string) => string) => T): T {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const made = make((name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return made;
}

/** Returns an SVG as PNG; width and height in CSS pixels. */
export async function pngOf(svg: Blob, width: number, height: number): Promise<Blob> {
  const scale = Math.min(SCALE, LONGEST / Math.max(width, height));
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error('the browser made no PNG')) : resolve(blob)),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Downloads bytes as a file, and announces it. */
export function savePictureFile(app: App, blob: Blob, name: string): void {
  saveFile(name, blob);
  app.set(labSlice, { announcement: `${name} saved.` });
}
