// The places in the lab where a goal step lets a person act, with their words.

/** The places: the form of an operation, a pane, or the choice of the kernel. */
export const PLACES = [
  { id: 'composer', word: 'the form of the next operation' },
  { id: 'script', word: 'the script' },
  { id: 'wiring', word: 'the wiring' },
  { id: 'timeline', word: 'the timeline' },
  { id: 'kernel', word: 'the choice of the kernel' },
] as const;

/** The id of a place. */
export type PlaceId = (typeof PLACES)[number]['id'];
