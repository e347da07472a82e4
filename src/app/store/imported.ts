// The last imported text with the outcome of each line, for the import bar and the import panel. It is kept while its script is
// open, so that unreadable lines remain visible.

import type { Choices } from '../../formats/imports/format.ts';
import type { ImportRows } from '../../formats/imports/rows.ts';
import type { ImportSummary } from '../../formats/imports/run.ts';
import type { Travel } from '../../formats/imports/transport/travel.ts';
import type { ScriptLine } from '../../session/script.ts';
import { type App, local, slice } from './app.ts';
import { overlaySlice, showOverlay } from './overlay.ts';

/** An imported text. */
export interface Imported {
  readonly file: File;
  /** The id of its format (formats/imports/registry.ts). */
  readonly format: string;
  readonly label: string;
  /** The reason for the format, such as `line 1 has vfio_msix_enable` or the choice of the person. */
  readonly reason: string;
  /** The choices of the person among the guesses of the reader. */
  readonly choices: Choices;
  /** The ways in which the text travelled. */
  readonly travels: readonly Travel[];
  readonly lines: readonly ScriptLine[];
  readonly rows: ImportRows;
  readonly summary: ImportSummary;
  /** The problem of its device, one sentence; empty without a problem. */
  readonly deviceProblem: string;
  /** True once its script is opened. */
  readonly opened: boolean;
}

/** The slice. */
export const importedSlice = slice<{ readonly imported: Imported | null }>(() => ({
  imported: null,
}));

/** The values of an app that no pane shows. */
interface Held {
  /** The text of the current session, while the panel shows another text. */
  before: Imported | null;
}

const held = local<Held>(() => ({
  before: null,
}));

/** Sets the imported text. */
export function setImported(app: App, imported: Imported): void {
  const my = app.local(held);
  const now = app.get(importedSlice).imported;
  if (now?.opened === true) my.before = imported.opened ? null : now;
  app.set(importedSlice, { imported });
}

/** Shows the panel. Closing it without opening the text restores the previous text. */
export function showImported(app: App): void {
  const my = app.local(held);
  showOverlay(app, 'import');
  const stop = app.on(overlaySlice, ({ overlay }) => {
    if (overlay === 'import') return;
    stop();
    if (app.get(importedSlice).imported?.opened === true) return;
    app.set(importedSlice, { imported: my.before });
    my.before = null;
  });
}

/** Removes the imported text and its bar. */
export function closeImported(app: App): void {
  app.set(importedSlice, { imported: null });
}
