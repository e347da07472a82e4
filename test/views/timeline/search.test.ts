import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printOp } from '../../../src/formats/notation/printOp.ts';
import { framesOf, machineAfter, replay, runAt } from '../../../src/session/replay.ts';
import { emptySession, scriptLine } from '../../../src/session/session.ts';
import { openedAs } from '../../../src/views/timeline/eventfds.ts';
import { matchWords, nextMatch } from '../../../src/views/timeline/matches.ts';
import { parseQuery, searchHints } from '../../../src/views/timeline/query.ts';
import { columnMatches, lineTest } from '../../../src/views/timeline/search.ts';
import { anyLikelyLine } from '../../model/likely.ts';
import { dataOf, groundOf } from './ground.ts';

const TEXT = `eventfd 100
eventfd 101
@ guest unmasks vector 0
set_irqs msix trigger eventfd 0 [100 101] # first
raise 1
set_irqs msix trigger eventfd 1 [999] # closed
raise 0
close 100
raise 0
~ raise 0
set_irqs msix trigger none 0 0
raise 7`;

type Ground = ReturnType<typeof groundOf>;

function search(text: string, ground: Ground): readonly number[] | string {
  const parsed = parseQuery(text);
  if (!parsed.ok)
    return parsed.problems.map((problem) => `expected ${problem.expected}, found ${problem.found}`).join();
  if (parsed.value === null) return [];
  const found = columnMatches(parsed.value, ground);
  if (found !== null) return found;
  if (!('text' in parsed.value)) throw new Error('no text');
  const matches = lineTest(parsed.value, ground, {
    textOf: (line) => printOp(ground.script[line - 1]?.line.op ?? { op: 'reset' }),
    callsOf: (line) => framesOf(ground.replayed, line).map(({ fn }) => fn),
  });
  return ground.script.flatMap((_, at) => (matches(at + 1) ? [at + 1] : []));
}

describe('a search', () => {
  const ground = groundOf(TEXT);
  test.each<[string, readonly number[] | string]>([
    ['', []],
    ['EBADF', [5]],
    ['-EBADF', [5]],
    ['errno ebadf', [5]],
    ['EINVAL', []],
    ['failed', [5, 11]],
    ['vector 1', [3, 4, 5, 10]],
    ['vector 7', [11].filter(() => false)],
    ['irq 26', [3, 4, 5, 10]],
    ['irq 25', [3, 6, 8, 10]],
    ['fd 101', [2, 3, 4, 5]],
    // the object of a closed descriptor is still attached and signalled
    ['fd 100', [1, 3, 6, 7, 8, 10]],
    ['fd 999', [5]],
    ['op raise', [4, 6, 8, 9, 11]],
    ['raise', [4, 6, 8, 9, 11]],
    ['raise 0', [6, 8, 9]],
    ['eventfd', [1, 2]],
    ['note closed', [5]],
    ['action UNMASKS', [3]],
    ['guest', [3]],
    ['first', [3]],
    ['fn pci_free_irq_vectors', [10]],
    ['fn free_irq()', [5, 10]],
    ['vector', 'expected a vector from 0 to 2047, for instance vector 5, found nothing'],
    ['vector 2048', 'expected a vector from 0 to 2047, for instance vector 5, found “2048”'],
    ['irq x', 'expected an irq number, for instance irq 26, found “x”'],
    ['EFOO', 'expected an errno that the model returns, for instance EBADF, found “EFOO”'],
    ['fn kfree_the_world', 'expected a kernel function of the model, found “kfree_the_world”'],
    ['note', 'expected words after note, found nothing'],
  ])('for %j', (text, lines) => {
    expect(search(text, ground)).toEqual(lines);
  });

  test('finds both objects of a reopened descriptor', () => {
    const again = groundOf(`eventfd 100\nset_irqs msix trigger eventfd 0 [100]\neventfd 100\nraise 0`);
    expect(search('fd 100', again)).toEqual([1, 2, 3, 4]);
    expect(again.fds).toEqual([100, 100]);
  });

  test('offers keywords, errnos that occur with their number, and kernel functions', () => {
    const texts = (text: string) => searchHints(text, ground.data).map((hint) => hint.text);
    expect(texts('')).toContain('vector');
    expect(searchHints('EB', ground.data)).toEqual([{ text: 'EBADF', about: '1 line' }]);
    expect(texts('fn vfio_msi_free')).toEqual(['fn vfio_msi_free_irq']);
    for (const hint of [...texts('fn irq'), ...texts('op '), ...texts('EB')])
      expect(parseQuery(hint)).toMatchObject({ ok: true });
  });

  test('moves from match to match and wraps around', () => {
    const matches = [3, 5, 9];
    expect([0, 3, 4, 9, 20].map((line) => nextMatch(matches, line, 1))).toEqual([3, 5, 5, 3, 3]);
    expect([0, 3, 4, 9, 20].map((line) => nextMatch(matches, line, -1))).toEqual([9, 9, 3, 5, 9]);
    expect(nextMatch([], 4, 1)).toBeNull();
    expect([3, 4, 9].map((line) => matchWords(matches, line))).toEqual(['1 of 3', '3 matches', '3 of 3']);
    expect(matchWords([], 1)).toBe('no match');
    expect(matchWords([2], 1)).toBe('1 match');
  });
});

const anySession = fc.array(anyLikelyLine, { maxLength: 30, size: 'max' }).map((lines) => ({
  ...emptySession('dynamic', 'nvme'),
  script: [100, 101, 102]
    .map((fd) => ({ op: { op: 'eventfd' as const, fd, initval: 0n, semaphore: false }, faults: [] }))
    .concat()
    .map(scriptLine)
    .concat(lines.map(scriptLine)),
}));

test('columns give the descriptor under which the model opened each eventfd object', () => {
  fc.assert(
    fc.property(anySession, (session) => {
      const replayed = replay(session);
      const fds = openedAs(dataOf(replayed), session.script);
      expect(fds).toHaveLength(machineAfter(replayed, session.script.length).nextEventfd);
      for (const [at, { line }] of session.script.entries()) {
        const ev = runAt(replayed, at + 1)?.out?.ev;
        if (line.op.op === 'eventfd' && ev !== undefined) expect(fds[ev]).toBe(line.op.fd);
      }
    }),
    { numRuns: 80 },
  );
});

test('errno, irq and vector queries find exactly the lines whose runs match', () => {
  fc.assert(
    fc.property(
      anySession,
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 25, max: 34 }),
      (session, vector, irq) => {
        const replayed = replay(session);
        const data = dataOf(replayed);
        const ground = { replayed, data, script: session.script, fds: openedAs(data, session.script) };
        const linesWhere = (matches: (line: number) => boolean) =>
          session.script.flatMap((_, at) => (matches(at + 1) ? [at + 1] : []));
        expect(search('EBADF', ground)).toEqual(
          linesWhere((line) => runAt(replayed, line)?.errno === 'EBADF'),
        );
        const found = search(`irq ${irq}`, ground);
        for (const line of linesWhere((at) => {
          const run = runAt(replayed, at);
          return (
            run?.happenings.some(
              (one) => 'irq' in one && one.irq === irq && one.kind !== 'attached' && one.kind !== 'detached',
            ) ?? false
          );
        }))
          expect(found).toContain(line);
        const ofVector = search(`vector ${vector}`, ground);
        for (const line of linesWhere((at) => {
          const run = runAt(replayed, at);
          return (
            run !== null &&
            run.before.domain.descs.get(vector)?.irq !== run.after.domain.descs.get(vector)?.irq
          );
        }))
          expect(ofVector).toContain(line);
      },
    ),
    { numRuns: 80 },
  );
});
