// The effects of a page: functions that act after each change of its store, in this order. Parts that are fetched later (the
// address, lessons, long scripts) add theirs when they are loaded.

import type { App, Effect } from '../store/app.ts';
import { followChanges } from '../store/changes.ts';
import { addCommands } from '../store/commands.ts';
import { followCursor } from '../store/compose.ts';
import { followLines } from '../store/editing.ts';
import { offerOpening } from '../store/opening.ts';
import { COMMANDS } from './commands/table.ts';

/** Gives keys, buttons and the palette their commands. */
function offerCommands(app: App): void {
  addCommands(app, COMMANDS);
}

/** Lets every part of the page open files. The readers are loaded on demand, because most visits open no file. */
function offerFiles(app: App): void {
  const readers = () => import('./opening/openFile.ts');
  offerOpening(app, {
    openFile: async (page, file) => (await readers()).openFile(page, file),
    prepare: async (page) => (await readers()).prepare(page),
  });
}

/** The effects of a page with the lab. */
export const EFFECTS: readonly Effect[] = [
  offerCommands,
  offerFiles,
  followLines,
  followCursor,
  followChanges,
];
