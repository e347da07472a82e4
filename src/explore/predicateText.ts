// The text language of predicates. A text is parsed, never evaluated as code.
//
//   predicate   one or more terms joined by `and`, which binds tighter than `or`; `not` before a term; brackets
//   term        an atom with its argument: `fails`, `errno(EBADF)` or `errno EBADF`, `freed(1)` or `freed 1`
//               a comparison of counts and numbers: `allocated > attached`, `allocated = 2`
//   two kernels every atom and count names its kernel: `a.freed(1) and not b.freed(1)`, `a.allocated > b.allocated`

import { failed, ok, type Result } from '../base/result.ts';
import { ATOMS, type Atom, COUNTS_ATOM, namesOf } from './atoms.ts';
import {
  COUNT_IDS,
  comparisonText,
  isCount,
  type KernelName,
  SIGNS,
  type Sign,
  type Term,
} from './counts.ts';
import { kernelsIn, type Predicate } from './predicate.ts';

/** Returns the predicate as text that parses to it. */
export function predicateText(predicate: Predicate): string {
  if ('is' in predicate) return atomText(predicate);
  if ('not' in predicate) return `not ${inBrackets(predicate.not)}`;
  const [parts, word] = 'all' in predicate ? [predicate.all, 'and'] : [predicate.any, 'or'];
  return parts.map(inBrackets).join(` ${word} `);
}

function atomText({ is, arg, kernel }: Extract<Predicate, { readonly is: string }>): string {
  if (typeof arg === 'object') return comparisonText(arg);
  const name = kernel === undefined ? is : `${kernel}.${is}`;
  return arg === undefined ? name : `${name}(${arg})`;
}

function inBrackets(predicate: Predicate): string {
  return 'is' in predicate || 'not' in predicate ? predicateText(predicate) : `(${predicateText(predicate)})`;
}

/** A word or sign of a text. */
export interface Token {
  readonly text: string;
  /** Counts from 1. */
  readonly column: number;
}

/** Returns the words and signs of a text. */
export function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(/<=|>=|!=|[()<>=!]|[^\s()<>=!]+/g)].map((match) => ({
    text: match[0],
    column: match.index + 1,
  }));
}

/** A syntax error; `parsePredicate` catches it. */
class Misread extends Error {
  readonly expected: string;
  readonly token: Token;
  constructor(expected: string, token: Token) {
    super(expected);
    this.expected = expected;
    this.token = token;
  }
}

/** The atoms that a text names; comparisons have no name. */
export const NAMED_ATOMS: readonly Atom[] = ATOMS.filter(({ id }) => id !== COUNTS_ATOM);

/** Parses a predicate about one kernel; a problem names the column. */
export function parsePredicate(text: string): Result<Predicate> {
  return new Reader(text, 1).read();
}

/** Parses a predicate about one kernel or about two, which names a kernel before every atom and count. */
export function parseComposed(text: string): Result<Predicate> {
  return new Reader(text, 2).read();
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  /** Largest number of kernels. */
  readonly #most: 1 | 2;
  #at = 0;
  /** The first atom or count that names a kernel, and the first one that names none. */
  #named: Token | null = null;
  #unnamed: Token | null = null;

  constructor(text: string, most: 1 | 2) {
    this.#tokens = tokensOf(text);
    this.#end = { text: 'the end', column: text.length + 1 };
    this.#most = most;
  }

  read(): Result<Predicate> {
    try {
      const predicate = this.#any(0);
      if (this.#at < this.#tokens.length) throw new Misread('“and”, “or” or the end', this.#peek());
      if (this.#unnamed !== null && kernelsIn(predicate) === 2) {
        const { text } = this.#unnamed;
        throw new Misread(
          `a.${text} or b.${text}, because ${this.#named?.text} names a kernel`,
          this.#unnamed,
        );
      }
      return ok(predicate);
    } catch (error) {
      if (!(error instanceof Misread)) throw error;
      const { expected, token } = error;
      return failed({ at: { column: token.column }, expected, found: token.text });
    }
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? this.#end;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  /** Takes the next token if it is that word. */
  #takes(word: string): boolean {
    if (this.#at >= this.#tokens.length || this.#peek().text !== word) return false;
    this.#at++;
    return true;
  }

  #any(depth: number): Predicate {
    return this.#series(
      'or',
      () => this.#all(depth),
      (any) => ({ any }),
    );
  }

  #all(depth: number): Predicate {
    return this.#series(
      'and',
      () => this.#one(depth),
      (all) => ({ all }),
    );
  }

  #series(word: string, part: () => Predicate, join: (parts: readonly Predicate[]) => Predicate): Predicate {
    const first = part();
    const parts = [first];
    while (this.#takes(word)) parts.push(part());
    return parts.length === 1 ? first : join(parts);
  }

  #one(depth: number): Predicate {
    if (depth > 100) throw new Misread('at most 100 nested brackets and nots', this.#peek());
    if (this.#takes('not')) return { not: this.#one(depth + 1) };
    if (this.#takes('(')) {
      const inside = this.#any(depth + 1);
      if (!this.#takes(')')) throw new Misread('“)”, “and” or “or”', this.#peek());
      return inside;
    }
    const token = this.#take();
    if (/^\d+$/.test(token.text)) return this.#comparison(numberOf(token));
    const { kernel, word } = this.#kernelOf(token);
    const sign = SIGNS.some((known) => known === this.#peek().text);
    if (isCount(word.text) && sign) return this.#comparison(counted(word.text, kernel));
    const atom = NAMED_ATOMS.find(({ id }) => id === word.text);
    if (atom === undefined) {
      if (isCount(word.text)) throw new Misread(`a comparison, as in ${word.text} = 2`, this.#peek());
      throw new Misread(`a predicate: ${NAMES.join(', ')}`, word);
    }
    const is = { is: atom.id, ...(kernel === undefined ? {} : { kernel }) };
    return atom.arg === 'none' ? is : { ...is, arg: this.#argument(atom) };
  }

  /** Splits the kernel off a name, and remembers the first name with a kernel and the first one without. */
  #kernelOf(token: Token): { readonly kernel: KernelName | undefined; readonly word: Token } {
    const [, kernel, rest = ''] = /^([ab])\.(.*)$/.exec(token.text) ?? [];
    if (kernel === undefined) {
      this.#unnamed ??= token;
      return { kernel: undefined, word: token };
    }
    if (this.#most === 1) throw new Misread('a predicate about one kernel, without a. and b.', token);
    this.#named ??= token;
    return {
      kernel: kernel === 'a' ? 'a' : 'b',
      word: rest === '' ? this.#peek() : { text: rest, column: token.column + 2 },
    };
  }

  #comparison(left: Term): Predicate {
    const token = this.#take();
    const sign = SIGNS.find((known): known is Sign => known === token.text);
    if (sign === undefined) throw new Misread(`one of ${SIGNS.join(' ')}`, token);
    const end = this.#take();
    if (/^\d+$/.test(end.text)) {
      if (typeof left === 'number') throw new Misread(`a count: ${COUNT_IDS.join(', ')}`, end);
      return { is: COUNTS_ATOM, arg: { left, sign, right: numberOf(end) } };
    }
    const { kernel, word } = this.#kernelOf(end);
    if (!isCount(word.text)) throw new Misread(`a number or a count: ${COUNT_IDS.join(', ')}`, word);
    return { is: COUNTS_ATOM, arg: { left, sign, right: counted(word.text, kernel) } };
  }

  #argument(atom: Atom): string | number {
    const bracket = this.#takes('(');
    const token = this.#take();
    const value = argument(atom, token);
    if (bracket && !this.#takes(')')) throw new Misread(`“)” after ${atom.id}(${value}`, this.#peek());
    return value;
  }
}

const NAMES = [
  ...NAMED_ATOMS.map(({ id }) => id),
  ...COUNT_IDS.filter((id) => !NAMED_ATOMS.some((atom) => atom.id === id)),
];

function counted(count: Extract<Term, object>['count'], kernel: KernelName | undefined): Term {
  return kernel === undefined ? { count } : { count, kernel };
}

function numberOf(token: Token): number {
  if (token.text.length > 4) throw new Misread('a number from 0 to 9999', token);
  return Number(token.text);
}

function argument(atom: Atom, token: Token): string | number {
  const names = namesOf(atom.arg);
  if (names !== null) {
    if (!names.includes(token.text))
      throw new Misread(`the name of a known ${atom.arg} after ${atom.id}`, token);
    return token.text;
  }
  if (/^\d{1,4}$/.test(token.text)) return Number(token.text);
  const other = isCount(atom.id) ? `, or a comparison, as in ${atom.id} = 2` : '';
  throw new Misread(`a number from 0 to 9999 after ${atom.id}, as in ${atom.id}(1)${other}`, token);
}
