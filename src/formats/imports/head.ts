// The lines from the beginning of a text by which its format is known.

import { LINE_BREAK } from '../../session/script.ts';

/** So many lines are looked at. */
const LINES = 400;

/** The first lines; one that may be cut off by the end of `text` does not count unless it is the only one. */
export function headLines(text: string, isWhole: boolean): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split(LINE_BREAK);
  if (!isWhole && lines.length > 1) lines.pop();
  return lines.slice(0, LINES);
}
