// The actions on the current line or the selected lines. Fetched with the first of them.

import type { App } from '../../../store/app.ts';
import { copyLines } from './copyLines.ts';
import { editLines, type LineEdit } from './lineEdits.ts';
import { endSelection, selectBy } from './selecting.ts';

export { dropLines } from './lineEdits.ts';
export { selectTo } from './selecting.ts';

/** The name of an action. */
export type LineAct = LineEdit | 'copy' | 'end' | 'select-up' | 'select-down';

/** Acts on the current line or the selected lines. */
export function act(app: App, id: LineAct): void {
  switch (id) {
    case 'copy':
      void copyLines(app);
      return;
    case 'end':
      endSelection(app);
      return;
    case 'select-up':
      selectBy(app, -1);
      return;
    case 'select-down':
      selectBy(app, 1);
      return;
    default:
      editLines(app, id);
  }
}
