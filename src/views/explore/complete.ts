// Completions at the caret of a composed question.

import { ATOMS, namesOf } from '../../explore/atoms.ts';

/** A completion, and the part of the text that it replaces. */
export interface PredicateCompletion {
  readonly text: string;
  readonly detail: string;
  /** UTF-16 offsets. */
  readonly from: number;
  readonly to: number;
}

const WHAT: Readonly<Record<string, string>> = {
  not: 'negates the next predicate',
  '(': 'opens a group',
  ')': 'closes the group',
  and: 'both are true',
  or: 'at least one is true',
};

/** Returns the words that fit at the caret, with those that begin with the typed letters first. */
export function completePredicate(text: string, caret: number): readonly PredicateCompletion[] {
  const before = text.slice(0, caret);
  const typed = /[^\s()]*$/.exec(before)?.[0] ?? '';
  const from = caret - typed.length;
  const rest = /^[^\s()]*/.exec(text.slice(caret))?.[0] ?? '';
  return wordsAfter(before.slice(0, from))
    .filter(({ text: word }) => word.includes(typed))
    .sort((a, b) => rank(a.text, typed) - rank(b.text, typed))
    .map((word) => ({ ...word, from, to: caret + rest.length }));
}

function rank(word: string, typed: string): number {
  return word.startsWith(typed) ? 0 : 1;
}

interface Word {
  readonly text: string;
  readonly detail: string;
}

/** Returns the words that the language allows after a text of whole words. */
function wordsAfter(text: string): readonly Word[] {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let open = 0;
  let expects: 'predicate' | 'operator' | (typeof ATOMS)[number] = 'predicate';
  for (const token of tokens) {
    if (typeof expects === 'object') {
      expects = 'operator';
    } else if (expects === 'operator') {
      if (token === ')') open--;
      else expects = 'predicate';
    } else if (token === '(') {
      open++;
    } else if (token !== 'not') {
      const atom = ATOMS.find(({ id }) => id === token);
      expects = atom === undefined || atom.arg === 'none' ? 'operator' : atom;
    }
  }
  if (typeof expects === 'object') {
    const { about, arg } = expects;
    const names = namesOf(arg) ?? ['0', '1', '2'];
    return names.map((name) => ({ text: name, detail: about.replace('…', name) }));
  }
  const words = expects === 'predicate' ? ['not', '('] : ['and', 'or', ...(open > 0 ? [')'] : [])];
  const signs = words.map((word) => ({ text: word, detail: WHAT[word] ?? '' }));
  if (expects === 'operator') return signs;
  return [...ATOMS.map(({ id, about }) => ({ text: id, detail: about })), ...signs];
}
