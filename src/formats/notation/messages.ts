// The phrases of problems: expected and found.

import { nearest } from './nearest.ts';

/** The most choices that a message lists. */
const NAMED = 6;
/** The most characters of a quoted text. */
const SHOWN = 40;

/** Returns the choices as a phrase, such as `mask, unmask or trigger`. */
export function listed(choices: readonly string[]): string {
  const last = choices.at(-1) ?? '';
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

/** Returns `what` with the nearest word, or with all words if they are few. */
export function choice(what: string, words: readonly string[], typed: string | undefined): string {
  const meant = typed === undefined ? undefined : nearest(typed, words);
  if (meant !== undefined) return `${what} (did you mean "${meant}"?)`;
  return words.length <= NAMED ? `${what} (${listed(words.map(quoted))})` : what;
}

/** Returns the text in quotes, escaped and shortened. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
