// The open place of the documentation sheet; places.ts has its address.

import type { DocPlace } from '../../views/docs/citations.ts';
import { type App, slice } from './app.ts';
import { showOverlay } from './overlay.ts';

/** The place that the sheet shows. A new object for every request, so that asking twice scrolls twice. */
export const docsSlice = slice<{ readonly place: DocPlace }>(() => ({
  place: { doc: 'README', section: null },
}));

/** Opens the documentation at a section. */
export function openDocs(app: App, place: DocPlace): void {
  app.set(docsSlice, { place: { ...place } });
  showOverlay(app, 'docs');
}
