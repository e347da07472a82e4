// How a problem says what was expected and what was found.

import { nearest } from './nearest.ts';

/** Choices up to here are all named. */
const NAMED = 6;
/** What was found is cut off behind so many characters. */
const SHOWN = 40;

/** The choices as one phrase, for instance `mask, unmask or trigger`. */
export function listed(choices: readonly string[]): string {
  const last = choices.at(-1) ?? '';
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

/** What was expected, with the word that was probably meant, or with all of them when they are few. */
export function choice(what: string, words: readonly string[], typed: string | undefined): string {
  const meant = typed === undefined ? undefined : nearest(typed, words);
  if (meant !== undefined) return `${what} (did you mean "${meant}"?)`;
  return words.length <= NAMED ? `${what} (${listed(words.map(quoted))})` : what;
}

/** Text in quotes: readable whatever it holds, and never long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
