// The text that was opened last, line by line with what became of it: for the bar that says how it was read, and for the
// panel that shows it. It is kept while its script is looked at, so that what could not be read stays in sight.

import { create } from 'zustand';
import type { ImportRow, ImportSummary } from '../../formats/imports/run.ts';
import type { ScriptLine } from '../../session/script.ts';
import { showOverlay, useOverlay } from './overlay.ts';

/** A text that was read. */
export interface Imported {
  readonly file: File;
  /** The format it was read as (formats/imports/registry.ts). */
  readonly format: string;
  readonly label: string;
  /** Why, for instance `line 1 has vfio_msix_enable`; or that a person chose it. */
  readonly reason: string;
  readonly lines: readonly ScriptLine[];
  readonly rows: readonly ImportRow[];
  readonly summary: ImportSummary;
  /** What is wrong with the device that it names, a sentence; empty where nothing is. */
  readonly deviceProblem: string;
  /** Its script is, or was, the session. */
  readonly opened: boolean;
}

/** The store. */
export const useImported = create<{ readonly imported: Imported | null }>()(() => ({ imported: null }));

/** The text of the present session, while another one is shown that is not opened. */
let before: Imported | null = null;

/** Another text was read. */
export function setImported(imported: Imported): void {
  const now = useImported.getState().imported;
  if (now?.opened === true) before = imported.opened ? null : now;
  useImported.setState({ imported });
}

/** Shows the text; one that is not opened then is forgotten with that. */
export function showImported(): void {
  showOverlay('import');
  const stop = useOverlay.subscribe(({ overlay }) => {
    if (overlay === 'import') return;
    stop();
    if (useImported.getState().imported?.opened === true) return;
    useImported.setState({ imported: before });
    before = null;
  });
}

/** Forgets the text. */
export function closeImported(): void {
  useImported.setState({ imported: null });
}
