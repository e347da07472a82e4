// Cells as pixels. A cell has the colour of the most important thing in it; what is only cached is hatched, and a row that
// has room keeps a gap above and below, as the rectangles that are drawn where there is less have it.

import { FLAG_SETS, FLAGS } from './flags.ts';
import type { Cells } from './raster.ts';

/** The colours of the timeline as 32 bits a pixel, in the byte order of an image (red first). */
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

/** A colour of an image's pixel from its parts, 0 to 255. */
export function pixel(red: number, green: number, blue: number, alpha = 255): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The part of a row that a bar fills, and where it begins: the same for rectangles and pixels. */
export function barOf(height: number): { readonly inset: number; readonly height: number } {
  const inset = height >= 6 ? Math.round(height * 0.15) : height >= 3 ? 0.5 : 0;
  return { inset, height: height - 2 * inset };
}

/** Marks are two CSS pixels wide, unless the next one begins there. */
const MARKS = FLAGS.rule | FLAGS.failed | FLAGS.freed | FLAGS.lost | FLAGS.signal;

const EVERYTHING = FLAG_SETS - 1;

const ORDER = ['rule', 'failed', 'freed', 'lost', 'signal', 'pending'] as const;

/** Colour of every set of flags; 0 where nothing is. Hatched cells are found by being cached alone. */
function colourTable(colours: PixelColours): Uint32Array {
  return Uint32Array.from({ length: FLAG_SETS }, (_, set) => {
    for (const name of ORDER) if ((set & FLAGS[name]) !== 0) return colours[name];
    if ((set & FLAGS.attached) !== 0) return colours.attached;
    return (set & FLAGS.attachedOdd) !== 0 ? colours.attachedOdd : 0;
  });
}

/** Distance of the hatch's lines, in CSS pixels: the pattern of the rectangles has the same. */
export const HATCH = 6;

/** What is painted where: rows of cells begin `shift` pixels higher, as far as the lanes are scrolled. */
export interface PaintPlace {
  readonly width: number;
  readonly height: number;
  readonly shift: number;
  /** Pixels of the drawing a CSS pixel. */
  readonly scale: number;
}

/** Paints cells into `pixels` (width × height of them), which is cleared first. */
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
    // where there is room, "pending" leaves the state above it to be seen
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
