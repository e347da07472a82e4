// The parts of a goal that are false, as data and in words.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ATOMS, COUNTS_ATOM } from '../../src/explore/atoms.ts';
import { type AtomUse, atomUses, holdsIf, type Predicate } from '../../src/explore/predicate.ts';
import { parseLine } from '../../src/formats/notation/parse.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { type Missing, missingIn, missingNow } from '../../src/lessons/missing.ts';
import * as taken from '../../src/lessons/taking.ts';
import { insertLine } from '../../src/session/edits.ts';
import { replay } from '../../src/session/replay.ts';

/** The words about a goal after a line that follows the lesson's own lines up to a step. */
function told(id: string, step: number, text: string | null, goal?: string) {
  const lesson = LESSONS.find((one) => one.id === id) ?? expect.fail(`no lesson ${id}`);
  const steps = lesson.steps.map((one, at) =>
    at === step && one.kind === 'do' && goal !== undefined ? { ...one, goal } : one,
  );
  const taking = taken.beginAt({ ...lesson, steps }, step);
  const start = taken.startOf(taking);
  const read = text === null ? null : parseLine(text);
  if (read !== null && !read.ok) throw new Error(`${text}`);
  const now = read === null ? start : insertLine(start, start.script.length, read.value);
  return missingNow(taking, now, replay(now));
}

test('names the conjuncts that are false after the last line', () => {
  expect(told('three-layers', 2, 'set_irqs msix trigger none 0 1')).toBe(
    'vector 1 attached, no pending interrupt of vector 1',
  );
  expect(told('whole-table', 1, 'set_irqs msix trigger eventfd 0 [10]')).toBe(
    'vector 3 attached, 2 irqs allocated (now 8)',
  );
  expect(told('cached', 2, 'set_irqs msix trigger eventfd 0 [-1]')).toBe(
    '0 irqs allocated (now 3), MSI and MSI-X disabled',
  );
  expect(told('read-trace', 3, 'set_irqs msix trigger eventfd 0 [20]')).toBe(
    'a last line that adds an irq while MSI-X is enabled',
  );
});

test('says nothing before a try, once the goal is reached, and for a prediction', () => {
  expect(told('three-layers', 2, null)).toBeNull();
  expect(told('three-layers', 2, 'set_irqs msix trigger eventfd 1 [101]')).toBeNull();
  expect(told('three-layers', 0, 'raise 0')).toBeNull();
});

test('names alternatives, comparisons and unwanted parts', () => {
  const line = 'set_irqs msix trigger none 0 1';
  expect(told('three-layers', 2, line, 'attached 5 or not (enabled or pending 1)')).toBe(
    'vector 5 attached or MSI and MSI-X disabled, no pending interrupt of vector 1',
  );
  expect(told('three-layers', 2, line, 'attached > cached')).toBe(
    'vectors attached to an eventfd > vectors with an irq and without an eventfd (now 1 and 1)',
  );
});

const atom: fc.Arbitrary<Predicate> = fc
  .record({ is: fc.constantFrom('attached', 'cached', 'pending'), arg: fc.nat({ max: 2 }) })
  .map((one) => one);
const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 4 },
    atom,
    tie('predicate').map((not) => ({ not })),
    fc.array(tie('predicate'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('predicate'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
}));
const nameOf = ({ atom: { id }, arg }: AtomUse) => `${id} ${arg}`;

/** Every atom of the missing parts, with its wanted value. */
function uses(missing: Missing): readonly { readonly use: AtomUse; readonly wanted: boolean }[] {
  if ('use' in missing) return [missing];
  return ('all' in missing ? missing.all : missing.any).flatMap(uses);
}

test('something is missing exactly if the predicate is false, and giving all of it makes the predicate true', () => {
  fc.assert(
    fc.property(
      predicate,
      fc.uniqueArray(
        fc.constantFrom(
          ...['attached', 'cached', 'pending'].flatMap((is) => [0, 1, 2].map((at) => `${is} ${at}`)),
        ),
      ),
      (goal, now) => {
        const truth = (use: AtomUse) => now.includes(nameOf(use));
        const missing = missingIn(goal, truth);
        expect(missing === null).toBe(holdsIf(goal, truth));
        if (missing === null) return;
        // each named atom has the other value now
        for (const { use, wanted } of uses(missing)) expect(truth(use)).toBe(!wanted);
        const names = atomUses(goal).map(nameOf);
        if (new Set(names).size < names.length || !isPlain(goal)) return;
        const given = new Map(uses(missing).map(({ use, wanted }) => [nameOf(use), wanted]));
        expect(holdsIf(goal, (use) => given.get(nameOf(use)) ?? truth(use))).toBe(true);
      },
    ),
  );
});

/** Conjunctions of atoms and negated atoms, the form of the lessons' goals. */
function isPlain(goal: Predicate): boolean {
  if ('is' in goal) return true;
  if ('not' in goal) return 'is' in goal.not;
  return 'all' in goal && goal.all.every(isPlain);
}

test('every atom of the language except the invariants has words', () => {
  for (const one of ATOMS.filter(({ id }) => id !== COUNTS_ATOM && !id.startsWith('breaks-'))) {
    // a goal that is false, so that its words are shown
    const arg =
      one.arg === 'none'
        ? ''
        : ` ${one.arg === 'errno' ? 'EINVAL' : one.arg === 'check' ? 'set_irqs.range' : '7'}`;
    const line = 'raise 0';
    const both = [`${one.id}${arg}`, `not ${one.id}${arg}`].flatMap(
      (goal) => told('three-layers', 2, line, goal) ?? [],
    );
    expect(both.length, one.id).toBe(1);
    expect(both[0], one.id).not.toContain('…');
    expect(both[0], one.id).not.toContain(one.about);
  }
});
