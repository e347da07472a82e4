// Paints cells as pixels. The most important content determines a cell's colour; cached cells are hatched, and rows with
// room have a gap above and below, like the rectangles of single items.

import { FLAG_SETS, FLAGS } from './flags.ts';
import type { Cells } from './raster.ts';

/** The colours of the timeline, 32 bits per pixel in the byte order of an image (red first). */
export interface PixelColours {
  readonly cached: number;
  readonly cachedGround: number;
  readonly cachedEdge: number;
  readonly attached: number;
  readonly attachedOdd: number;
  readonly pending: number;
  readonly signal: number;
  readonly lost: number;
  readonly freed: number;
  readonly failed: number;
  readonly rule: number;
}

/** Returns a pixel's colour from its parts, 0 to 255. */
export function pixel(red: number, green: number, blue: number, alpha = 255): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Returns top and height of a bar in its row, for rectangles and pixels alike. */
export function barOf(height: number): { readonly inset: number; readonly height: number } {
  const inset = height >= 6 ? Math.round(height * 0.15) : height >= 3 ? 0.5 : 0;
  return { inset, height: height - 2 * inset };
}

/** Marks are two CSS pixels wide, or less before another mark. */
const MARKS = FLAGS.rule | FLAGS.failed | FLAGS.freed | FLAGS.lost | FLAGS.signal;

const EVERYTHING = FLAG_SETS - 1;

const ORDER = ['rule', 'failed', 'freed', 'lost', 'signal', 'pending'] as const;

/** Returns the colour of every set of flags; 0 for the empty set. Hatched cells are those with "cached" alone. */
function colourTable(colours: PixelColours): Uint32Array {
  return Uint32Array.from({ length: FLAG_SETS }, (_, set) => {
    for (const name of ORDER) if ((set & FLAGS[name]) !== 0) return colours[name];
    if ((set & FLAGS.attached) !== 0) return colours.attached;
    return (set & FLAGS.attachedOdd) !== 0 ? colours.attachedOdd : 0;
  });
}

/** Distance of the hatching's lines in CSS pixels, equal to that of the SVG pattern. */
export const HATCH = 6;

/** The painted area: rows of cells begin `shift` pixels higher, the scroll offset of the lanes. */
export interface PaintPlace {
  readonly width: number;
  readonly height: number;
  readonly shift: number;
  /** Drawing pixels per CSS pixel. */
  readonly scale: number;
}

/** Clears `pixels` (width × height) and paints cells into it. */
export function paintCells(
  cells: Cells,
  colours: PixelColours,
  place: PaintPlace,
  pixels: Uint32Array,
): void {
  const { columns, rows, flags, tops, heights } = cells;
  const { width, height, shift, scale } = place;
  const table = colourTable(colours);
  const shown = Math.min(columns, width);
  const spread = Math.round(scale * 2) - 1;
  pixels.fill(0);
  for (let row = 0; row < rows; row++) {
    const whole = heights[row] ?? 0;
    const { inset, height: bar } = barOf(whole / scale);
    const top = Math.round((tops[row] ?? 0) - shift);
    const bottom = Math.max(top + 1, Math.round((tops[row] ?? 0) + whole - shift));
    const barTop = Math.round((tops[row] ?? 0) + inset * scale - shift);
    const barBottom = Math.max(barTop + 1, Math.round(barTop + bar * scale));
    // with enough room, "pending" covers only the lower part of the state
    const pendingTop = bar >= 6 ? barBottom - Math.round(Math.max(2, bar / 3) * scale) : barTop;
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      const isBar = y >= barTop && y < barBottom;
      const isEdge = whole >= 4 && (y === barTop || y === barBottom - 1);
      const line = y * width;
      const hatch = Math.floor(y / scale) % HATCH;
      const seen = y >= pendingTop ? EVERYTHING : EVERYTHING & ~FLAGS.pending;
      let mark = 0;
      let until = -1;
      for (let column = 0, cell = row * columns; column < shown; column++, cell++) {
        const set = (flags[cell] ?? 0) & seen;
        if ((set & MARKS) !== 0) {
          mark = table[set] ?? 0;
          until = column + spread;
        }
        if (column <= until) {
          if (isBar || mark === colours.rule) pixels[line + column] = mark;
          continue;
        }
        if (set === 0 || !isBar) continue;
        let colour = table[set] ?? 0;
        if (colour === 0) {
          const onLine = (Math.floor(column / scale) + hatch) % HATCH === 0;
          colour = isEdge ? colours.cachedEdge : onLine ? colours.cached : colours.cachedGround;
        }
        pixels[line + column] = colour;
      }
    }
  }
}
