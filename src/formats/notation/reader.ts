// Reads the tokens of one line from left to right. The first thing that is wrong is kept; from then on the reader
// refuses everything and hands out stand-ins, so that the grammar reads straight down without asking after each step.
// What was looked for where the line ends is kept too: that is what completion offers, out of the same grammar.

import type { Problem } from '../../base/result.ts';
import { choice, listed, quoted } from './messages.ts';
import { integerOf, looksNumeric, type NumberSort, sortText } from './numbers.ts';
import { isSign, type Scanned, type Token } from './scan.ts';
import { CLOSE_LIST, FAULTS, OPEN_LIST, type SettingWord, type Word } from './words.ts';

/** What could stand at the end of the line. */
export type Want =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'number'; readonly sort: NumberSort }
  | { readonly kind: 'settings'; readonly words: readonly SettingWord[] }
  | { readonly kind: 'model' }
  | { readonly kind: 'fault' }
  | { readonly kind: 'function' };

/** Settings that stand in a line, by their word; the token is the value, empty for a setting without one. */
export type Settings = ReadonlyMap<string, Token>;

/** A reader of one line. */
export class Reader {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #line: number;
  #next = 0;
  #problem: Problem | null = null;
  #wants: Want[] = [];
  /** Optional words that were looked for at the next token. */
  #tried: string[] = [];

  /** A reader of what was scanned in text line `line`, counted from 1. */
  constructor({ tokens, end }: Pick<Scanned, 'tokens' | 'end'>, line: number) {
    this.#tokens = tokens;
    this.#end = end;
    this.#line = line;
  }

  /** The first thing that was wrong, or null. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** What was looked for at the end of the line. */
  get wants(): readonly Want[] {
    return this.#wants;
  }

  /** Notes that `expected` should stand where `token` does, or where the line ends. Only the first one counts. */
  refuse(expected: string, token: Token | undefined): void {
    this.#problem ??= {
      at: { line: this.#line, column: (token?.at ?? this.#end) + 1 },
      expected,
      found: token === undefined ? 'the end of the line' : quoted(token.text),
    };
  }

  /** Takes `word` if it is next. */
  take({ word, about }: Word): boolean {
    const token = this.#peek({ kind: 'words', words: [{ word, about }] });
    if (token?.text === word) return this.#advance();
    this.#tried.push(word);
    return false;
  }

  /** True if a number, right or wrong, is next. */
  atNumber(): boolean {
    const token = this.#problem === null ? this.#tokens[this.#next] : undefined;
    return token !== undefined && looksNumeric(token.text);
  }

  /** True if a word is next; `want` could be one. */
  atWord(want: Want): boolean {
    const token = this.#peek(want);
    return token !== undefined && !isSign(token);
  }

  /** Notes that `expected` is not there. */
  missing(expected: string): void {
    this.refuse(expected, this.#tokens[this.#next]);
  }

  /** Takes one of some words; `what` names them together. Undefined where something was wrong. */
  oneOf<W extends Word>(what: string, words: readonly W[]): W | undefined {
    const token = this.#peek({ kind: 'words', words });
    const found = words.find(({ word }) => word === token?.text);
    if (found === undefined) this.refuse(choice(what, namesOf(words), token?.text), token);
    else this.#advance();
    return found;
  }

  /** Takes a word that is none of the grammar's; undefined where none is next. */
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

  /** Takes a number that JavaScript can hold. */
  number(sort: NumberSort): number {
    return Number(this.bigint(sort));
  }

  /** The number that a value says which was taken with a setting. */
  numberIn(token: Token, sort: NumberSort): number {
    const value = integerOf(token.text, sort);
    if (value === null) this.refuse(sortText(sort), token);
    return Number(value ?? 0n);
  }

  /** Takes a list in brackets, for instance `[100 -1]`. */
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

  /** Takes settings in any order, up to the end or the faults. */
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
        this.refuse(again ? `${what} that is not there yet` : choice(what, namesOf(common), key), token);
        return settings;
      }
      used.add(found.group ?? found.word);
      settings.set(found.word, { text: token.text.slice(key.length), at: token.at + key.length });
      this.#advance();
    }
  }

  /** Notes a problem unless everything was read. */
  finish(): void {
    const token = this.#tokens[this.#next];
    if (token === undefined) return;
    this.refuse(listed([...this.#tried.map(quoted), 'the end of the line']), token);
  }

  /** The next token unless something was wrong before; at the end of the line `want` is kept. */
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
