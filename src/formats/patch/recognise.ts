// Recognises the diff of a source file. The diff of two traces is none: the import reads it (imports/transport/side.ts).

import { isHead, patchText } from './travel.ts';

/** The names of files that a patch of a kernel touches. */
const SOURCE = /\.(?:c|h|S|rs|rst|sh|yaml)\b|(?:^|\/)(?:Kconfig|Makefile|MAINTAINERS)$/;

/** Returns true if a text, or its beginning, contains the diff of a source file. */
export function isPatchText(text: string): boolean {
  const texts = patchText(text).lines.map((line) => line.text);
  return texts.some((head, at) => {
    if (!isHead(head)) return false;
    const next = texts[at + 1] ?? '';
    if (!head.startsWith('--- ') || !next.startsWith('+++ ')) return false;
    return [head, next].some((name) => SOURCE.test(name.slice(4).split('\t')[0]?.trim() ?? ''));
  });
}
