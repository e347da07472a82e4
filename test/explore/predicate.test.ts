import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExplore } from '../../src/cli/exploreArguments.ts';
import {
  NAMED_ATOMS,
  parseComposed,
  parsePredicate,
  predicateText,
} from '../../src/explore/predicateText.ts';
import { QUESTIONS, questionById } from '../../src/explore/questions.ts';
import { problemText } from '../../src/text/problem.ts';
import { onePredicate, pairPredicate } from './predicates.ts';

describe('predicates', () => {
  test('parse back from their text', () => {
    fc.assert(
      fc.property(onePredicate(10_000), (one) => {
        expect(parsePredicate(predicateText(one))).toEqual({ ok: true, value: one });
        expect(parseComposed(predicateText(one))).toEqual({ ok: true, value: one });
      }),
    );
    fc.assert(
      fc.property(pairPredicate(10_000), (one) => {
        expect(parseComposed(predicateText(one))).toEqual({ ok: true, value: one });
        expect(parsePredicate(predicateText(one)).ok).toBe(false);
      }),
    );
  });

  test('an argument stands in brackets or alone, as in older links', () => {
    for (const { id, arg } of NAMED_ATOMS) {
      if (arg === 'none') continue;
      const value = arg === 'errno' ? 'EBADF' : arg === 'check' ? 'msi.no-irq' : 1;
      expect(parsePredicate(`${id} ${value}`)).toEqual({ ok: true, value: { is: id, arg: value } });
      expect(parsePredicate(`${id}(${value})`)).toEqual({ ok: true, value: { is: id, arg: value } });
    }
  });

  test.each([
    ['allocated > attached', { left: { count: 'allocated' }, sign: '>', right: { count: 'attached' } }],
    ['allocated=2', { left: { count: 'allocated' }, sign: '=', right: 2 }],
    ['2 <= contexts', { left: 2, sign: '<=', right: { count: 'contexts' } }],
  ])('%s is a comparison of counts', (text, arg) => {
    expect(parsePredicate(text)).toEqual({ ok: true, value: { is: 'counts', arg } });
  });

  test('a word before an argument is a predicate, and before a sign a count', () => {
    expect(parsePredicate('attached(1) and attached = 1')).toEqual({
      ok: true,
      value: {
        all: [
          { is: 'attached', arg: 1 },
          { is: 'counts', arg: { left: { count: 'attached' }, sign: '=', right: 1 } },
        ],
      },
    });
  });

  test('names a kernel before each atom and count', () => {
    expect(parseComposed('a.freed(1) and not b.freed(1) or a.allocated > b.allocated')).toEqual({
      ok: true,
      value: {
        any: [
          {
            all: [{ is: 'freed', kernel: 'a', arg: 1 }, { not: { is: 'freed', kernel: 'b', arg: 1 } }],
          },
          {
            is: 'counts',
            arg: {
              left: { count: 'allocated', kernel: 'a' },
              sign: '>',
              right: { count: 'allocated', kernel: 'b' },
            },
          },
        ],
      },
    });
  });

  test.each([
    [
      'a.freed(1) and freed(1)',
      'column 16: expected a.freed or b.freed, because a.freed names a kernel, found freed',
    ],
    [
      'allocated > b.allocated',
      'column 1: expected a.allocated or b.allocated, because b.allocated names a kernel',
    ],
    ['a.nothing', 'column 3: expected a predicate'],
    ['c.freed(1)', 'column 1: expected a predicate'],
    ['freed', 'column 6: expected a number from 0 to 9999 after freed, as in freed(1), found the end'],
    ['freed(1', 'column 8: expected “)” after freed(1, found the end'],
    [
      'attached and fails',
      'column 10: expected a number from 0 to 9999 after attached, as in attached(1), or a comparison, as in attached = 2, found and',
    ],
    ['contexts', 'column 9: expected a comparison, as in contexts = 2, found the end'],
    [
      'allocated > many',
      'column 13: expected a number or a count: allocated, attached, cached, pending, contexts, producers, found many',
    ],
    ['2 > 1', 'column 5: expected a count'],
    ['2 and fails', 'column 3: expected one of = != < <= > >=, found and'],
    ['allocated > 12345', 'column 13: expected a number from 0 to 9999'],
  ])('rejects %s', (text, message) => {
    const parsed = parseComposed(text);
    expect(parsed.ok ? 'parsed' : problemText(parsed.problems[0])).toContain(message);
  });

  test('a predicate about one kernel names none', () => {
    const parsed = parsePredicate('fails and a.fails');
    expect(parsed.ok ? 'parsed' : problemText(parsed.problems[0])).toBe(
      'column 11: expected a predicate about one kernel, without a. and b., found a.fails',
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
        parseComposed(text);
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
