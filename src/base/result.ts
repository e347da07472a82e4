// Two kinds of failure have two types: what a kernel answers is a number (an errno is data), and what
// comes from outside and is wrong (a file, a link, a typed line) is a Problem that names the place.

/** Where outside input is wrong. Lines and columns count from 1; `path` names a field, for instance `after.irqs[2]`. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
}

/** One thing that is wrong with outside input: where, what was expected there, and what was found. */
export interface Problem {
  readonly at: Place;
  readonly expected: string;
  readonly found: string;
}

/** A value, or the problems that kept it from being one. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/** A good result. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A failed result with at least one problem. */
export function failed(
  first: Problem,
  ...more: readonly Problem[]
): { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] } {
  return { ok: false, problems: [first, ...more] };
}

/** The place as a person reads it, for instance `line 3, column 7` or `after.irqs[2]`. */
export function placeText(at: Place): string {
  const parts = [
    at.line === undefined ? '' : `line ${at.line}`,
    at.column === undefined ? '' : `column ${at.column}`,
    at.path ?? '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'input' : parts.join(', ');
}

/** The problem as one sentence, for instance `line 3, column 7: expected a number, found "x"`. */
export function problemText(problem: Problem): string {
  return `${placeText(problem.at)}: expected ${problem.expected}, found ${problem.found}`;
}
