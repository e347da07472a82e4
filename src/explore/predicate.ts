// Predicates over one step, composed from atoms with and, or, not: as data and as a small text language, for instance
// `original-irq-freed and not (errno EBADF or errno ENOSPC)`. Nothing is evaluated as code.

import { failed, ok, type Result } from '../base/result.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import { type Arg, ATOMS, type Atom, namesOf } from './atoms.ts';

/** A predicate: an atom with its argument, or others put together. */
export type Predicate =
  | { readonly is: string; readonly arg?: string | number }
  | { readonly not: Predicate }
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] };

/** An atom as it stands in a predicate. */
export interface AtomUse {
  readonly atom: Atom;
  readonly arg: Arg;
}

/** The atom of that name; throws on a name that no parser lets through. */
export function atomUse({ is, arg }: { readonly is: string; readonly arg?: string | number }): AtomUse {
  const atom = ATOMS.find(({ id }) => id === is);
  if (atom === undefined) throw new Error(`no predicate ${is}`);
  return { atom, arg: arg ?? null };
}

/** Every use of an atom, from left to right. */
export function atomUses(predicate: Predicate): readonly AtomUse[] {
  if ('is' in predicate) return [atomUse(predicate)];
  if ('not' in predicate) return atomUses(predicate.not);
  return ('all' in predicate ? predicate.all : predicate.any).flatMap(atomUses);
}

/** Whether a predicate holds, `truth` saying it of each atom. */
export function holdsIf(predicate: Predicate, truth: (use: AtomUse) => boolean): boolean {
  if ('is' in predicate) return truth(atomUse(predicate));
  if ('not' in predicate) return !holdsIf(predicate.not, truth);
  if ('all' in predicate) return predicate.all.every((part) => holdsIf(part, truth));
  return predicate.any.some((part) => holdsIf(part, truth));
}

/** Whether a predicate holds in a step. */
export function holdsIn(predicate: Predicate, step: Step): boolean {
  return holdsIf(predicate, ({ atom, arg }) =>
    atom.scope === 'step' ? atom.holds(step, arg) : atom.holds(step.run.after, arg),
  );
}

/** The predicate as text that parses to it. */
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
  /** Counted from 1. */
  readonly column: number;
}

/** Thrown inside the parser and caught at its door. */
class Misread extends Error {
  readonly expected: string;
  readonly token: Token;
  constructor(expected: string, token: Token) {
    super(expected);
    this.expected = expected;
    this.token = token;
  }
}

/** Reads a predicate; a problem names the column. `and` binds tighter than `or`. */
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
    if (depth > 100) throw new Misread('fewer than 100 brackets and nots inside each other', token);
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
    if (!names.includes(token.text)) throw new Misread(`${atom.arg} name after ${atom.id}`, token);
    return token.text;
  }
  if (!/^\d{1,4}$/.test(token.text)) throw new Misread(`a number from 0 to 9999 after ${atom.id}`, token);
  return Number(token.text);
}
