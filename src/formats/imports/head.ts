// The first lines of a text, from which its format is recognised.

import { LINE_BREAK } from '../../session/script.ts';

/** The most lines examined. */
const LINES = 400;

/** Returns the first lines. If `text` is only the beginning, its last line may be cut off and is left out, unless it is the only one. */
export function headLines(text: string, isWhole: boolean): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split(LINE_BREAK);
  if (!isWhole && lines.length > 1) lines.pop();
  return lines.slice(0, LINES);
}
