import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemText } from '../../src/base/result.ts';
import { parseExplore } from '../../src/cli/exploreArguments.ts';
import { ATOMS, namesOf } from '../../src/explore/atoms.ts';
import { type Predicate, parsePredicate, predicateText } from '../../src/explore/predicate.ts';
import { QUESTIONS, questionById } from '../../src/explore/questions.ts';

const atom: fc.Arbitrary<Predicate> = fc
  .tuple(fc.constantFrom(...ATOMS), fc.nat({ max: 9999 }))
  .map(([{ id, arg }, n]) => {
    if (arg === 'none') return { is: id };
    const names = namesOf(arg);
    return { is: id, arg: names === null ? n : (names[n % names.length] ?? '') };
  });

const predicate = fc.letrec<{ any: Predicate }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.record({ not: tie('any') }),
    fc.record({ all: fc.array(tie('any'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('any'), { minLength: 2, maxLength: 3 }) }),
  ),
})).any;

describe('predicates', () => {
  test('read back as they were printed', () => {
    fc.assert(
      fc.property(predicate, (one) => {
        expect(parsePredicate(predicateText(one))).toEqual({ ok: true, value: one });
      }),
    );
  });

  test('“and” binds tighter than “or”', () => {
    const parsed = parsePredicate('enabled or fails and not irqs 2');
    expect(parsed).toEqual({
      ok: true,
      value: { any: [{ is: 'enabled' }, { all: [{ is: 'fails' }, { not: { is: 'irqs', arg: 2 } }] }] },
    });
  });

  test.each([
    ['', 'column 1', 'the end'],
    ['enabled and', 'column 12', 'the end'],
    ['enabled irqs 2', 'column 9', 'irqs'],
    ['(enabled or fails', 'column 18', 'the end'],
    ['not enabeld', 'column 5', 'enabeld'],
    ['errno EBADFD', 'column 7', 'EBADFD'],
    ['irqs many', 'column 6', 'many'],
    ['not '.repeat(200), 'column', 'not'],
  ])('%j is refused at its place', (text, place, found) => {
    const parsed = parsePredicate(text);
    if (parsed.ok) throw new Error('it was read');
    const said = problemText(parsed.problems[0]);
    expect(said).toContain(place);
    expect(said).toContain(`found ${found}`);
  });

  test('any text is read or refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parsePredicate(text);
      }),
    );
  });
});

describe('questions', () => {
  test('each has its own id and is found by it', () => {
    expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
    for (const question of QUESTIONS)
      expect(questionById(question.id)).toEqual({ ok: true, value: question });
  });
});

describe('the arguments of explore', () => {
  const said = (...args: string[]) => {
    const parsed = parseExplore(args);
    return parsed.ok ? 'fine' : parsed.problems.map(problemText).join('\n');
  };

  test('one kernel, or two', () => {
    expect(said('--generation', 'v3', '--vectors', '3', '--question', 'invariant:I7', '--json')).toBe('fine');
    expect(said('--generation', 'v3', '--against', 'dynamic', '--question', 'differ-state')).toBe('fine');
    expect(said('--list')).toBe('fine');
  });

  test.each([
    [['--generation', 'v9', '--question', 'differ-state'], '--generation: expected one of'],
    [
      ['--generation', 'v3', '--question', 'differ-state'],
      '--against: expected a generation to compare with',
    ],
    [
      ['--generation', 'v3', '--against', 'v2', '--question', 'positive-return'],
      '--against: expected no second',
    ],
    [['--generation', 'v3'], '--question: expected'],
    [['--generation', 'v3', '--where', 'irqs x'], '--where: expected'],
    [['--generation', 'v3', '--question', 'errno:EBADF', '--vectors', '0'], '--vectors: expected'],
    [['--generation', 'v3', '--question', 'errno:EBADF', '--max-depth'], '--max-depth: expected a value'],
    [['--generation', 'v3', '--question', 'errno:EBADF', '--with', 'luck'], '--with: expected names of'],
    [
      ['--generation', 'v3', '--question', 'errno:EBADF', '--device', 'vax'],
      '--device: expected one of nvme',
    ],
    [['--depth', '3'], '--depth: expected one of --generation'],
  ])('%j', (args, text) => {
    expect(said(...args)).toContain(text);
  });
});
