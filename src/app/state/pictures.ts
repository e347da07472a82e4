// Pictures for files: the page's colours as a picture needs them, an SVG drawn as PNG, and saving either.

import { useLab } from './lab.ts';

/** Pixels of the picture for one of the screen's, so that it is sharp in print and on dense screens. */
const SCALE = 2;
/** The longest side that every browser can draw. */
const LONGEST = 16_384;

/**
 * Makes something of the page's colours as they are computed now, asked for by the name of a custom property: a picture
 * knows no custom properties and no light-dark().
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

/** An SVG as PNG; width and height in pixels of the screen. */
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
      canvas.toBlob((blob) => (blob === null ? reject(new Error('no PNG')) : resolve(blob)), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Hands bytes to the browser as a file, and says so. */
export function savePictureFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads the file after the click has returned
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  useLab.setState({ announcement: `${name} saved.` });
}
