// The word that is being explained, and the button that asked.

import { create } from 'zustand';
import { showOverlay } from './overlay.ts';

/** A word, and the button that asks. */
export interface Asked {
  readonly word: string;
  readonly from: HTMLElement;
}

/** What is being explained, or null. */
export const useTerm = create<{ readonly asked: Asked | null }>()(() => ({ asked: null }));

/** Explains a word beside its button, or puts the explanation away. */
export function explain(asked: Asked | null): void {
  useTerm.setState({ asked });
}

/** What the glossary is opened with: the word that its search field then holds. */
export const useGlossary = create<{ readonly query: string }>()(() => ({ query: '' }));

/** Opens the glossary at what a query finds; an empty one finds everything. */
export function openGlossary(query: string): void {
  explain(null);
  useGlossary.setState({ query });
  showOverlay('glossary');
}
