// A sentence about a difference in pieces, so that lane names can be highlighted, with its sources.

import type { DifferenceKind } from '../../session/differenceKinds.ts';

/** A piece of a sentence; `lane` is the index of the lane that it names. */
export interface Piece {
  readonly text: string;
  readonly lane?: number;
}

/**
 * The subject of a difference: the result of the call, the counter of an eventfd, these vectors, registers and modes of the device,
 * or the kernel calls. `more`: vectors without a sentence of their own.
 */
export type Subject = 'result' | 'counter' | readonly number[] | 'device' | 'calls' | 'more';

/** One difference as a sentence. */
export interface Statement {
  readonly kind: DifferenceKind;
  readonly about: Subject;
  readonly pieces: readonly Piece[];
  /** Kernel function, version or patch, section of docs/driver.md, mail. */
  readonly sources: readonly string[];
}

/** Returns the sentence as plain text. */
export function statementText({ pieces }: Statement): string {
  return pieces.map(({ text }) => text).join('');
}

/** A verb in singular and plural. */
export type Verb = readonly [one: string, several: string];

/** Returns the names of lanes, for instance `6.1 and 6.12`. */
function namesOf(lanes: readonly number[], labels: readonly string[]): readonly Piece[] {
  return lanes.flatMap((lane, at): readonly Piece[] => {
    const between = at === 0 ? '' : at === lanes.length - 1 ? ' and ' : ', ';
    const name = { text: labels[lane] ?? '', lane };
    return between === '' ? [name] : [{ text: between }, name];
  });
}

/** Groups the indexes of equal values, in order of first appearance. */
function groupsOf<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  values.forEach((value, at) => {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [at]);
    else group.push(at);
  });
  return [...groups.values()];
}

/** The predicate of a group of lanes. */
export interface Clause {
  readonly verb: Verb;
  readonly rest: string;
  /** `rest` for several vectors in one sentence, without numbers that belong to one of them; absent where it is the same. */
  readonly many?: string;
  readonly sources: readonly string[];
}

/**
 * Returns the clauses of the lanes as sentences, `A keeps …. B and C have ….`, or with another text than `. ` between them.
 * Lanes with equal clauses are named together; `last` moves a clause to the end.
 */
export function sentenceOf(
  clauses: readonly Clause[],
  labels: readonly string[],
  { last, between }: { readonly last: (clause: Clause) => boolean; readonly between: string } = {
    last: () => false,
    between: '. ',
  },
): readonly Piece[] {
  const groups = groupsOf(clauses, ({ verb, rest }) => `${verb[0]} ${rest}`);
  const isLast = (group: readonly number[]) => {
    const clause = clauses[group[0] ?? 0];
    return Number(clause !== undefined && last(clause));
  };
  const ordered = [...groups].sort((a, b) => isLast(a) - isLast(b));
  return ordered.flatMap((group, at) => {
    const clause = clauses[group[0] ?? 0];
    if (clause === undefined) return [];
    const { verb, rest } = clause;
    const tail = ` ${group.length === 1 ? verb[0] : verb[1]} ${rest}`.trimEnd();
    return [...namesOf(group, labels), { text: `${tail}${at === ordered.length - 1 ? '.' : between}` }];
  });
}

/** Returns the sources of clauses, each once. */
export function sourcesOf(clauses: readonly Clause[]): readonly string[] {
  return [...new Set(clauses.flatMap(({ sources }) => sources))];
}
