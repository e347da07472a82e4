// Copies lines of the script.

import { printScript } from '../../../../formats/notation/print.ts';
import { currentSession } from '../../../../session/history.ts';
import type { App } from '../../../store/app.ts';
import { labSlice, showProblem } from '../../../store/lab.ts';
import { rangeOf, rangeText, selectionSlice } from './selection.ts';

/** Copies the selected lines as notation, which every script field of the page reads. */
export async function copyLines(app: App): Promise<void> {
  const { script, cursor } = currentSession(app.get(labSlice).history);
  if (cursor.line === 0) return;
  const range = rangeOf(app.get(selectionSlice).anchor, cursor.line);
  const lines = script.slice(range.first - 1, range.last);
  if (await app.services.copyText(printScript({ device: null, lines })))
    app.set(labSlice, { announcement: `Copied ${rangeText(range)} as notation.` });
  else
    showProblem(app, {
      title: 'The browser blocks copying.',
      details: ['“Notation…” shows the script as text, which can be selected.'],
    });
}
