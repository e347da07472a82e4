// Reads the tokens of one line from left to right. After the first problem the reader refuses all tokens and returns
// placeholders, so that the grammar needs no check after each step. The reader also keeps the tokens that it accepts at
// the end of the line; completion offers them.

import type { Problem } from '../../base/result.ts';
import { choice, listed, quoted } from './messages.ts';
import { integerOf, looksNumeric, type NumberSort, shortDecimal, sortText } from './numbers.ts';
import { isSign, type Scanned, type Token } from './scan.ts';
import { CLOSE_LIST, FAULTS, OPEN_LIST, type SettingWord, type Word } from './words.ts';

/** A token that the reader accepts at the end of the line. */
export type Want =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'number'; readonly sort: NumberSort }
  | { readonly kind: 'settings'; readonly words: readonly SettingWord[] }
  | { readonly kind: 'model' }
  | { readonly kind: 'fault' }
  | { readonly kind: 'function' };

/** The settings of a line, by keyword. The token is the value; it is empty for a setting without a value. */
export type Settings = ReadonlyMap<string, Token>;

/** A reader of one line. */
export class Reader {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #line: number;
  #next = 0;
  #problem: Problem | null = null;
  #wants: Want[] = [];
  /** Optional words that would be accepted as the next token. */
  #tried: string[] = [];

  /** Reads the tokens of line `line` of a text, counted from 1. */
  constructor({ tokens, end }: Pick<Scanned, 'tokens' | 'end'>, line: number) {
    this.#tokens = tokens;
    this.#end = end;
    this.#line = line;
  }

  /** The first problem, or null. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** The tokens that are accepted at the end of the line. */
  get wants(): readonly Want[] {
    return this.#wants;
  }

  /** Reports that `expected` is accepted instead of `token`, or instead of the end of the line. Only the first call counts. */
  refuse(expected: string, token: Token | undefined): void {
    this.#problem ??= {
      at: { line: this.#line, column: (token?.at ?? this.#end) + 1 },
      expected,
      found: token === undefined ? 'the end of the line' : quoted(token.text),
    };
  }

  /** Takes `word` if it is the next token. */
  take({ word, about }: Word): boolean {
    const token = this.#peek({ kind: 'words', words: [{ word, about }] });
    if (token?.text === word) return this.#advance();
    this.#tried.push(word);
    return false;
  }

  /** True if the next token is a number, valid or not. */
  atNumber(): boolean {
    const token = this.#problem === null ? this.#tokens[this.#next] : undefined;
    return token !== undefined && looksNumeric(token.text);
  }

  /** True if the next token is a word. `want` is the accepted word. */
  atWord(want: Want): boolean {
    const token = this.#peek(want);
    return token !== undefined && !isSign(token);
  }

  /** Reports that `expected` is missing. */
  missing(expected: string): void {
    this.refuse(expected, this.#tokens[this.#next]);
  }

  /** Takes one of the words; `what` is their common name. Returns undefined after a problem. */
  oneOf<W extends Word>(what: string, words: readonly W[]): W | undefined {
    const token = this.#peek({ kind: 'words', words });
    const found = words.find(({ word }) => word === token?.text);
    if (found === undefined) this.refuse(choice(what, namesOf(words), token?.text), token);
    else this.#advance();
    return found;
  }

  /** Takes any word; reports a problem and returns undefined if the next token is not a word. */
  word(want: Want, expected: string): Token | undefined {
    const token = this.#peek(want);
    if (token !== undefined && !isSign(token)) {
      this.#advance();
      return token;
    }
    this.refuse(expected, token);
    return undefined;
  }

  /** Takes a number. */
  bigint(sort: NumberSort): bigint {
    const token = this.#peek({ kind: 'number', sort });
    const value = token === undefined ? null : integerOf(token.text, sort);
    if (value === null) this.refuse(sortText(sort), token);
    else this.#advance();
    return value ?? 0n;
  }

  /** Takes a number that fits a JavaScript number. */
  number(sort: NumberSort): number {
    // most numbers are short decimals
    const token = this.#problem === null ? this.#tokens[this.#next] : undefined;
    const short = token === undefined ? null : shortDecimal(token.text);
    if (short === null || short < sort.min || short > sort.max) return Number(this.bigint(sort));
    this.#advance();
    return short;
  }

  /** Returns the number in the value of a setting. */
  numberIn(token: Token, sort: NumberSort): number {
    const value = integerOf(token.text, sort);
    if (value === null) this.refuse(sortText(sort), token);
    return Number(value ?? 0n);
  }

  /** Takes a list in brackets, such as `[100 -1]`. */
  list(sort: NumberSort): readonly number[] {
    const values: number[] = [];
    this.oneOf('a list', [OPEN_LIST]);
    while (this.#problem === null && !this.#atEndOfList(sort)) values.push(this.number(sort));
    return values;
  }

  #atEndOfList(sort: NumberSort): boolean {
    if (this.take(CLOSE_LIST)) return true;
    if (this.#next === this.#tokens.length) {
      this.#wants.push({ kind: 'number', sort });
      this.refuse(`${sortText(sort)} or "]"`, undefined);
    }
    return false;
  }

  /** Takes settings in any order, up to the faults or the end of the line. */
  settings(what: string, words: readonly SettingWord[]): Settings {
    const settings = new Map<string, Token>();
    const used = new Set<string>();
    for (;;) {
      const left = words.filter((word) => !used.has(word.group ?? word.word));
      const token = this.#peek({ kind: 'settings', words: left });
      if (token === undefined || token.text === FAULTS.word) return settings;
      const key = /^[^=]*=?/.exec(token.text)?.[0] ?? '';
      const found = left.find(({ word }) => word === key);
      if (found === undefined) {
        const again = words.some(({ word }) => word === key);
        const common = left.filter(({ rare }) => rare !== true);
        this.refuse(again ? `${what} that is not set yet` : choice(what, namesOf(common), key), token);
        return settings;
      }
      used.add(found.group ?? found.word);
      settings.set(found.word, { text: token.text.slice(key.length), at: token.at + key.length });
      this.#advance();
    }
  }

  /** Reports a problem unless all tokens are read. */
  finish(): void {
    const token = this.#tokens[this.#next];
    if (token === undefined) return;
    this.refuse(listed([...this.#tried.map(quoted), 'the end of the line']), token);
  }

  /** Returns the next token, or undefined after a problem. At the end of the line it keeps `want`. */
  #peek(want: Want): Token | undefined {
    if (this.#problem !== null) return undefined;
    const token = this.#tokens[this.#next];
    if (token === undefined) this.#wants.push(want);
    return token;
  }

  #advance(): true {
    this.#next++;
    this.#tried = [];
    return true;
  }
}

function namesOf(words: readonly Word[]): readonly string[] {
  return words.map(({ word }) => word);
}
