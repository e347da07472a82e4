// Predicates over one step, composed from atoms with and, or, not: as data and as a small text language, for instance
// `original-irq-freed and not (errno EBADF or errno ENOSPC)`. The text is parsed, never evaluated as code.

import { failed, ok, type Result } from '../base/result.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import { type Arg, ATOMS, type Atom, namesOf } from './atoms.ts';
import { type Need, NOTHING_NEEDED } from './needs.ts';

/** A predicate: an atom with its argument, or a combination of predicates. */
export type Predicate =
  | { readonly is: string; readonly arg?: string | number }
  | { readonly not: Predicate }
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] };

/** An atom with its argument. */
export interface AtomUse {
  readonly atom: Atom;
  readonly arg: Arg;
}

/** Returns the atom of that name; throws on an unknown name, which the parser rejects. */
function atomUse({ is, arg }: { readonly is: string; readonly arg?: string | number }): AtomUse {
  const atom = ATOMS.find(({ id }) => id === is);
  if (atom === undefined) throw new Error(`unknown predicate ${is}`);
  return { atom, arg: arg ?? null };
}

/** Returns every use of an atom, from left to right. */
export function atomUses(predicate: Predicate): readonly AtomUse[] {
  if ('is' in predicate) return [atomUse(predicate)];
  if ('not' in predicate) return atomUses(predicate.not);
  return ('all' in predicate ? predicate.all : predicate.any).flatMap(atomUses);
}

/** Returns whether a predicate is true, given the truth of each atom. */
export function holdsIf(predicate: Predicate, truth: (use: AtomUse) => boolean): boolean {
  if ('is' in predicate) return truth(atomUse(predicate));
  if ('not' in predicate) return !holdsIf(predicate.not, truth);
  if ('all' in predicate) return predicate.all.every((part) => holdsIf(part, truth));
  return predicate.any.some((part) => holdsIf(part, truth));
}

/** Returns whether a predicate is true in a step. */
export function holdsIn(predicate: Predicate, step: Step): boolean {
  return holdsIf(predicate, ({ atom, arg }) =>
    atom.scope === 'step' ? atom.holds(step, arg) : atom.holds(step.run.after, arg),
  );
}

/**
 * Returns the needs of a search in which a predicate can become true: "and" needs all of its parts, "or" any of them. Below a
 * "not" an atom needs nothing, because most atoms are false at the start, and "and" and "or" change places.
 */
export function needOf(predicate: Predicate, truth = true): Need {
  if ('is' in predicate) {
    if (!truth) return NOTHING_NEEDED;
    const { atom, arg } = atomUse(predicate);
    return atom.needs(arg);
  }
  if ('not' in predicate) return needOf(predicate.not, !truth);
  const parts = ('all' in predicate ? predicate.all : predicate.any).map((part) => needOf(part, truth));
  return 'all' in predicate === truth ? { all: parts } : { any: parts };
}

/** Returns the predicate as text that parses to it. */
export function predicateText(predicate: Predicate): string {
  if ('is' in predicate)
    return predicate.arg === undefined ? predicate.is : `${predicate.is} ${predicate.arg}`;
  if ('not' in predicate) return `not ${inBrackets(predicate.not)}`;
  const [parts, word] = 'all' in predicate ? [predicate.all, 'and'] : [predicate.any, 'or'];
  return parts.map(inBrackets).join(` ${word} `);
}

function inBrackets(predicate: Predicate): string {
  return 'is' in predicate || 'not' in predicate ? predicateText(predicate) : `(${predicateText(predicate)})`;
}

interface Token {
  readonly text: string;
  /** Counts from 1. */
  readonly column: number;
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

/** Parses a predicate; a problem names the column. `and` binds tighter than `or`. */
export function parsePredicate(text: string): Result<Predicate> {
  const tokens = [...text.matchAll(/[()]|[^\s()]+/g)].map((match) => ({
    text: match[0],
    column: match.index + 1,
  }));
  const end: Token = { text: 'the end', column: text.length + 1 };
  let at = 0;
  const peek = () => tokens[at] ?? end;
  const take = () => {
    const token = peek();
    at++;
    return token;
  };
  const isNext = (word: string) => at < tokens.length && peek().text === word;

  const series = (word: string, part: () => Predicate, join: (parts: Predicate[]) => Predicate) => {
    const parts = [part()];
    while (isNext(word)) {
      at++;
      parts.push(part());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : join(parts);
  };
  const any = (depth: number): Predicate =>
    series(
      'or',
      () =>
        series(
          'and',
          () => one(depth),
          (all) => ({ all }),
        ),
      (parts) => ({ any: parts }),
    );
  const one = (depth: number): Predicate => {
    const token = take();
    if (depth > 100) throw new Misread('at most 100 nested brackets and nots', token);
    if (token.text === 'not') return { not: one(depth + 1) };
    if (token.text === '(') {
      const inside = any(depth + 1);
      if (!isNext(')')) throw new Misread('“)”, “and” or “or”', peek());
      at++;
      return inside;
    }
    const atom = ATOMS.find(({ id }) => id === token.text);
    if (atom === undefined) throw new Misread(`a predicate: ${ATOMS.map(({ id }) => id).join(', ')}`, token);
    return atom.arg === 'none' ? { is: atom.id } : { is: atom.id, arg: argument(atom, take()) };
  };

  try {
    const predicate = any(0);
    if (at < tokens.length) throw new Misread('“and”, “or” or the end', peek());
    return ok(predicate);
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    const { expected, token } = error;
    return failed({ at: { column: token.column }, expected, found: token.text });
  }
}

function argument(atom: Atom, token: Token): string | number {
  const names = namesOf(atom.arg);
  if (names !== null) {
    if (!names.includes(token.text))
      throw new Misread(`the name of a known ${atom.arg} after ${atom.id}`, token);
    return token.text;
  }
  if (!/^\d{1,4}$/.test(token.text)) throw new Misread(`a number from 0 to 9999 after ${atom.id}`, token);
  return Number(token.text);
}
