// A hunk as text, and as the quotation of a reply.

import type { Hunk, PatchLine } from './patch.ts';

const SIGNS: Readonly<Record<PatchLine['kind'], string>> = { context: ' ', added: '+', removed: '-' };

/** Returns the lines of a hunk as a diff has them, with the head. */
export function hunkLines(hunk: Hunk): readonly string[] {
  const { oldStart, oldCount, newStart, newCount, section, lines } = hunk;
  return [
    `@@ -${oldStart},${oldCount} +${newStart},${newCount} @@${section === '' ? '' : ` ${section}`}`,
    ...lines.map(({ kind, text }) => `${SIGNS[kind]}${text}`),
  ];
}

/** Returns hunks as a reply quotes them: each line behind “> ”. */
export function quotedHunks(hunks: readonly Hunk[]): string {
  return hunks
    .flatMap(hunkLines)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
