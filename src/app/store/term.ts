// The explained word, and its button.

import { type App, slice } from './app.ts';
import { showOverlay } from './overlay.ts';

/** A word, and the button that was pressed for its explanation. */
export interface Asked {
  readonly word: string;
  readonly from: HTMLElement;
}

/** The explained word, or null. */
export const termSlice = slice<{ readonly asked: Asked | null }>(() => ({ asked: null }));

/** Explains a word beside its button; null closes the explanation. */
export function explain(app: App, asked: Asked | null): void {
  app.set(termSlice, { asked });
}

/** The text of the glossary's search field. */
export const glossarySlice = slice<{ readonly query: string }>(() => ({ query: '' }));

/** Opens the glossary with a search text; an empty text shows every term. */
export function openGlossary(app: App, query: string): void {
  explain(app, null);
  app.set(glossarySlice, { query });
  showOverlay(app, 'glossary');
}
