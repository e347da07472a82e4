// How much the last edit changed downstream, the way to the next of it, and the way to be rid of it.

import { changesSentence } from '../../../views/script/changes.ts';
import { dismissChanges, useChanges } from '../../state/changes.ts';
import { lookAt, useSession } from '../../state/lab.ts';

/** The bar, while a result has changed. */
export function ChangesBar() {
  const { changes } = useChanges();
  const { cursor } = useSession();
  const sentence = changes === null ? null : changesSentence(changes);
  if (changes === null || sentence === null) return null;
  const next = nextLine(changes.results.keys(), cursor.line);
  return (
    <div className="changes-bar">
      <span>{sentence}</span>
      <button type="button" onClick={() => lookAt({ line: next, step: null })}>
        Go to line {next}
      </button>
      <button type="button" onClick={dismissChanges}>
        Dismiss
      </button>
    </div>
  );
}

/** The first line after `line`, or the first of all. They come in ascending order. */
function nextLine(lines: Iterable<number>, line: number): number {
  let first = 0;
  for (const one of lines) {
    if (one > line) return one;
    if (first === 0) first = one;
  }
  return first;
}
