// The dark modules of a QR code as one path of an SVG. The encoder is loaded with this file.

import { encode } from 'uqr';

/** Most bytes of a text: version 40 with the lowest error correction holds 2,953. */
export const MOST_QR_BYTES = 2_900;

/** Modules of white around the code, which readers need to find it. */
const QUIET = 4;

/** A QR code: its side in modules with the white border, and the dark modules as a path of horizontal bars. */
export interface QrPath {
  readonly side: number;
  readonly path: string;
}

/** Returns the QR code of a text; null for a text that is too long for one. */
export function qrPath(text: string): QrPath | null {
  if (new TextEncoder().encode(text).length > MOST_QR_BYTES) return null;
  const { data } = encode(text, { ecc: 'L', boostEcc: true, border: QUIET });
  const path = data.flatMap((row, y) =>
    barsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return { side: data.length, path: path.join('') };
}

/** Returns the runs of dark modules of a row, as the first module and the number of modules. */
function barsOf(row: readonly boolean[]): readonly (readonly [x: number, length: number])[] {
  return row.flatMap((dark, x) => {
    if (!dark || row[x - 1] === true) return [];
    const end = row.indexOf(false, x);
    return [[x, (end < 0 ? row.length : end) - x] as const];
  });
}
