// The dialog over the page.

import { type App, local, slice } from './app.ts';

/** The open dialog; null while no dialog is open. */
export type Overlay =
  | 'palette'
  | 'start'
  | 'tour'
  | 'help'
  | 'keys'
  | 'glossary'
  | 'takeAway'
  | 'trust'
  | 'docs'
  | 'embed'
  | 'import'
  | 'patch'
  | 'whatIf'
  | 'review'
  | null;

/** The slice. */
export const overlaySlice = slice<{ readonly overlay: Overlay }>(() => ({ overlay: null }));

/** True while a dialog keeps the keys from the page; the tour is a card beside the panes and does not. */
export function isModal(app: App): boolean {
  const { overlay } = app.get(overlaySlice);
  return overlay !== null && overlay !== 'tour';
}

/** Opens a dialog in place of the open one; null closes it. */
export function showOverlay(app: App, overlay: Overlay): void {
  const my = app.local(held);
  my.typed = '';
  app.set(overlaySlice, { overlay });
}

/** The values of an app that no pane shows. */
interface Held {
  /** Keys pressed while the palette is fetched; a line break is Enter. */
  typed: string;
}

const held = local<Held>(() => ({
  typed: '',
}));

/** Keeps a key that is pressed while the palette is fetched. */
export function keepTyped(app: App, event: KeyboardEvent): void {
  const my = app.local(held);
  const { key, ctrlKey, metaKey, altKey } = event;
  if (app.get(overlaySlice).overlay !== 'palette' || ctrlKey || metaKey || altKey) return;
  if (key === 'Escape') showOverlay(app, null);
  else if (key === 'Backspace') my.typed = my.typed.slice(0, -1);
  else if (key === 'Enter') my.typed += '\n';
  else if (key.length === 1) my.typed += key;
  else return;
  event.preventDefault();
}

/** Returns the kept keys and forgets them. */
export function takeTyped(app: App): string {
  const my = app.local(held);
  const taken = my.typed;
  my.typed = '';
  return taken;
}
