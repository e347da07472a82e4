// Random predicates about one kernel and about two.
import fc from 'fast-check';
import { namesOf } from '../../src/explore/atoms.ts';
import { COUNT_IDS, type Comparison, type KernelName, SIGNS, type Term } from '../../src/explore/counts.ts';
import { atomUses, kernelsIn, type Predicate } from '../../src/explore/predicate.ts';
import { NAMED_ATOMS } from '../../src/explore/predicateText.ts';

function term(kernels: fc.Arbitrary<KernelName | undefined>): fc.Arbitrary<Term> {
  return fc
    .tuple(fc.constantFrom(...COUNT_IDS), kernels)
    .map(([count, kernel]) => (kernel === undefined ? { count } : { count, kernel }));
}

function comparison(kernels: fc.Arbitrary<KernelName | undefined>): fc.Arbitrary<Predicate> {
  const count = term(kernels);
  const number: fc.Arbitrary<Term> = fc.nat({ max: 4 });
  const ends = fc.oneof(fc.tuple(count, count), fc.tuple(count, number), fc.tuple(number, count));
  return fc.tuple(ends, fc.constantFrom(...SIGNS)).map(
    ([[left, right], sign]): Predicate => ({
      is: 'counts',
      arg: { left, sign, right } satisfies Comparison,
    }),
  );
}

function atom(kernels: fc.Arbitrary<KernelName | undefined>, most: number): fc.Arbitrary<Predicate> {
  return fc
    .tuple(fc.constantFrom(...NAMED_ATOMS), fc.nat({ max: 9999 }), kernels)
    .map(([{ id, arg }, n, kernel]) => {
      const named = { is: id, ...(kernel === undefined ? {} : { kernel }) };
      if (arg === 'none') return named;
      const names = namesOf(arg);
      return { ...named, arg: names === null ? n % most : (names[n % names.length] ?? '') };
    });
}

function predicates(leaf: fc.Arbitrary<Predicate>): fc.Arbitrary<Predicate> {
  return fc.letrec<{ any: Predicate }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ not: tie('any') }),
      fc.record({ all: fc.array(tie('any'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('any'), { minLength: 2, maxLength: 3 }) }),
    ),
  })).any;
}

const NO_KERNEL: fc.Arbitrary<undefined> = fc.constant(undefined);
const A_KERNEL = fc.constantFrom<KernelName>('a', 'b');

/** One atom or comparison about one kernel, whose numbers are below `most`. */
export const leaf = (most: number): fc.Arbitrary<Predicate> =>
  fc.oneof({ arbitrary: atom(NO_KERNEL, most), weight: 4 }, { arbitrary: comparison(NO_KERNEL), weight: 1 });

/** A predicate about one kernel. */
export const onePredicate = (most: number): fc.Arbitrary<Predicate> => predicates(leaf(most));

/** A predicate that names the kernels a and b. */
export const pairPredicate = (most: number): fc.Arbitrary<Predicate> =>
  predicates(
    fc.oneof({ arbitrary: atom(A_KERNEL, most), weight: 2 }, { arbitrary: comparison(A_KERNEL), weight: 1 }),
  ).filter((one) => kernelsIn(one) === 2);

/** Whether a question accepts the number of atoms. */
export const isShort = (one: Predicate): boolean => atomUses(one).length <= 16;
