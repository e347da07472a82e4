// Completions at the caret of a composed question.

import { type Atom, namesOf } from '../../explore/atoms.ts';
import { COUNT_IDS, COUNTS, isCount, SIGNS } from '../../explore/counts.ts';
import { NAMED_ATOMS, tokensOf } from '../../explore/predicateText.ts';

/** A completion, and the part of the text that it replaces. */
export interface PredicateCompletion {
  readonly text: string;
  readonly detail: string;
  /** UTF-16 offsets. */
  readonly from: number;
  readonly to: number;
}

interface Word {
  readonly text: string;
  readonly detail: string;
}

const WHAT: Readonly<Record<string, string>> = {
  not: 'negates the next predicate',
  '(': 'opens a group',
  ')': 'closes the group',
  and: 'both are true',
  or: 'at least one is true',
  'a.': 'the first of two kernels',
  'b.': 'the kernel that it is compared with',
};

/** What the language allows at a place; `argument` and `close` belong to an atom. */
type Place =
  | { readonly expects: 'predicate' | 'operator' | 'sign' | 'term' }
  | { readonly expects: 'argument'; readonly atom: Atom; readonly bracket: boolean }
  | { readonly expects: 'close' };

/** Returns the words that fit at the caret, with those that begin with the typed letters first. */
export function completePredicate(text: string, caret: number): readonly PredicateCompletion[] {
  const before = text.slice(0, caret);
  const typed = /(?:[^\s()<>=!]+|[<>=!]+)$/.exec(before)?.[0] ?? '';
  const from = caret - typed.length;
  const rest = /^[^\s()<>=!]*/.exec(text.slice(caret))?.[0] ?? '';
  return wordsAfter(before.slice(0, from), typed)
    .filter(({ text: word }) => word.includes(typed))
    .sort((a, b) => rank(a.text, typed) - rank(b.text, typed))
    .map((word) => ({ ...word, from, to: caret + rest.length }));
}

function rank(word: string, typed: string): number {
  return word.startsWith(typed) ? 0 : 1;
}

/** Returns the words that the language allows after a text of whole words; `typed` can begin with a kernel. */
function wordsAfter(text: string, typed: string): readonly Word[] {
  const tokens = tokensOf(text).map((token) => token.text);
  const { place, open } = placeAfter(tokens);
  const own = /^[ab]\./.exec(typed)?.[0];
  const kernels = tokens.some((token) => /^[ab]\./.test(token));
  switch (place.expects) {
    case 'argument':
      return argumentWords(place.atom, place.bracket);
    case 'close':
      return signs(')');
    case 'operator':
      return signs('and', 'or', ...(open > 0 ? [')'] : []));
    case 'sign':
      return SIGNS.map((sign) => ({ text: sign, detail: 'compares two counts, or a count with a number' }));
    case 'term':
      return [...numbers(), ...(own === undefined && kernels ? signs('a.', 'b.') : counts(own ?? '', ''))];
    case 'predicate':
      if (own === undefined && kernels) return signs('a.', 'b.', 'not', '(');
      return [
        ...NAMED_ATOMS.map(({ id, about, arg }) => ({
          text: `${own ?? ''}${id}${arg === 'none' ? '' : '('}`,
          detail: about,
        })),
        ...counts(own ?? '', ' >'),
        ...(own === undefined ? signs('not', '(', 'a.', 'b.') : []),
      ];
  }
}

function signs(...words: readonly string[]): readonly Word[] {
  return words.map((text) => ({ text, detail: WHAT[text] ?? '' }));
}

function numbers(): readonly Word[] {
  return ['0', '1', '2'].map((text) => ({ text, detail: 'a number' }));
}

function counts(kernel: string, behind: string): readonly Word[] {
  return COUNT_IDS.map((id) => ({ text: `${kernel}${id}${behind}`, detail: `the number of ${COUNTS[id]}` }));
}

function argumentWords({ id, about, arg }: Atom, bracket: boolean): readonly Word[] {
  const names = namesOf(arg) ?? ['0', '1', '2'];
  const values = names.map((name) => ({
    text: bracket ? `${name})` : name,
    detail: about.replace('…', name),
  }));
  const compared = !bracket && isCount(id);
  return compared
    ? [...values, ...SIGNS.map((text) => ({ text, detail: `compares the number of ${COUNTS[id]}` }))]
    : values;
}

/** Returns the place after whole words, and the number of open groups. */
function placeAfter(tokens: readonly string[]): { readonly place: Place; readonly open: number } {
  let place: Place = { expects: 'predicate' };
  let open = 0;
  for (const token of tokens) {
    if (place.expects === 'predicate' && token === '(') open++;
    if (place.expects === 'operator' && token === ')') open--;
    place = nextPlace(place, token);
  }
  return { place, open };
}

function nextPlace(place: Place, token: string): Place {
  switch (place.expects) {
    case 'predicate':
      return token === '(' || token === 'not' ? place : afterName(token);
    case 'argument':
      if (token === '(') return { ...place, bracket: true };
      if (isSign(token)) return { expects: 'term' };
      return { expects: place.bracket ? 'close' : 'operator' };
    case 'sign':
      return { expects: 'term' };
    case 'operator':
      return token === ')' ? place : { expects: 'predicate' };
    default:
      return { expects: 'operator' };
  }
}

function isSign(token: string): boolean {
  return SIGNS.some((sign) => sign === token);
}

function afterName(token: string): Place {
  if (/^\d+$/.test(token)) return { expects: 'sign' };
  const name = token.replace(/^[ab]\./, '');
  const atom = NAMED_ATOMS.find(({ id }) => id === name);
  if (atom !== undefined && atom.arg !== 'none') return { expects: 'argument', atom, bracket: false };
  return { expects: atom === undefined && isCount(name) ? 'sign' : 'operator' };
}
