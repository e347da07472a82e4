// A sentence about a difference as pieces: names of lanes stand out, and what it rests on is told with it.

import type { DifferenceKind } from '../../session/differences.ts';

/** A piece of a sentence; `lane` is the place of the lane that it names. */
export interface Piece {
  readonly text: string;
  readonly lane?: number;
}

/** One difference in words. */
export interface Statement {
  readonly kind: DifferenceKind;
  readonly pieces: readonly Piece[];
  /** Kernel function, version or patch, section of the specification, mail. */
  readonly sources: readonly string[];
}

/** The sentence as plain text. */
export function statementText({ pieces }: Statement): string {
  return pieces.map(({ text }) => text).join('');
}

/** A verb for one and for several. */
export type Verb = readonly [one: string, several: string];

/** The names of lanes, for instance `6.1 and 6.12`. */
export function namesOf(lanes: readonly number[], labels: readonly string[]): readonly Piece[] {
  return lanes.flatMap((lane, at): readonly Piece[] => {
    const between = at === 0 ? '' : at === lanes.length - 1 ? ' and ' : ', ';
    const name = { text: labels[lane] ?? '', lane };
    return between === '' ? [name] : [{ text: between }, name];
  });
}

/** Lanes that say the same, in the order in which they first appear. */
export function groupsOf<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  values.forEach((value, at) => {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [at]);
    else group.push(at);
  });
  return [...groups.values()];
}

/** What a group of lanes does, with the verb in its number. */
export interface Clause {
  readonly verb: Verb;
  readonly rest: string;
  readonly sources: readonly string[];
}

/** Clauses of the lanes as one sentence: `A keeps …. B and C have ….`. Lanes with equal clauses are named together. */
export function sentenceOf(clauses: readonly Clause[], labels: readonly string[]): readonly Piece[] {
  const groups = groupsOf(clauses, ({ verb, rest }) => `${verb[0]} ${rest}`);
  return groups.flatMap((group, at) => {
    const clause = clauses[group[0] ?? 0];
    if (clause === undefined) return [];
    const { verb, rest } = clause;
    const tail = ` ${group.length === 1 ? verb[0] : verb[1]} ${rest}`.trimEnd();
    return [...(at === 0 ? [] : [{ text: ' ' }]), ...namesOf(group, labels), { text: `${tail}.` }];
  });
}

/** The sources of clauses, each once. */
export function sourcesOf(clauses: readonly Clause[]): readonly string[] {
  return [...new Set(clauses.flatMap(({ sources }) => sources))];
}
