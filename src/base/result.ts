// Failures have two types. A kernel's result is a number, so an errno is data. Wrong outside input (a file, a link, a typed
// line) is a Problem that names the place.

/** A place in outside input. Lines and columns count from 1; `path` names a field, for instance `after.irqs[2]`. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
}

/** One error in outside input: the place, what is accepted there, and what was found. */
export interface Problem {
  readonly at: Place;
  readonly expected: string;
  readonly found: string;
  /** `newer`: a newer version made the input; `foreign`: it is no input of this kind at all. */
  readonly cause?: 'newer' | 'foreign';
}

/** A value, or the problems of the input that should have given one. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/** Returns a result with a value. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Returns a failed result with at least one problem. */
export function failed(
  first: Problem,
  ...more: readonly Problem[]
): { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] } {
  return { ok: false, problems: [first, ...more] };
}
