// Commands that choose the kernel and open a file; commands/rare.ts has those without a key.

import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { chooseGeneration } from '../../../session/edits.ts';
import { currentSession } from '../../../session/history.ts';
import { chooseFile } from '../../services/chooseFile.ts';
import type { App } from '../../store/app.ts';
import type { Command } from '../../store/commands.ts';
import { edit, labSlice } from '../../store/lab.ts';
import { openFile, prepareToOpen } from '../../store/opening.ts';

const section = 'Kernel and device' as const;

/** Kernels with a key, and the file chooser. */
export const KERNELS: readonly Command[] = [
  ...GENERATIONS.map(({ id, label }, at) => ({
    id: `generation.${id}`,
    section,
    title: `Run under ${label}`,
    keys: [`Digit${at + 1}`],
    enabled: (app: App) => currentSession(app.get(labSlice).history).generation !== id,
    run: (app: App) => edit(app, `run under ${label}`, (now) => chooseGeneration(now, id)),
  })),
  { id: 'recording.file', section, title: 'Open a file', keys: ['KeyO'], run: openChosen },
];

function openChosen(app: App): void {
  prepareToOpen(app);
  chooseFile('', (file) => void openFile(app, file));
}
