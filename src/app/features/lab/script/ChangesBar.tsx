// The number of results changed by the last edit, with buttons to go to the next one and to dismiss the bar.

import { changesSentence } from '../../../../views/script/changes.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { changesSlice, dismissChanges } from '../../../store/changes.ts';
import { lookAt, useSession } from '../../../store/lab.ts';

/** The bar, while a result has changed. */
export function ChangesBar() {
  const app = useApp();
  const { changes } = useSlice(changesSlice);
  const { cursor } = useSession();
  const sentence = changes === null ? null : changesSentence(changes);
  if (changes === null || sentence === null) return null;
  const next = nextLine(changes.results.keys(), cursor.line);
  return (
    <div className="changes-bar">
      <span>{sentence}</span>
      <button type="button" onClick={() => lookAt(app, { line: next, step: null })}>
        Go to line {next}
      </button>
      <button type="button" onClick={() => dismissChanges(app)}>
        Dismiss
      </button>
    </div>
  );
}

/** Returns the first of the ascending `lines` after `line`, or the first of all. */
function nextLine(lines: Iterable<number>, line: number): number {
  let first = 0;
  for (const one of lines) {
    if (one > line) return one;
    if (first === 0) first = one;
  }
  return first;
}
