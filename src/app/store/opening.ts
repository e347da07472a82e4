// Opens what a person brings: a chosen, dropped or pasted file or text, a link. The shell knows the kinds
// (shell/opening/openers.ts) and offers its function here, so that every part of the page can open something.

import { type App, local } from './app.ts';

/** Opens a file; it shows the problem of a file that it cannot open. */
export type OpenFile = (app: App, file: File) => Promise<void>;

const offered = local<{ openFile: OpenFile | null }>(() => ({ openFile: null }));

/** Offers the function that opens files. */
export function offerOpening(app: App, openFile: OpenFile): void {
  app.local(offered).openFile = openFile;
}

/** Opens a chosen or dropped file. */
export async function openFile(app: App, file: File): Promise<void> {
  await app.local(offered).openFile?.(app, file);
}

/** Opens a pasted text like a file. */
export function openPasted(app: App, text: string): Promise<void> {
  return openFile(app, new File([text], 'pasted text', { type: 'text/plain' }));
}
