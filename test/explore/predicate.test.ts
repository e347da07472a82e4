import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExplore } from '../../src/cli/exploreArguments.ts';
import { ATOMS, namesOf } from '../../src/explore/atoms.ts';
import { type Predicate, parsePredicate, predicateText } from '../../src/explore/predicate.ts';
import { QUESTIONS, questionById } from '../../src/explore/questions.ts';
import { problemText } from '../../src/text/problem.ts';

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
  test('parse back from their text', () => {
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
  ])('rejects %j at its column', (text, place, found) => {
    const parsed = parsePredicate(text);
    if (parsed.ok) throw new Error('parsed');
    const message = problemText(parsed.problems[0]);
    expect(message).toContain(place);
    expect(message).toContain(`found ${found}`);
  });

  test('parsing any text does not throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parsePredicate(text);
      }),
    );
  });
});

describe('questions', () => {
  test('have unique ids', () => {
    expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
    for (const question of QUESTIONS)
      expect(questionById(question.id)).toEqual({ ok: true, value: question });
  });
});

describe('the options of explore', () => {
  const said = (...args: string[]) => {
    const parsed = parseExplore(args);
    return parsed.ok ? 'fine' : parsed.problems.map(problemText).join('\n');
  };

  test('accept one kernel, two kernels and --list', () => {
    expect(said('--generation', 'v3', '--vectors', '3', '--question', 'invariant:I7', '--json')).toBe('fine');
    expect(said('--generation', 'v3', '--against', 'dynamic', '--question', 'differ-state')).toBe('fine');
    expect(said('--list')).toBe('fine');
  });

  test.each([
    [['--generation', 'v9', '--question', 'differ-state'], '--generation: expected one of'],
    [
      ['--generation', 'v3', '--question', 'differ-state'],
      '--against: expected a generation or kernel to compare with',
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
    [['--list=yes'], '--list: expected no value, found yes'],
    [['v3'], 'v3: expected one of --generation'],
    [
      ['--generation=v3', '--fds', '-1', '--question', 'errno:EBADF'],
      '--fds: expected a whole number from 0 to 8, found -1',
    ],
  ])('%j', (args, text) => {
    expect(said(...args)).toContain(text);
  });
});
