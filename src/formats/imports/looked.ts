// Makes both readings of a text see the same lines: a reader gets an empty line for one with control characters (run.ts).

import { binaryColumn } from './content.ts';

/** Returns a function that turns each line of the first reading, in order, into the line that the reader gets. */
export function lookedLines(): (text: string) => string {
  let isFirst = true;
  return (text) => {
    const bare = isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
    isFirst = false;
    return binaryColumn(bare) === 0 ? bare : '';
  };
}
