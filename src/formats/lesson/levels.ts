// The levels of difficulty of a lesson, the easiest first, with their words.

/** The levels. */
export const LEVELS = [
  { id: 'first', word: 'First steps' },
  { id: 'middle', word: 'Intermediate' },
  { id: 'deep', word: 'Advanced' },
] as const;

/** The id of a level. */
export type LevelId = (typeof LEVELS)[number]['id'];
