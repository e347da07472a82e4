// The export that a view asks for. It is apart from the dialogs (overlay.ts) because the first page does not need it.

import { type App, local } from './app.ts';
import { showOverlay } from './overlay.ts';

interface Asked {
  kind: string | null;
}

const asked = local<Asked>(() => ({ kind: null }));

/** Opens the export dialog at one of its kinds (features/export/takeAway.ts). */
export function openExport(app: App, kind: string): void {
  app.local(asked).kind = kind;
  showOverlay(app, 'takeAway');
}

/** Returns the kind that a view asked for, or null. */
export function askedExport(app: App): string | null {
  return app.local(asked).kind;
}

/** Forgets the kind, so that the dialog begins at its first one the next time. */
export function forgetExport(app: App): void {
  app.local(asked).kind = null;
}
