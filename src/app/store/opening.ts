// Opens what a person brings: a chosen, dropped or pasted file or text, a link. The shell knows the kinds
// (shell/opening/openers.ts) and offers its function here, so that every part of the page can open something.

import { type App, local } from './app.ts';

/** What opens files. */
export interface Opening {
  /** Opens a file; it shows the problem of a file that it cannot open. */
  readonly openFile: (app: App, file: File) => Promise<void>;
  /** Fetches the readers and starts their worker. */
  readonly prepare: (app: App) => Promise<void>;
}

const offered = local<{ opening: Opening | null }>(() => ({ opening: null }));

/** Offers what opens files. */
export function offerOpening(app: App, opening: Opening): void {
  app.local(offered).opening = opening;
}

/** Makes the readers ready while a person chooses a file or drags it over the page. */
export function prepareToOpen(app: App): void {
  // a reader that cannot be fetched now is reported when a file is opened
  app
    .local(offered)
    .opening?.prepare(app)
    .catch(() => undefined);
}

/** Opens a chosen or dropped file. */
export async function openFile(app: App, file: File): Promise<void> {
  await app.local(offered).opening?.openFile(app, file);
}

/** Opens a pasted text like a file. */
export function openPasted(app: App, text: string): Promise<void> {
  return openFile(app, new File([text], 'pasted text', { type: 'text/plain' }));
}
